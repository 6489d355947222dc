/** Mails: one as a file, many in an mbox, and the bare fields of a status notification. */
import type { Form, Head } from "../form.ts";
import { splitLines, textChunks } from "../lines.ts";
import { type FormId, type InputRecord, placeReadings, unreadable } from "../record.ts";
import { concat } from "../source.ts";
import { parseBlocks, readBlocks } from "./dsn-fields.ts";
import { readMessage } from "./message.ts";

/** So much of one mail is kept: the notice stands before the copy of the message. Bytes. */
export const MAX_MAIL_BYTES = 8 << 20;

const HEADER_FIELD = /^[!-9;-~]{1,78}:(?:\s|$)/;
const MAIL_HEADERS =
  /^(?:received|return-path|from|to|cc|subject|date|message-id|mime-version|content-type|delivered-to|x-[a-z0-9-]+|dkim-signature|arc-[a-z-]+|authentication-results|auto-submitted|reply-to|sender|envelope-to|content-transfer-encoding|precedence|thread-topic|importance|x-failed-recipients):/i;
/** From user@example.com Mon Nov 23 10:00:00 2026 */
const FROM_LINE =
  /^From (?:\S+|"[^"]*"\S*) {1,4}(?:[A-Z][a-z]{2}[ ,]|\d)|^From \S+@\S+\s*$|^From (?:MAILER-DAEMON|-)\b/;
const STATUS_FIELD =
  /^(?:reporting-mta|final-recipient|original-recipient|action|status|diagnostic-code|remote-mta|arrival-date|last-attempt-date|x-postfix-[a-z-]+|x-original-message-id):/i;

const lineFeeds = (bytes: Uint8Array): number => {
  let n = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) n++;
  return n;
};

async function readOne(
  form: FormId,
  raw: Uint8Array,
  line: number,
  lines: number,
  index: number,
): Promise<InputRecord[]> {
  const place = { line, ...(lines > 1 && { lines }), index };
  try {
    return placeReadings(await readMessage(raw), form, place);
  } catch (error) {
    const start = new TextDecoder("latin1").decode(raw.subarray(0, 500));
    return [
      unreadable(form, start, place, `The mail could not be read: ${error instanceof Error ? error.message : error}`),
    ];
  }
}

async function* readMail(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<InputRecord[]> {
  const parts: Uint8Array[] = [];
  let length = 0;
  let lines = 0;
  let last = 10;
  for await (const chunk of chunks) {
    lines += lineFeeds(chunk);
    last = chunk[chunk.length - 1] ?? last;
    if (length < MAX_MAIL_BYTES) parts.push(chunk.slice(0, MAX_MAIL_BYTES - length));
    length += chunk.length;
  }
  if (length > 0) yield await readOne("mail", trimStart(concat(parts)), 1, last === 10 ? lines : lines + 1, 1);
}

/** Without the blank lines before the header that a paste may begin with. */
function trimStart(raw: Uint8Array): Uint8Array {
  let at = 0;
  if (raw[0] === 0xef && raw[1] === 0xbb && raw[2] === 0xbf) at = 3;
  while (raw[at] === 10 || raw[at] === 13) at++;
  return raw.subarray(at);
}

/** Cuts an mbox (RFC 4155) at its From lines; each mail is bounded. */
async function* readMbox(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<InputRecord[]> {
  let line = 0;
  let index = 0;
  /** The lines of the mail being collected. */
  let parts: Uint8Array[] = [];
  let length = 0;
  let firstLine = 1;
  let open = false;
  let afterBlank = true;
  let rest: Uint8Array = new Uint8Array();
  const latin1 = new TextDecoder("latin1");
  const close = async (): Promise<InputRecord[]> => {
    const raw = parts.length === 0 ? new Uint8Array() : concat(parts);
    parts = [];
    length = 0;
    if (!open && raw.every((b) => b === 10 || b === 13 || b === 32)) return [];
    return readOne("mbox", raw, firstLine, line - firstLine + 1, ++index);
  };
  const add = (bytes: Uint8Array) => {
    if (length < MAX_MAIL_BYTES) parts.push(bytes.slice());
    length += bytes.length;
  };
  async function* takeLine(bytes: Uint8Array): AsyncGenerator<InputRecord[]> {
    // «From »: 46 72 6f 6d 20
    const isFrom =
      afterBlank &&
      bytes[0] === 0x46 &&
      bytes[1] === 0x72 &&
      bytes[2] === 0x6f &&
      bytes[3] === 0x6d &&
      bytes[4] === 0x20 &&
      FROM_LINE.test(latin1.decode(bytes.subarray(0, 300)));
    if (isFrom) {
      const records = await close();
      if (records.length > 0) yield records;
      line++;
      firstLine = line;
      open = true;
      afterBlank = false;
      return;
    }
    line++;
    // mboxrd: >From of the text was quoted when it was written.
    let at = 0;
    while (bytes[at] === 0x3e) at++;
    const quoted =
      at > 0 &&
      bytes[at] === 0x46 &&
      bytes[at + 1] === 0x72 &&
      bytes[at + 2] === 0x6f &&
      bytes[at + 3] === 0x6d &&
      bytes[at + 4] === 0x20;
    add(quoted ? bytes.subarray(1) : bytes);
    afterBlank = bytes.length <= 2 && (bytes[0] === 10 || bytes[0] === 13);
  }
  for await (const chunk of chunks) {
    const data = rest.length === 0 ? chunk : concat([rest, chunk]);
    let from = 0;
    for (let nl = data.indexOf(10); nl >= 0; nl = data.indexOf(10, from)) {
      yield* takeLine(data.subarray(from, nl + 1));
      from = nl + 1;
    }
    rest = data.slice(from);
    // A line without an end must not fill the memory: it belongs to the mail, whatever it is.
    if (rest.length > MAX_MAIL_BYTES) {
      add(rest);
      rest = new Uint8Array();
    }
  }
  if (rest.length > 0) yield* takeLine(rest);
  const records = await close();
  if (records.length > 0) yield records;
}

async function* readStatusFields(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<InputRecord[]> {
  let text = "";
  for await (const chunk of textChunks(chunks)) if (text.length < MAX_MAIL_BYTES) text += chunk;
  const blocks = parseBlocks(text.slice(0, MAX_MAIL_BYTES));
  const lines = splitLines(text.trimEnd()).length;
  const place = { line: 1, ...(lines > 1 && { lines }), index: 1 };
  const readings = readBlocks(blocks);
  if (readings.length > 0) yield placeReadings(readings, "dsn-fields", place);
  else if (text.trim() !== "") yield [unreadable("dsn-fields", text, place, "No field names a recipient.")];
}

/** How far the first lines are the header of a mail: known fields, folded lines, and nothing else before a blank line. */
function headerScore(head: Head): number {
  const lines = head.text.replace(/^\ufeff?[\r\n]+/, "").split(/\r?\n/);
  let known = 0;
  let fields = 0;
  for (const line of lines.slice(0, 60)) {
    if (line.trim() === "") break;
    if (/^[ \t]/.test(line) && fields > 0) continue;
    if (!HEADER_FIELD.test(line)) return fields >= 3 && known >= 3 ? 0.6 : 0;
    fields++;
    if (MAIL_HEADERS.test(line)) known++;
  }
  return known >= 2
    ? 0.95
    : known === 1 && fields === 1 && /^content-type:\s*multipart\/report/i.test(lines[0] ?? "")
      ? 0.9
      : 0;
}

export const mail: Form = {
  id: "mail",
  title: "A mail (.eml)",
  detect: (head) => {
    const score = headerScore(head);
    return score > 0 && /\.eml$/i.test(head.name ?? "") ? 1 : score;
  },
  read: (chunks) => readMail(chunks),
};

export const mbox: Form = {
  id: "mbox",
  title: "mbox",
  detect: (head) =>
    FROM_LINE.test(head.text.trimStart()) && head.lines.slice(1, 40).some((l) => MAIL_HEADERS.test(l)) ? 1 : 0,
  read: (chunks) => readMbox(chunks),
};

export const dsnFields: Form = {
  id: "dsn-fields",
  title: "The fields of a delivery status notification",
  detect(head) {
    const first = head.lines[0] ?? "";
    const known = head.lines.slice(0, 20).filter((l) => STATUS_FIELD.test(l)).length;
    return STATUS_FIELD.test(first) && known >= 2 ? 0.97 : 0;
  },
  read: (chunks) => readStatusFields(chunks),
};
