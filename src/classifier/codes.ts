/** Finds reply codes (RFC 5321) and enhanced status codes (RFC 3463) where they stand as codes. */

export interface FoundCode {
  start: number;
  end: number;
  value: string;
  /** See codeNumber. */
  number: number;
}

export interface FoundCodes {
  reply: FoundCode | undefined;
  status: FoundCode | undefined;
}

/** A code as a number, so that it is compared at once: 550 is 550, and 5.7.26 is 5007026. */
export function codeNumber(code: string): number {
  let number = 0;
  let part = 0;
  for (let i = 0; i < code.length; i++) {
    const c = code.charCodeAt(i);
    if (c === 0x2e) {
      number = number * 1000 + part;
      part = 0;
    } else part = part * 10 + (c - 0x30);
  }
  return number * 1000 + part;
}

export const isDigit = (c: number) => c >= 0x30 && c <= 0x39;
const letter = (c: number) => (c >= 0x61 && c <= 0x7a) || (c >= 0x41 && c <= 0x5a);

/** A digit behind this one stands inside of a number, an address or a word. */
const goesOn = (c: number) => isDigit(c) || letter(c) || c === 0x2e;

/** An enhanced status code at `i`: its end, or 0. Neither an IP address nor a version number is one. */
export function statusAt(text: Uint8Array, i: number): number {
  const c = text[i] as number;
  if ((c !== 0x32 && c !== 0x34 && c !== 0x35) || (text[i + 1] as number) !== 0x2e) return 0;
  const before = i === 0 ? 0x20 : (text[i - 1] as number);
  if (goesOn(before)) return 0;
  let end = i + 2;
  const subject = end;
  while (end - subject < 3 && isDigit(text[end] as number)) end++;
  if (end === subject || (text[end] as number) !== 0x2e) return 0;
  const detail = ++end;
  while (end - detail < 3 && isDigit(text[end] as number)) end++;
  if (end === detail) return 0;
  const behind = text[end] as number;
  if (isDigit(behind) || letter(behind) || (behind === 0x2e && isDigit(text[end + 1] as number))) return 0;
  return end;
}

/** A reply code at `i`: true for 2xx, 4xx and 5xx with second digit 0 to 7, standing free. */
export function replyAt(text: Uint8Array, i: number): boolean {
  const c = text[i] as number;
  if (c !== 0x34 && c !== 0x35 && c !== 0x32) return false;
  const second = text[i + 1] as number;
  if (second < 0x30 || second > 0x37 || !isDigit(text[i + 2] as number) || isDigit(text[i + 3] as number)) return false;
  const before = i === 0 ? 0x20 : (text[i - 1] as number);
  if (goesOn(before) || before === 0x2f || before === 0x2d || before === 0x3d || before === 0x5f) return false;
  const behind = text[i + 3] as number;
  // 550.example, 550/…, 550px are no codes; 550-5.7.1 and 550: are.
  return !(
    letter(behind) ||
    behind === 0x2f ||
    (behind === 0x2e && (letter(text[i + 4] as number) || isDigit(text[i + 4] as number)))
  );
}

/**
 * The codes of the reply that begins at `from`: the reply code that stands first or directly before a
 * status, else the first free one near the start.
 * @param units a byte for each unit of it, see Folded.given
 * @param to where the reply ends
 */
export function findCodes(text: string, units: Uint8Array, from: number, to: number): FoundCodes {
  let reply: FoundCode | undefined;
  let status: FoundCode | undefined;
  const found = (start: number, end: number): FoundCode => {
    const value = text.slice(start, end);
    return { start, end, value, number: codeNumber(value) };
  };
  for (let i = from; i < to && !(reply && status); i++) {
    const c = units[i] as number;
    if (c > 0x35 || c < 0x32 || c === 0x33) continue;
    // Most such digits: neither code can begin here.
    const before = i === 0 ? 0x20 : (units[i - 1] as number);
    if (goesOn(before)) continue;
    if (!reply && replyAt(units, i) && plausibleReply(text, units, i, from)) {
      reply = found(i, i + 3);
      i += 2;
    } else if (!status) {
      const end = statusAt(units, i);
      if (end > 0 && end <= to) {
        status = found(i, end);
        i = end - 1;
      }
    }
  }
  return { reply, status };
}

/** A number in mid-sentence ("after 450 seconds", "limit of 500") is no reply code. */
function plausibleReply(text: string, units: Uint8Array, i: number, from: number): boolean {
  let k = i - 1;
  while (k >= from && (units[k] === 0x20 || units[k] === 0x09)) k--;
  if (k < from) return true;
  const before = units[k] as number;
  const behind = units[i + 3] as number;
  // Behind a sign, a line break or another code.
  if (!letter(before) && !isDigit(before)) return true;
  let next = i + 3;
  if (behind === 0x2d || behind === 0x20 || behind === 0x23) next++;
  if (units[next] === 0x23) next++;
  if (statusAt(units, next) > 0) return true;
  if (isDigit(before)) return k >= 2 && replyAt(units, k - 2);
  return (
    behind === 0x2d ||
    behind === 0x3a ||
    /\b(code|error|status|smtp|reply|returned|response|reason)$/i.test(text.slice(Math.max(from, k - 11), k + 1))
  );
}
