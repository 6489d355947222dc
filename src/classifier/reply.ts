/** The reply inside the mess: where the innermost server's words lie, and which codes are theirs. */
import { type FoundCode, findCodes, isDigit } from "./codes.ts";

/** A wrapper that was found: its place in the text, and the host that it names. */
export interface FoundWrapper {
  kind: "lead-in" | "tail" | "probe";
  start: number;
  end: number;
  host: string | undefined;
  beforeCode: boolean;
  atLineStart: boolean;
}

export interface Located {
  /** The innermost server's words; the whole text where nothing wraps them. */
  start: number;
  end: number;
  reply: FoundCode | undefined;
  status: FoundCode | undefined;
  /** The host that spoke, where a wrapper names it. */
  host: string | undefined;
  wrappers: FoundWrapper[];
}

const isBlank = (c: number) => c === 0x20 || (c >= 0x09 && c <= 0x0d);
const isQuote = (c: number) => c === 0x22 || c === 0x27 || c === 0x60;

/** Behind blanks and an opening quote. */
function wordsFrom(text: string, units: Uint8Array, at: number): number {
  let i = at;
  while (i < text.length) {
    const c = units[i] as number;
    if (!isBlank(c) && !isQuote(c) && !(c >= 0x80 && /[\u2018-\u201f]/.test(text[i] as string))) break;
    i++;
  }
  return i;
}

/** Nothing but blanks between here and the start of the line, or another wrapper's end. */
function beginsLine(units: Uint8Array, at: number, wrappers: readonly FoundWrapper[]): boolean {
  let i = at;
  while (i > 0 && (units[i - 1] === 0x20 || units[i - 1] === 0x09)) i--;
  if (i === 0 || units[i - 1] === 0x0a || units[i - 1] === 0x0d) return true;
  return wrappers.some((w) => w.end >= i && w.end <= at);
}

/** A refusal's code comes next: 4 or 5, a digit or a dot, a digit. */
function codeFollows(units: Uint8Array, at: number): boolean {
  const i = units[at] === 0x28 ? at + 1 : at;
  const c = units[i] as number;
  if (c !== 0x32 && c !== 0x34 && c !== 0x35) return false;
  if (units[i + 1] === 0x2e) return isDigit(units[i + 2] as number);
  return isDigit(units[i + 1] as number) && isDigit(units[i + 2] as number) && !isDigit(units[i + 3] as number);
}

const NO_WRAPPERS: FoundWrapper[] = [];

/**
 * @param text the prepared text
 * @param units a byte for each unit of it, see Folded.given
 * @param found the wrappers that stand in it, in any order
 */
export function locateReply(text: string, units: Uint8Array, found: readonly FoundWrapper[]): Located {
  let start = 0;
  let end = text.length;
  let host: string | undefined;
  let wrappers = NO_WRAPPERS;
  if (found.length > 0) {
    wrappers = [];
    /** Where a probe of the sender begins: the lead-in behind it quotes an answer about the sender. */
    const probe = found.find((w) => w.kind === "probe")?.end ?? text.length;
    for (const w of found) {
      if (w.kind !== "lead-in" || w.start >= probe) continue;
      const from = wordsFrom(text, units, w.end);
      if (from >= text.length) continue;
      if (w.beforeCode && !codeFollows(units, from)) continue;
      if (w.atLineStart && !beginsLine(units, w.start, found)) continue;
      wrappers.push(w);
      if (from > start) {
        start = from;
        if (w.host !== undefined) host = w.host;
      }
    }
    for (const w of found) {
      const isEnd = w.kind === "tail" || (w.kind === "lead-in" && w.start >= probe);
      if (!isEnd || w.start <= start) continue;
      wrappers.push(w);
      if (w.start < end) end = w.start;
    }
  }
  let codes = findCodes(text, units, start, end);
  // The words themselves have no code: take what the log or the report around them says.
  if (!codes.reply && !codes.status && start > 0) codes = findCodes(text, units, 0, text.length);
  return { start, end, reply: codes.reply, status: codes.status, host, wrappers };
}
