/**
 * Folding: the one form in which templates and texts are compared. Case, runs of white space, line
 * folding, the codes of continuation lines, quote style, dashes and full-width forms do not count.
 */

/**
 * A folded text: lower case, single blanks, no line breaks. Its lists are longer than it is and can be used
 * again for the next text, so that folding needs no new memory.
 */
export class Folded {
  /** The UTF-16 units; only the first `length` count. A 0, which no folded text has, ends them. */
  units: Uint16Array;
  /** For each unit, and one behind the last, its offset in the text as given. */
  at: Int32Array;
  length = 0;

  /** @param room for how long a text at first; it grows where that is too little */
  constructor(room = 0) {
    this.units = new Uint16Array(room + 1);
    this.at = new Int32Array(room + 1);
  }

  /** Makes room for a text; what was in it is lost. */
  reserve(length: number): void {
    if (length < this.at.length) return;
    this.units = new Uint16Array(length + 1);
    this.at = new Int32Array(length + 1);
  }

  /** The units from `from` to before `to` as a string. */
  slice(from: number, to: number): string {
    let text = "";
    for (let i = from; i < to; i += CHUNK)
      text += String.fromCharCode.apply(null, this.units.subarray(i, Math.min(i + CHUNK, to)) as unknown as number[]);
    return text;
  }

  get text(): string {
    return this.slice(0, this.length);
  }
}

/** Pieces small enough for a function call's argument list. */
const CHUNK = 4096;

const SPACE = 0x20;
const QUOTE = 0x27;
const HYPHEN = 0x2d;
const DROP = 0;

/** What one UTF-16 unit becomes: 0 drops it, 32 is a blank. ASCII and the Latin range by table. */
const TABLE = (() => {
  const table = new Uint16Array(0x10000);
  for (let c = 0; c < 0x10000; c++) {
    if (c >= 0xd800 && c <= 0xdfff) {
      table[c] = c;
      continue;
    }
    const lower = String.fromCharCode(c).toLowerCase();
    table[c] = lower.length === 1 ? lower.charCodeAt(0) : c;
  }
  const set = (chars: string, to: number) => {
    for (const ch of chars) table[ch.charCodeAt(0)] = to;
  };
  for (let c = 0; c <= 0x20; c++) table[c] = SPACE;
  for (let c = 0x7f; c <= 0xa0; c++) table[c] = SPACE;
  set("\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000", SPACE);
  // Marks that nobody sees: soft hyphen, zero-width and direction marks, byte order mark.
  set("\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff", DROP);
  set("'\"`\u00b4\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\u2032\u2033", QUOTE);
  set("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", HYPHEN);
  // The long s and the dotless forms fold to plain letters, as regex engines that ignore case do.
  set("\u017f", 0x73);
  // Full-width ASCII, common in Japanese and Chinese replies.
  for (let c = 0xff01; c <= 0xff5e; c++) table[c] = table[c - 0xfee0] as number;
  return table;
})();

/** The part of TABLE that nearly all texts need, small enough to stay in the nearest cache. */
const ASCII = Uint8Array.from(TABLE.subarray(0, 0x80));

const isDigit = (c: number) => c >= 0x30 && c <= 0x39;

/**
 * The length of a continuation code at `i` (`550-`, `550 5.7.1 `, `550-5.7.26 `), or 0. `strict` is for
 * mid-line, where lines were flattened: there it takes a code and a status, and another code before.
 */
function continuationCode(raw: string, i: number, strict: boolean): number {
  const first = raw.charCodeAt(i);
  if (first < 0x32 || first > 0x35 || !isDigit(raw.charCodeAt(i + 1)) || !isDigit(raw.charCodeAt(i + 2))) return 0;
  const separator = raw.charCodeAt(i + 3);
  if (separator !== HYPHEN && separator !== SPACE) return 0;
  let end = i + 4;
  const status = statusLength(raw, end);
  if (strict && status === 0) return 0;
  if (status > 0) {
    end += status;
    if (raw.charCodeAt(end) === SPACE) end++;
  }
  return end - i;
}

/** The length of an enhanced status code at `i`, or 0. */
function statusLength(raw: string, i: number): number {
  const c = raw.charCodeAt(i);
  if (c !== 0x32 && c !== 0x34 && c !== 0x35) return 0;
  let end = i + 1;
  for (let part = 0; part < 2; part++) {
    if (raw.charCodeAt(end) !== 0x2e) return 0;
    const from = ++end;
    while (end - from < 3 && isDigit(raw.charCodeAt(end))) end++;
    if (end === from) return 0;
  }
  const behind = raw.charCodeAt(end);
  return isDigit(behind) || behind === 0x2e ? 0 : end - i;
}

/** The first digit of a code. */
const isCodeDigit = (c: number) => c === 0x32 || c === 0x34 || c === 0x35;

/** What was seen of codes so far: any, and where the last status stood that stood free. */
interface SeenCodes {
  coded: boolean;
  status: number;
  statusLength: number;
}

/**
 * The length of the code at `i` that says nothing new: that of a continuation line, or of one that was flattened
 * into the line before. Client libraries drop the reply code and leave the status.
 */
function knownCode(raw: string, i: number, lineStart: boolean, isFirst: boolean, seen: SeenCodes): number {
  const code = continuationCode(raw, i, !lineStart);
  if (code > 0) {
    const skip = !isFirst && (lineStart || seen.coded);
    seen.coded = true;
    if (skip) return code;
  }
  const length = statusLength(raw, i);
  if (length === 0) return 0;
  const behind = raw.charCodeAt(i + length);
  if ((behind === SPACE || behind === HYPHEN) && isSeen(raw, i, length, seen)) return length + 1;
  seen.status = i;
  seen.statusLength = length;
  return 0;
}

function isSeen(raw: string, i: number, length: number, seen: SeenCodes): boolean {
  if (length !== seen.statusLength) return false;
  for (let k = 0; k < length; k++) if (raw.charCodeAt(i + k) !== raw.charCodeAt(seen.status + k)) return false;
  return true;
}

/**
 * Folds a text.
 * @param given any string
 * @param join true: a line break and the white space around it vanish instead of becoming one blank
 *   (for texts that were folded inside a word)
 * @param into where the result goes; what was there is lost
 * @returns the folded text with the offsets that lead back into `given`; linear in its length
 */
export function fold(given: string, join = false, into = new Folded(given.length)): Folded {
  const n = given.length;
  into.reserve(n);
  const { units, at } = into;
  const seen: SeenCodes = { coded: false, status: 0, statusLength: 0 };
  let length = 0;
  let blank = true; // swallow leading white space
  let lineStart = false;
  for (let i = 0; i < n; i++) {
    const c = given.charCodeAt(i);
    const to = (c < 0x80 ? ASCII[c] : TABLE[c]) as number;
    if (to > SPACE) {
      if (blank && isCodeDigit(c)) {
        const skip = knownCode(given, i, lineStart, length === 0, seen);
        if (skip > 0) {
          i += skip - 1;
          lineStart = false;
          if (join && length > 0 && units[length - 1] !== SPACE) {
            units[length] = SPACE;
            at[length++] = i;
          }
          continue;
        }
      }
      units[length] = to;
      at[length++] = i;
      blank = false;
      lineStart = false;
    } else if (to === SPACE) {
      if (c === 0x0a || c === 0x0d) {
        lineStart = true;
        if (join) {
          while (length > 0 && units[length - 1] === SPACE) length--;
          blank = true;
          continue;
        }
      }
      if (!blank) {
        units[length] = SPACE;
        at[length++] = i;
        blank = true;
      }
    }
  }
  while (length > 0 && units[length - 1] === SPACE) length--;
  units[length] = 0;
  at[length] = length > 0 ? (at[length - 1] as number) + 1 : n;
  into.length = length;
  return into;
}

/** Folds a piece of a template: as fold, but blanks at its edges stay and codes are literal. */
export function foldLiteral(raw: string): string {
  let text = "";
  for (let i = 0; i < raw.length; i++) {
    const to = TABLE[raw.charCodeAt(i)] as number;
    if (to === DROP || (to === SPACE && text.endsWith(" "))) continue;
    text += String.fromCharCode(to);
  }
  return text;
}

/** True for the characters that make words of machine texts: ASCII letters and digits. */
export function isWordUnit(c: number): boolean {
  return (c >= 0x61 && c <= 0x7a) || (c >= 0x30 && c <= 0x39) || (c >= 0x41 && c <= 0x5a);
}
