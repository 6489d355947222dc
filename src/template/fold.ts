/**
 * Folding: the one form in which templates and texts are compared. Case, runs of white space, line
 * folding, the codes of continuation lines, quote style, dashes and full-width forms do not count.
 */

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

/** The signs of which a folded text knows whether they stand in the text as given, each with its bit in `signs`. */
export const SIGNS = { "=": 1, "\\": 2, "&": 4, "'": 8, '"': 8, ">": 16, "<": 32, _: 64 } as const;
/** The bit for whatever is not ASCII. */
export const BEYOND_ASCII = 128;
/** Above the unit that a character becomes: whether that is a letter or digit of ASCII, and the bits of SIGNS. */
const WORD_SHIFT = 16;
const SIGN_SHIFT = 17;
const wordBit = (unit: number) => (isWordUnit(unit) ? 1 << WORD_SHIFT : 0);
/** What ASCII becomes, with these bits: small enough to stay in the nearest cache. */
const ASCII = Int32Array.from(TABLE.subarray(0, 0x80), (to) => to | wordBit(to));
for (const [sign, bit] of Object.entries(SIGNS)) {
  const c = sign.charCodeAt(0);
  ASCII[c] = (ASCII[c] as number) | (bit << SIGN_SHIFT);
}

const ENCODER = new TextEncoder();
/** Room behind the units, so that a look at a few of them together need not ask where they end. */
const UNITS_BEHIND = 4;
/** Pieces small enough for a function call's argument list. */
const CHUNK = 4096;

/**
 * A text and its folded form: lower case, single blanks, no line breaks. Its lists are longer than it is
 * and can be used again for the next text, so that folding needs no new memory.
 */
export class Folded {
  /** The text as given, a unit a byte: ASCII, and BEYOND for all else. A 0 follows the last. */
  given = new Uint8Array(1);
  /** Which of SIGNS stand in it, and BEYOND_ASCII. */
  signs = 0;
  /** The units of the folded form; only the first `length` count. A 0, which no folded text has, ends them. */
  units = new Uint16Array(UNITS_BEHIND);
  length = 0;
  /** The places in `units` where a word begins or a sign stands; only the first `startCount` count. */
  starts = new Int32Array(1);
  startCount = 0;
  /**
   * The stretches of `units` that lie in the text as given as they do here: two numbers each, where it begins, and how
   * much further on it lies there.
   */
  private stretches = new Int32Array(64);
  private stretchesEnd = 0;

  /**
   * Takes a text and folds it; what was here is lost. Linear in its length.
   * @param text any string
   * @param join true: a line break and the white space around it vanish instead of becoming one blank
   *   (for texts that were folded inside a word)
   */
  fold(text: string, join: boolean): void {
    const n = text.length;
    const isAscii = this.read(text);
    const { given, units, starts } = this;
    let signs = 0;
    const seen: SeenCodes = { coded: false, status: 0, statusLength: 0, many: -1 };
    let length = 0;
    let startCount = 0;
    let further = 0;
    this.stretchesEnd = 0;
    let blank = true; // swallow leading white space
    let lineStart = false;
    let inWord = 0;
    let i = 0;
    while (i < n) {
      const c = given[i] as number;
      let to = c < BEYOND ? (ASCII[c] as number) : wide(text.charCodeAt(i));
      if (to > SPACE) {
        if (blank && isCodeDigit(c)) {
          const skip = knownCode(given, i, lineStart, length === 0, seen);
          if (skip > 0) {
            i += skip;
            lineStart = false;
            if (join && length > 0 && units[length - 1] !== SPACE) {
              further = this.stretch(length, i - 1 - length);
              units[length++] = SPACE;
              inWord = 0;
            }
            continue;
          }
        }
        if (i - length !== further) further = this.stretch(length, i - length);
        do {
          // Written at each unit and kept at few: cheaper than to ask at each.
          starts[startCount] = length;
          const word = (to >>> WORD_SHIFT) & 1;
          startCount += 1 - (inWord & word);
          inWord = word;
          units[length++] = to;
          signs |= to;
          const next = given[++i] as number;
          to = next < BEYOND ? (ASCII[next] as number) : wide(text.charCodeAt(i));
        } while (to > SPACE);
        blank = false;
        lineStart = false;
        continue;
      }
      if (c === 0x0a || c === 0x0d) {
        lineStart = true;
        if (join) {
          while (length > 0 && units[length - 1] === SPACE) length--;
          inWord = length > 0 && isWordUnit(units[length - 1] as number) ? 1 : 0;
          blank = true;
          i++;
          continue;
        }
      }
      if (to === SPACE && !blank) {
        if (i - length !== further) further = this.stretch(length, i - length);
        units[length++] = SPACE;
        inWord = 0;
        blank = true;
      }
      i++;
    }
    while (length > 0 && units[length - 1] === SPACE) length--;
    units[length] = 0;
    this.length = length;
    this.startCount = startCount;
    this.signs = ((signs >>> SIGN_SHIFT) & 0x7f) | (isAscii ? 0 : BEYOND_ASCII);
  }

  /** Makes `given`, and room for the rest. @returns whether the text is ASCII */
  private read(text: string): boolean {
    const n = text.length;
    if (n >= this.given.length) {
      this.given = new Uint8Array(n + 1);
      this.units = new Uint16Array(n + UNITS_BEHIND);
      this.starts = new Int32Array(n + 1);
    }
    const { given } = this;
    // To copy a text as bytes is many times as fast as to ask a string for each unit.
    const { read, written } = ENCODER.encodeInto(text, given);
    const isAscii = read === n && written === n;
    if (!isAscii) for (let i = 0; i < n; i++) given[i] = Math.min(text.charCodeAt(i), BEYOND);
    given[n] = 0;
    return isAscii;
  }

  /** Begins a stretch. @returns how much further on it lies in the text as given */
  private stretch(start: number, further: number): number {
    if (this.stretchesEnd === this.stretches.length) {
      const longer = new Int32Array(this.stretchesEnd * 2);
      longer.set(this.stretches);
      this.stretches = longer;
    }
    this.stretches[this.stretchesEnd++] = start;
    this.stretches[this.stretchesEnd++] = further;
    return further;
  }

  /** Where the unit at `i` of the folded text stands in the text as given. */
  at(i: number): number {
    const { stretches } = this;
    // How many stretches begin at or before the place.
    let low = 0;
    let high = this.stretchesEnd >>> 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((stretches[middle * 2] as number) <= i) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? i : i + (stretches[low * 2 - 1] as number);
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

/** Stands for every unit beyond ASCII. */
const BEYOND = 0x80;

/** What a unit beyond ASCII becomes, and whether that is a letter or digit. */
function wide(c: number): number {
  const to = TABLE[c] as number;
  return to | wordBit(to);
}

const isDigit = (c: number) => c >= 0x30 && c <= 0x39;

/**
 * The length of a continuation code at `i` (`550-`, `550 5.7.1 `, `550-5.7.26 `), or 0. `strict` is for
 * mid-line, where lines were flattened: there it takes a code and a status, and another code before.
 */
function continuationCode(raw: Uint8Array, i: number, strict: boolean): number {
  const first = raw[i] as number;
  if (first < 0x32 || first > 0x35 || !isDigit(raw[i + 1] as number) || !isDigit(raw[i + 2] as number)) return 0;
  const separator = raw[i + 3] as number;
  if (separator !== HYPHEN && separator !== SPACE) return 0;
  let end = i + 4;
  const status = statusLength(raw, end);
  if (strict && status === 0) return 0;
  if (status > 0) {
    end += status;
    if ((raw[end] as number) === SPACE) end++;
  }
  return end - i;
}

/** The length of an enhanced status code at `i`, or 0. The 0 behind the text ends every look. */
function statusLength(raw: Uint8Array, i: number): number {
  if (!isCodeDigit(raw[i] as number)) return 0;
  let end = i + 1;
  for (let part = 0; part < 2; part++) {
    if ((raw[end] as number) !== 0x2e) return 0;
    const from = ++end;
    while (end - from < 3 && isDigit(raw[end] as number)) end++;
    if (end === from) return 0;
  }
  const behind = raw[end] as number;
  return isDigit(behind) || behind === 0x2e ? 0 : end - i;
}

/** The first digit of a code. */
const isCodeDigit = (c: number) => c === 0x32 || c === 0x34 || c === 0x35;

/** What was seen of codes so far: any, and where the last status stood that stood free. */
interface SeenCodes {
  coded: boolean;
  status: number;
  statusLength: number;
  /** Where a reply code stood whose hyphen announced more lines; -1 for none. */
  many: number;
}

/**
 * The length of the code at `i` that says nothing new: that of a continuation line, or of one that was flattened
 * into the line before. Client libraries drop the reply code and leave the status.
 */
function knownCode(raw: Uint8Array, i: number, lineStart: boolean, isFirst: boolean, seen: SeenCodes): number {
  const code = continuationCode(raw, i, !lineStart);
  const further = furtherLine(raw, i, seen);
  if (further > 0) return further;
  if (code > 0) {
    const skip = !isFirst && (lineStart || seen.coded);
    seen.coded = true;
    if (skip) return code;
  }
  const length = statusLength(raw, i);
  if (length === 0) return 0;
  const behind = raw[i + length] as number;
  if ((behind === SPACE || behind === HYPHEN) && isSeen(raw, i, length, seen)) return length + 1;
  seen.status = i;
  seen.statusLength = length;
  return 0;
}

/** The length of a code that repeats one with a hyphen (554-… 554-… 554 …): more lines of one reply in one line. Else 0. */
function furtherLine(raw: Uint8Array, i: number, seen: SeenCodes): number {
  const code = continuationCode(raw, i, false);
  if (code === 0) return 0;
  const { many } = seen;
  if (many >= 0 && raw[i] === raw[many] && raw[i + 1] === raw[many + 1] && raw[i + 2] === raw[many + 2]) return code;
  if (raw[i + 3] === HYPHEN && (raw[i + 4] as number) > SPACE) seen.many = i;
  return 0;
}

function isSeen(raw: Uint8Array, i: number, length: number, seen: SeenCodes): boolean {
  if (length !== seen.statusLength) return false;
  for (let k = 0; k < length; k++) if (raw[i + k] !== raw[seen.status + k]) return false;
  return true;
}

/**
 * Folds a text.
 * @param text any string
 * @param join see Folded.fold
 */
export function fold(text: string, join = false): Folded {
  const folded = new Folded();
  folded.fold(text, join);
  return folded;
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
