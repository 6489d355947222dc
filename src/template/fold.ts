/**
 * Folding: the one form in which templates and texts are compared. Case, runs of white space, line
 * folding, the codes of continuation lines, quote style, dashes and full-width forms do not count.
 */

export interface Folded {
  /** The folded text: lower case, single blanks, no line breaks. */
  text: string;
  /** For each UTF-16 unit of `text`, and one behind the last, its offset in the text as given. May be longer. */
  at: Int32Array;
}

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

/** Where ordinary texts are folded: the result is copied out at the end. */
const SCRATCH = new Uint16Array(8192);

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

/** What folding changes beside case and quotes: whatever is no printable ASCII, and runs of blanks. */
const UNEVEN = /[^ -~]| {2}/;
/** The beginning of a code that stands behind a blank. */
const CODE_START = / [245](?:\d\d[ -]|\.\d)/g;

/**
 * Most replies are one line of plain ASCII with single blanks and one status: for them folding is
 * lower-casing. True for those.
 */
function isPlain(raw: string): boolean {
  if (raw.length === 0 || raw.charCodeAt(0) === SPACE || UNEVEN.test(raw)) return false;
  // A second code may belong to a line that was flattened into this one.
  let coded = continuationCode(raw, 0, true) > 0;
  let statuses = statusLength(raw, 0) > 0 ? 1 : 0;
  CODE_START.lastIndex = 0;
  while (CODE_START.test(raw)) {
    const behind = CODE_START.lastIndex;
    if (raw.charCodeAt(behind - 2) === 0x2e) {
      if (statusLength(raw, behind - 3) > 0 && ++statuses > 1) return false;
    } else {
      if (continuationCode(raw, behind - 4, true) > 0) {
        if (coded) return false;
        coded = true;
      }
      // The blank behind this code may go before the next one.
      CODE_START.lastIndex = behind - 1;
    }
  }
  return true;
}

/** The identity: shared by all texts that are folded by lower-casing alone. */
let identity = Int32Array.from({ length: 1024 }, (_, i) => i);

function foldPlain(raw: string): Folded {
  if (raw.length >= identity.length) identity = Int32Array.from({ length: raw.length * 2 }, (_, i) => i);
  return { text: lowerCase(raw), at: identity };
}

/**
 * Folds a text.
 * @param given any string
 * @param join true: a line break and the white space around it vanish instead of becoming one blank
 *   (for texts that were folded inside a word)
 * @returns the folded text and the offsets that lead back into `given`; linear in its length
 */
export function fold(given: string, join = false): Folded {
  const trimmed = given.trimEnd();
  if (isPlain(trimmed)) return foldPlain(trimmed);
  if (!join && !BEYOND_ASCII.test(given)) return foldAscii(lowerCase(given));
  return foldUnits(given, join);
}

const BEYOND_ASCII = /[^\0-\x7f]/;

/** Printable ASCII but the blank. */
const isSolid = (c: number) => c > SPACE && c < 0x7f;
/** The first digit of a code. */
const isCodeDigit = (c: number) => c === 0x32 || c === 0x34 || c === 0x35;

/** What was seen of codes so far: any, and the last status that stood free. */
interface SeenCodes {
  coded: boolean;
  status: string;
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
  const status = raw.slice(i, i + length);
  const behind = raw.charCodeAt(i + length);
  if (status === seen.status && (behind === SPACE || behind === HYPHEN)) return length + 1;
  seen.status = status;
  return 0;
}

/** Folds ASCII from stretches of its lower-cased form: faster than unit by unit, for notices of many lines. */
function foldAscii(lower: string): Folded {
  const n = lower.length;
  const at = new Int32Array(n + 1);
  const seen: SeenCodes = { coded: false, status: "" };
  let text = "";
  let length = 0;
  let blank = true; // swallow leading white space
  let lineStart = false;
  let i = 0;
  while (i < n) {
    const c = lower.charCodeAt(i);
    if (!isSolid(c)) {
      if (c === 0x0a || c === 0x0d) lineStart = true;
      if (!blank) {
        text += " ";
        at[length++] = i;
        blank = true;
      }
      i++;
      continue;
    }
    if (blank && isCodeDigit(c)) {
      const skip = knownCode(lower, i, lineStart, length === 0, seen);
      if (skip > 0) {
        i += skip;
        lineStart = false;
        continue;
      }
    }
    // A stretch: words with single blanks between them, up to where a code may stand.
    let end = i + 1;
    for (; end < n; end++) {
      const unit = lower.charCodeAt(end);
      if (isSolid(unit)) continue;
      if (unit !== SPACE) break;
      const next = lower.charCodeAt(end + 1);
      if (!isSolid(next) || isCodeDigit(next)) break;
    }
    text += lower.slice(i, end);
    for (; i < end; i++) at[length++] = i;
    blank = false;
    lineStart = false;
  }
  if (blank && length > 0) {
    length--;
    text = text.slice(0, length);
  }
  return { text, at: closed(at, length, n) };
}

/** Folds any text unit by unit. */
function foldUnits(raw: string, join: boolean): Folded {
  const n = raw.length;
  const out = n <= SCRATCH.length ? SCRATCH : new Uint16Array(n);
  const at = new Int32Array(n + 1);
  const seen: SeenCodes = { coded: false, status: "" };
  let length = 0;
  let blank = true; // swallow leading white space
  let lineStart = false;
  let i = 0;
  while (i < n) {
    const c = raw.charCodeAt(i);
    if (c === 0x0a || c === 0x0d) {
      lineStart = true;
      if (join) {
        while (length > 0 && out[length - 1] === SPACE) length--;
        blank = true;
        i++;
        continue;
      }
    } else if (blank && isCodeDigit(c)) {
      const skip = knownCode(raw, i, lineStart, length === 0, seen);
      if (skip > 0) {
        i += skip;
        lineStart = false;
        if (join && length > 0 && out[length - 1] !== SPACE) {
          out[length] = SPACE;
          at[length++] = i - 1;
        }
        continue;
      }
    }
    const to = TABLE[c] as number;
    if (to === SPACE) {
      if (!blank) {
        out[length] = SPACE;
        at[length++] = i;
        blank = true;
      }
    } else if (to !== DROP) {
      lineStart = false;
      out[length] = to;
      at[length++] = i;
      blank = false;
    }
    i++;
  }
  while (length > 0 && out[length - 1] === SPACE) length--;
  return { text: decode(out, length), at: closed(at, length, n) };
}

/** The offsets of a folded text of `length` units, and the one behind the last. */
function closed(at: Int32Array, length: number, n: number): Int32Array {
  at[length] = length > 0 ? (at[length - 1] as number) + 1 : n;
  return at.subarray(0, length + 1);
}

/** Lower case and one quote, for ASCII. */
function lowerCase(raw: string): string {
  let text = raw.toLowerCase();
  if (text.includes('"')) text = text.replaceAll('"', "'");
  if (text.includes("`")) text = text.replaceAll("`", "'");
  return text;
}

/** Pieces small enough for a function call's argument list. */
const CHUNK = 4096;

function decode(units: Uint16Array, length: number): string {
  if (length <= CHUNK) return String.fromCharCode.apply(null, units.subarray(0, length) as unknown as number[]);
  let text = "";
  for (let from = 0; from < length; from += CHUNK) {
    text += String.fromCharCode.apply(
      null,
      units.subarray(from, Math.min(from + CHUNK, length)) as unknown as number[],
    );
  }
  return text;
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
