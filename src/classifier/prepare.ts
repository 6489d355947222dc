/**
 * Makes a text readable before it is read: HTML entities, escaped line breaks of printed program values,
 * quoted-printable and RFC 2047 remains, underscores for blanks, `>` quoting, full-width digits.
 * Every character of the result knows the place that it came from.
 */
import type { Span } from "../model/explanation.ts";
import { BEYOND_ASCII, SIGNS } from "../template/index.ts";

export interface Prepared {
  text: string;
  /** For each UTF-16 unit of `text`, where it begins and ends in the text as given; undefined where nothing changed. */
  origin: { start: Int32Array; end: Int32Array } | undefined;
}

/** One kind of disguise: when to look for it, and what each find becomes. Patterns are bounded and linear. */
interface Disguise {
  /** A sign (see SIGNS) without which no text wears it. */
  sign: number;
  /** True where the text may wear it: a cheap look. */
  worn: (text: string) => boolean;
  pattern: RegExp;
  /** The plain text, or undefined to leave the find alone. */
  plain: (found: RegExpExecArray) => string | undefined;
}

const ENTITIES: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'", nbsp: " ", "#39": "'" };

const DISGUISES: Disguise[] = [
  {
    // =?utf-8?B?…?= (RFC 2047)
    sign: SIGNS["="],
    worn: (t) => t.includes("=?"),
    pattern: /=\?([\w-]{2,30})\?([bq])\?([^?\s]{1,400})\?=/gi,
    plain: ([, charset = "", encoding = "", data = ""]) => decodeWord(charset, encoding.toLowerCase(), data),
  },
  {
    // Quoted-printable (RFC 2045): soft line breaks, signs, and UTF-8 sequences. A link's ?ip=203… is none,
    // so a sure sign is asked for: an escaped =, a soft break, a sequence beyond ASCII.
    sign: SIGNS["="],
    worn: (t) => /=(?:3D|\r?\n|[C-F][\dA-F]=[89AB][\dA-F])/.test(t),
    pattern: /=\r?\n|(?:=[89A-F][\dA-F]){2,60}|=(?:3D|20|0D|0A|22|27|3C|3E|2E|2C|40)/g,
    plain: ([found]) =>
      found[1] === "\r" || found[1] === "\n" ? "" : decodeBytes("utf-8", hexBytes(found.slice(1).split("="))),
  },
  {
    // Program values: '550 5.7.1 …\r\n550 …', {"error":"550 \"…\""}
    sign: SIGNS["\\"],
    worn: () => true,
    pattern: /\\{1,2}r\\{1,2}n|\\{1,2}[nrt](?![\w\\])|\\{1,2}n(?=[245]\d\d[ -])|\\{1,2}(["'/])/g,
    plain: ([found, quote]) => quote ?? (found.endsWith("t") ? "\t" : "\n"),
  },
  {
    sign: SIGNS["&"],
    worn: () => true,
    pattern: /&(?:lt|gt|amp|quot|apos|nbsp|#39|#x27|#(\d{2,5}));/gi,
    plain: ([found, number]) => {
      if (number !== undefined)
        return Number(number) < 0xd800 && Number(number) > 31 ? String.fromCharCode(Number(number)) : undefined;
      return ENTITIES[found.slice(1, -1).toLowerCase()] ?? "'";
    },
  },
  {
    // Python: (550, b'5.7.1 …')
    sign: SIGNS["'"],
    worn: (t) => (t.includes("b'") || t.includes('b"')) && /[(,]\s?b['"]/.test(t),
    pattern: /([245]\d\d), ?b(?=['"])/g,
    plain: ([, code = ""]) => `${code} `,
  },
  {
    // Lines quoted in a reply mail
    sign: SIGNS[">"],
    worn: (t) => {
      // Most of these signs close an address: only those that begin a line count.
      for (let at = t.indexOf(">"); at >= 0; at = t.indexOf(">", at + 1)) if (beginsLine(t, at)) return true;
      return false;
    },
    pattern: /^[ \t]{0,3}(?:>[ \t]?){1,10}/gm,
    plain: () => "",
  },
  {
    // Sendmail's transcript marks each line of one reply: <<< 550-…, <<< 550 …
    sign: SIGNS["<"],
    worn: (t) => t.includes("<<< "),
    pattern: /\n[ \t]{0,8}<<< (?=([245]\d\d)[- ])/g,
    plain: ({ input, index, 1: code }) => {
      const before = input.slice(input.lastIndexOf("\n", index - 1) + 1, index).trimStart();
      return before.startsWith(`<<< ${code}-`) ? "\n" : undefined;
    },
  },
  {
    // 550_5.1.1_User_unknown
    sign: SIGNS._,
    worn: (t) => {
      if (t.includes("delivery ") && /delivery \d+: (?:failure|deferral): \S*_/.test(t)) return true; // qmail's log
      const underscores = count(t, "_");
      return underscores >= 3 && underscores > count(t, " ") * 2 && /[a-z\d]_[a-z\d]/i.test(t);
    },
    pattern: /(?<!_)_(?!_)/g,
    plain: () => " ",
  },
  {
    // Full-width digits, so that codes are found; the folding of words sees to the rest
    sign: BEYOND_ASCII,
    worn: (t) => /[\uff10-\uff19]/.test(t),
    pattern: /[\uff0e\uff10-\uff19]/g,
    plain: ([found]) => String.fromCharCode(found.charCodeAt(0) - 0xfee0),
  },
];

/** Nothing but three blanks at the most between here and the start of the line. */
function beginsLine(text: string, at: number): boolean {
  let i = at - 1;
  while (i >= 0 && i >= at - 3 && (text[i] === " " || text[i] === "\t")) i--;
  return i < 0 || text[i] === "\n" || text[i] === "\r";
}

function count(text: string, sign: string): number {
  let n = 0;
  for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) n++;
  return n;
}

/**
 * @param given any text of bounded length
 * @param signs which signs stand in it, see SIGNS
 * @returns the readable text; the very same where it wears no disguise
 */
export function prepare(given: string, signs: number): Prepared {
  let prepared: Prepared = { text: given, origin: undefined };
  if (signs === 0) return prepared;
  for (const { sign, worn, pattern, plain } of DISGUISES) {
    // What one disguise hid may be the sign of the next.
    if ((signs & sign) === 0 && prepared.origin === undefined) continue;
    if (worn(prepared.text)) prepared = replace(prepared, pattern, plain);
  }
  return prepared;
}

function replace({ text, origin }: Prepared, pattern: RegExp, plain: Disguise["plain"]): Prepared {
  const pieces: { from: number; to: number; as: string }[] = [];
  pattern.lastIndex = 0;
  for (let m = pattern.exec(text); m !== null; m = pattern.exec(text)) {
    if (m[0].length === 0) {
      pattern.lastIndex++;
      continue;
    }
    const as = plain(m);
    if (as !== undefined) pieces.push({ from: m.index, to: m.index + m[0].length, as });
  }
  if (pieces.length === 0) return { text, origin };
  const length = pieces.reduce((sum, p) => sum + p.as.length - (p.to - p.from), text.length);
  const start = new Int32Array(length);
  const end = new Int32Array(length);
  const out: string[] = [];
  let n = 0;
  let at = 0;
  const startOf = (i: number) => (origin ? (origin.start[i] as number) : i);
  const endOf = (i: number) => (origin ? (origin.end[i] as number) : i + 1);
  const copy = (to: number) => {
    out.push(text.slice(at, to));
    for (; at < to; at++) {
      start[n] = startOf(at);
      end[n++] = endOf(at);
    }
  };
  for (const { from, to, as } of pieces) {
    copy(from);
    out.push(as);
    for (let k = 0; k < as.length; k++) {
      start[n] = startOf(from);
      end[n++] = endOf(to - 1);
    }
    at = to;
  }
  copy(text.length);
  return { text: out.join(""), origin: { start, end } };
}

/** Leads spans of the prepared text back to the text as given. */
export function toGiven(spans: Span[], { origin }: Prepared): Span[] {
  if (!origin) return spans;
  let last = 0;
  return spans.flatMap((s) => {
    const start = Math.max(last, origin.start[s.start] as number);
    const end = origin.end[s.end - 1] as number;
    if (end <= start) return [];
    last = end;
    return [{ ...s, start, end }];
  });
}

const hexBytes = (hex: string[]) => Uint8Array.from(hex, (h) => Number.parseInt(h, 16));

function decodeBytes(charset: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return undefined; // a charset that nobody knows: leave the words as they are
  }
}

function decodeWord(charset: string, encoding: string, data: string): string | undefined {
  try {
    if (encoding === "b")
      return decodeBytes(
        charset,
        Uint8Array.from(atob(data), (c) => c.charCodeAt(0)),
      );
    const units = data.replaceAll("_", " ").match(/=[\da-f]{2}|[^=]/gi) ?? [];
    return decodeBytes(
      charset,
      Uint8Array.from(units, (u) => (u.length === 3 ? Number.parseInt(u.slice(1), 16) : u.charCodeAt(0))),
    );
  } catch {
    return undefined; // not base64 after all
  }
}
