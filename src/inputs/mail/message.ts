/** One mail: a DSN, another notice of a failed delivery, a report of abuse, an auto-reply, or none of these. */
import PostalMime, { type Email } from "postal-mime";
import type { Reading } from "../record.ts";
import { toTime } from "../time.ts";
import { cleanAddress, cleanId } from "../words.ts";
import { contentBytes, decodeBytes, namedCharsets } from "./decode.ts";
import { parseBlocks, readBlocks } from "./dsn-fields.ts";
import { readNotice, wordsFor } from "./notice.ts";

/** A bounce may come forwarded, as a mail within a mail; deeper than this nobody packs them. */
const MAX_DEPTH = 3;

const STATUS_TYPES = new Set(["message/delivery-status", "message/global-delivery-status"]);
const ORIGINAL_TYPES = new Set([
  "message/rfc822",
  "text/rfc822-headers",
  "message/global",
  "message/global-headers",
  "message/rfc822-headers",
]);
const RECEIPT_TYPES = new Set(["message/disposition-notification", "message/global-disposition-notification"]);

const FROM_DAEMON =
  /mailer-daemon|postmaster|mail[ ._-]?delivery|maildelivery|mta-?daemon|microsoftexchange329e71ec88ae4615bbc36ab6ce41109e|bounces?@|mail ?system/i;
const FAILURE_SUBJECT =
  /undeliver|deliver(?:y|ing)? (?:status|fail|problem|delay|has failed|incomplete)|fail(?:ed|ure)[ :]|failure notice|returned mail|returned to sender|mail delivery|message (?:status|delayed|not delivered|you sent)|nondeliver|non-deliver|could not be delivered|warning: (?:message|could not send)|unzustellbar|nicht zugestellt|non remis|no entregado|não entregue|non recapitabile|onbestelbaar|не доставлен|недоставлен|配信|不達|退信|无法投递|未送達/i;
const FAILURE_TEXT =
  /^Hi\. (?:This is the qmail-send|I'm the mail)|could not be delivered to|did not reach (?:some or all of )?the|Delivery to the following recipients? (?:has been delayed|failed)|The following address(?:\(es\)|es) (?:failed|had)|Transcript of session follows|Diagnostic information for administrators:|was(?:n't| not) delivered to|Your message to .{1,200} (?:couldn't|could not) be delivered|wasn't able to deliver your message|Address not found|Message blocked/im;
const AUTO_SUBJECT =
  /^(?:auto(?:matic|matische|mated)?[ :-]|out of (?:the )?office|abwesen|réponse automatique|respuesta autom|risposta autom|automatisch|i am (?:away|out)|autoreply|auto-reply|vacation)/i;

type Headers = ReadonlyMap<string, string>;

function isAutoReply(headers: Headers, email: Email): boolean {
  const auto = headers.get("auto-submitted") ?? "";
  if (/^auto-(?:replied|notified)/i.test(auto)) return true;
  if (
    headers.has("x-autoreply") ||
    headers.has("x-autorespond") ||
    headers.has("x-autoresponder") ||
    (headers.has("x-auto-response-suppress") && AUTO_SUBJECT.test(email.subject ?? ""))
  )
    return true;
  if (/auto_reply/i.test(headers.get("precedence") ?? "") || /auto_reply/i.test(headers.get("x-precedence") ?? ""))
    return true;
  return AUTO_SUBJECT.test(email.subject ?? "");
}

/** Whether a mail without a status part says that a delivery failed. */
function isNotice(headers: Headers, email: Email, text: string): boolean {
  if (headers.has("x-failed-recipients")) return true;
  const from = `${headers.get("from") ?? ""} ${email.from?.address ?? ""}`;
  const nobody = /^\s*<?\s*>?\s*$/.test(headers.get("return-path") ?? "-");
  const daemon = FROM_DAEMON.test(from) || nobody;
  const subject = FAILURE_SUBJECT.test(email.subject ?? "");
  const words = FAILURE_TEXT.test(text);
  return (daemon && (subject || words)) || (subject && words);
}

/** The Message-ID, From and the like of the message that came back. */
function originalOf(
  email: Email,
  charsets: readonly string[],
): { messageId: string | undefined; sender: string | undefined } {
  for (const part of email.attachments) {
    if (!ORIGINAL_TYPES.has(part.mimeType)) continue;
    const head = decodeBytes(contentBytes(part.content).subarray(0, 1 << 16), charsets).split(/\r?\n\r?\n/)[0] ?? "";
    return {
      messageId: cleanId(/^message-id:\s*(<[^>\s]{1,500}>)/im.exec(head)?.[1]),
      sender: cleanAddress(/^(?:return-path|from):[ \t]*([^\r\n]{1,400})/im.exec(head)?.[1]),
    };
  }
  return { messageId: undefined, sender: undefined };
}

/** Readable text out of HTML, for mails that have no plain part. */
function textOfHtml(html: string): string {
  return html
    .slice(0, 500_000)
    .replace(/<(?:style|script|head)\b[^>]{0,2000}>[\s\S]{0,100000}?<\/(?:style|script|head)>/gi, " ")
    .replace(/<(?:br|\/p|\/div|\/tr|\/h\d|\/li)\b[^>]{0,500}>/gi, "\n")
    .replace(/<[^>]{0,2000}>/g, " ")
    .replace(/&nbsp;/g, " ")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, "&")
    .replace(/[ \t]+/g, " ");
}

/**
 * Reads one mail.
 * @param raw the whole mail, or its first part: the notice stands before the copy of the message
 * @returns one reading for each recipient; one of type other for a mail that is no bounce; never none
 * @throws where the MIME structure exceeds postal-mime's limits
 */
export async function readMessage(raw: Uint8Array, depth = 0): Promise<Reading[]> {
  const email = await PostalMime.parse(raw, { forceRfc822Attachments: true, maxNestingDepth: 50 });
  const headers = new Map(email.headers.map((h) => [h.key, h.value]));
  const charsets = namedCharsets(raw);
  const time = toTime(email.date) ?? toTime(headers.get("date"));
  const text = email.text?.trim() || (email.html ? textOfHtml(email.html) : "");
  const other = (reason: string): Reading[] => [
    {
      type: "other",
      text: email.subject ?? text.slice(0, 200),
      reason,
      time,
      messageId: cleanId(email.messageId),
      sender: cleanAddress(email.from?.address),
    },
  ];

  if (email.attachments.some((a) => a.mimeType === "message/feedback-report")) return other("abuse report (ARF)");
  const status = email.attachments.filter((a) => STATUS_TYPES.has(a.mimeType));
  if (status.length > 0) {
    const blocks = status.flatMap((part) => parseBlocks(decodeBytes(contentBytes(part.content), charsets)));
    const original = originalOf(email, charsets);
    const readings = readBlocks(blocks, {
      ...original,
      sender: original.sender ?? cleanAddress(email.to?.[0]?.address),
      time,
      wordsFor: (recipient) => wordsFor(text, recipient),
    });
    if (readings.length > 0) return readings;
  }
  if (email.attachments.some((a) => RECEIPT_TYPES.has(a.mimeType))) return other("read receipt (MDN)");

  if (status.length > 0 || isNotice(headers, email, text)) {
    const failed = (headers.get("x-failed-recipients") ?? "").split(/[\s,]+/).filter((a) => a.includes("@"));
    const original = originalOf(email, charsets);
    // The copy of the message may stand in the text itself.
    const quoted = cleanId(/^message-id:\s*(<[^>\s]{1,500}>)/im.exec(text)?.[1]);
    return readNotice(text === "" ? (email.subject ?? "") : text, failed).map((r) => ({
      ...r,
      time,
      messageId: original.messageId ?? quoted ?? cleanId(headers.get("in-reply-to")),
      sender: original.sender ?? cleanAddress(email.to?.[0]?.address),
    }));
  }
  if (isAutoReply(headers, email)) return other("auto-reply");
  if (depth < MAX_DEPTH) {
    for (const part of email.attachments) {
      if (
        part.mimeType !== "message/rfc822" &&
        part.mimeType !== "message/global" &&
        !/\.eml$/i.test(part.filename ?? "")
      )
        continue;
      const inner = await readMessage(contentBytes(part.content), depth + 1);
      if (inner.some((r) => r.type === "bounce" || r.type === "delivery")) return inner;
    }
  }
  return other("a mail that is no bounce");
}
