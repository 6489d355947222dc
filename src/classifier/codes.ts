/** Finds reply codes (RFC 5321) and enhanced status codes (RFC 3463) where they stand as codes. */

export interface FoundCode {
  start: number;
  end: number;
  value: string;
}

export interface FoundCodes {
  reply: FoundCode | undefined;
  status: FoundCode | undefined;
}

const digit = (c: number) => c >= 0x30 && c <= 0x39;
const letter = (c: number) => (c >= 0x61 && c <= 0x7a) || (c >= 0x41 && c <= 0x5a);

/** An enhanced status code at `i`: its end, or 0. Neither an IP address nor a version number is one. */
export function statusAt(text: string, i: number): number {
  const c = text.charCodeAt(i);
  if ((c !== 0x32 && c !== 0x34 && c !== 0x35) || text.charCodeAt(i + 1) !== 0x2e) return 0;
  const before = text.charCodeAt(i - 1);
  if (digit(before) || before === 0x2e || letter(before)) return 0;
  let end = i + 2;
  const subject = end;
  while (end - subject < 3 && digit(text.charCodeAt(end))) end++;
  if (end === subject || text.charCodeAt(end) !== 0x2e) return 0;
  const detail = ++end;
  while (end - detail < 3 && digit(text.charCodeAt(end))) end++;
  if (end === detail) return 0;
  const behind = text.charCodeAt(end);
  if (digit(behind) || letter(behind) || (behind === 0x2e && digit(text.charCodeAt(end + 1)))) return 0;
  return end;
}

/** A reply code at `i`: true for 2xx, 4xx and 5xx with second digit 0 to 7, standing free. */
export function replyAt(text: string, i: number): boolean {
  const c = text.charCodeAt(i);
  if (c !== 0x34 && c !== 0x35 && c !== 0x32) return false;
  const second = text.charCodeAt(i + 1);
  if (second < 0x30 || second > 0x37 || !digit(text.charCodeAt(i + 2)) || digit(text.charCodeAt(i + 3))) return false;
  const before = i === 0 ? 0x20 : text.charCodeAt(i - 1);
  if (
    digit(before) ||
    letter(before) ||
    before === 0x2e ||
    before === 0x2f ||
    before === 0x2d ||
    before === 0x3d ||
    before === 0x5f
  )
    return false;
  const behind = text.charCodeAt(i + 3);
  // 550.example, 550/…, 550px are no codes; 550-5.7.1 and 550: are.
  return !(
    letter(behind) ||
    behind === 0x2f ||
    (behind === 0x2e && (letter(text.charCodeAt(i + 4)) || digit(text.charCodeAt(i + 4))))
  );
}

/**
 * The codes of the reply that begins at `from`: the reply code that stands first or directly before a
 * status, else the first free one near the start.
 * @param to where the reply ends
 */
export function findCodes(text: string, from: number, to: number): FoundCodes {
  let reply: FoundCode | undefined;
  let status: FoundCode | undefined;
  const found = (start: number, end: number): FoundCode => ({ start, end, value: text.slice(start, end) });
  CANDIDATE.lastIndex = from;
  while (!(reply && status) && CANDIDATE.test(text)) {
    const i = CANDIDATE.lastIndex - 3;
    if (i >= to) break;
    CANDIDATE.lastIndex = i + 1;
    if (!reply && replyAt(text, i) && plausibleReply(text, i, from)) {
      reply = found(i, i + 3);
      CANDIDATE.lastIndex = i + 3;
    } else if (!status) {
      const end = statusAt(text, i);
      if (end > 0 && end <= to) {
        status = found(i, end);
        CANDIDATE.lastIndex = end;
      }
    }
  }
  return { reply, status };
}

/** The beginning of either code. */
const CANDIDATE = /[245](?:\d\d|\.\d)/g;

/** A number in mid-sentence ("after 450 seconds", "limit of 500") is no reply code. */
function plausibleReply(text: string, i: number, from: number): boolean {
  let k = i - 1;
  while (k >= from && (text.charCodeAt(k) === 0x20 || text.charCodeAt(k) === 0x09)) k--;
  if (k < from) return true;
  const before = text.charCodeAt(k);
  const behind = text.charCodeAt(i + 3);
  // Behind a sign, a line break or another code.
  if (!letter(before) && !digit(before)) return true;
  let next = i + 3;
  if (behind === 0x2d || behind === 0x20 || behind === 0x23) next++;
  if (text.charCodeAt(next) === 0x23) next++;
  if (statusAt(text, next) > 0) return true;
  if (digit(before)) return replyAt(text, k - 2);
  return (
    behind === 0x2d ||
    behind === 0x3a ||
    /\b(code|error|status|smtp|reply|returned|response|reason)$/i.test(text.slice(Math.max(from, k - 11), k + 1))
  );
}
