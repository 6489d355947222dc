/** The fields of a delivery status notification (RFC 3464, RFC 6533): one block for the message, one for each recipient. */
import type { Reading } from "../record.ts";
import { toTime } from "../time.ts";
import { cleanAddress, cleanHost, cleanId, joinWords, unflatten } from "../words.ts";
import { decodeWords } from "./decode.ts";

export type FieldBlock = Map<string, string>;

/** Takes the text of a message/delivery-status part apart. Folded lines keep their break: a code may stand behind it. */
export function parseBlocks(text: string): FieldBlock[] {
  const blocks: FieldBlock[] = [];
  let block: FieldBlock = new Map();
  let name: string | undefined;
  const close = () => {
    if (block.size > 0) blocks.push(block);
    block = new Map();
    name = undefined;
  };
  for (const line of text.split(/\r\n|\n|\r/)) {
    if (line.trim() === "") {
      close();
      continue;
    }
    const field = /^([A-Za-z][A-Za-z0-9-]{1,60})[ \t]*:(.*)$/.exec(line);
    if (field) {
      const key = (field[1] as string).toLowerCase();
      // A second recipient in the same block: some programs forget the blank line between.
      if (
        (key === "final-recipient" && block.has("final-recipient")) ||
        (key === "original-recipient" && block.has("action"))
      )
        close();
      name = key;
      if (!block.has(key)) block.set(key, (field[2] as string).trim());
      else if (key !== "diagnostic-code") name = undefined;
    } else if (name !== undefined) block.set(name, `${block.get(name)}\n${line.trim()}`);
  }
  close();
  return blocks;
}

const isRecipient = (b: FieldBlock) =>
  b.has("final-recipient") || b.has("original-recipient") || b.has("action") || b.has("diagnostic-code");

/** smtp; X-Postfix; x-unix; X-Notes; unknown; and what programs put there by mistake. */
const WORDS_TYPE = /^(?:smtp|lmtp|unknown|x-[a-z0-9-]{1,30}|dns|local)\s*;\s*/i;

/** What Exim adds to the last deferral when it gives a message up: not the server's words. */
const GIVEN_UP = /(?<=\S): retry timeout exceeded\s*$/;

/** The words of a recipient's block; undefined where it has none. */
function wordsOf(block: FieldBlock): string | undefined {
  const diagnostic = decodeWords(block.get("diagnostic-code") ?? "")
    .replace(WORDS_TYPE, "")
    .replace(GIVEN_UP, "")
    .trim();
  const status = /[245]\.\d{1,3}\.\d{1,3}/.exec(block.get("status") ?? "")?.[0];
  if (diagnostic === "") return undefined;
  const hasCode = /(?:^|[^\d.])[245]\d\d[ -]|(?:^|[^\d.])[245]\.\d{1,3}\.\d{1,3}(?!\d|\.\d)/.test(diagnostic);
  return unflatten(hasCode ? diagnostic : joinWords(status, diagnostic));
}

/** What stands around the fields: the mail's own words, and the message it is about. */
export interface DsnContext {
  /** The readable part, or what of it concerns one recipient. */
  wordsFor(recipient: string | undefined): string | undefined;
  messageId: string | undefined;
  sender: string | undefined;
  time: string | undefined;
}

/**
 * Reads all recipients of a notification.
 * @returns one reading for each; none where no block names one
 */
export function readBlocks(blocks: readonly FieldBlock[], context?: DsnContext): Reading[] {
  const message = blocks.find((b) => !isRecipient(b)) ?? new Map<string, string>();
  return blocks.filter(isRecipient).map((block) => {
    const recipient =
      cleanAddress(decodeWords(block.get("final-recipient") ?? "")) ??
      cleanAddress(decodeWords(block.get("original-recipient") ?? ""));
    const status = /[245]\.\d{1,3}\.\d{1,3}/.exec(block.get("status") ?? "")?.[0];
    const action = (/^[a-z]+/i.exec(block.get("action") ?? "")?.[0] ?? "").toLowerCase();
    const fields = {
      recipient,
      sender: context?.sender,
      mx: cleanHost(block.get("remote-mta")),
      time: toTime(block.get("last-attempt-date")) ?? toTime(message.get("arrival-date")) ?? context?.time,
      messageId: context?.messageId ?? cleanId(message.get("original-envelope-id")),
    };
    if (
      action === "delivered" ||
      action === "relayed" ||
      action === "expanded" ||
      (action === "" && status?.startsWith("2."))
    )
      return { ...fields, type: "delivery" as const, text: wordsOf(block) ?? status ?? "" };
    // Without a diagnostic the readable part has to say why; Lotus and Exim leave it there.
    const text =
      wordsOf(block) ?? joinWords(status?.endsWith(".0.0") ? undefined : status, context?.wordsFor(recipient));
    return { ...fields, type: "bounce" as const, text: text || joinWords(status, "Delivery", action || "failed") };
  });
}
