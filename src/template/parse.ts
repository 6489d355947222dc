/**
 * The template language: literal text, placeholders {ip} {email} {domain} {host} {url} {number} {id}
 * {date} {...}, each nameable ({ip:sender}), and alternatives of literal words {mailbox|inbox|}.
 * `{{` is a literal brace. Nothing else: no regex, no nesting, no repetition.
 */
import { foldLiteral, isWordUnit } from "./fold.ts";
import { SLOT_KINDS, SLOTS, type SlotKind, slotTakes } from "./slots.ts";

export interface Literal {
  type: "literal";
  text: string;
}
export interface Slot {
  type: "slot";
  kind: SlotKind;
  /** The name under which the matched text is captured; undefined for {...} without a name. */
  name: string | undefined;
  /** Only for {...}: what follows begins with a word, so the slot must not end inside of one. */
  whole: boolean;
  /** What follows, or goes before, begins or ends with a sign that the slot does not take: its end, or start, is sure. */
  sureEnd: boolean;
  sureStart: boolean;
}
export interface Choice {
  type: "choice";
  options: string[];
}
export type Part = Literal | Slot | Choice;

export interface Template {
  /** The template as written. */
  source: string;
  parts: Part[];
  /** For each part the most characters that the parts before it can take. */
  before: number[];
  /** The number of literal letters, digits and signs that a match is sure to hold: the measure of how much it says. */
  literals: number;
}

/** A fault in a template, with the offset of the character where it begins. */
export class TemplateError extends Error {
  readonly source: string;
  readonly offset: number;
  readonly remedy: string;
  constructor(message: string, source: string, offset: number, remedy: string) {
    super(message);
    this.name = "TemplateError";
    this.source = source;
    this.offset = offset;
    this.remedy = remedy;
  }
  /** The template with a caret below the place. */
  get picture(): string {
    return `${this.source.replace(/[\r\n\t]/g, " ")}\n${" ".repeat(this.offset)}^`;
  }
}

/** Enough for the longest reply that anybody sends; keeps the matcher's work per template bounded. */
const MAX_PARTS = 40;
const MAX_OPTIONS = 24;
/** A fragment of this many literal characters is what the index of the classifier needs at least. */
export const MIN_ANCHOR = 3;

/**
 * Parses a template.
 * @throws TemplateError with the exact place and a remedy
 */
export function parseTemplate(source: string): Template {
  const parts: Part[] = [];
  let literal = "";
  const flush = () => {
    if (literal) parts.push({ type: "literal", text: foldLiteral(literal) });
    literal = "";
  };
  const fail = (message: string, offset: number, remedy: string): never => {
    throw new TemplateError(message, source, offset, remedy);
  };

  let i = 0;
  while (i < source.length) {
    const ch = source[i] as string;
    if (ch === "}") {
      if (source[i + 1] === "}") {
        literal += "}";
        i += 2;
        continue;
      }
      fail("a closing brace without an opening one", i, "Write }} for a literal brace.");
    }
    if (ch !== "{") {
      literal += ch;
      i++;
      continue;
    }
    if (source[i + 1] === "{") {
      literal += "{";
      i += 2;
      continue;
    }
    const close = source.indexOf("}", i);
    if (close < 0) fail("a placeholder that is not closed", i, "Close it with }, or write {{ for a literal brace.");
    const inside = source.slice(i + 1, close);
    if (inside.includes("{"))
      fail(
        "a brace inside a placeholder",
        i + 1 + inside.indexOf("{"),
        "Placeholders and alternatives cannot be nested.",
      );
    flush();
    parts.push(inside.includes("|") ? parseChoice(inside, i, fail) : parseSlot(inside, i, fail));
    if (parts.length > MAX_PARTS) fail(`more than ${MAX_PARTS} parts`, i, "Keep only the words that decide.");
    i = close + 1;
  }
  flush();

  // Where two slots meet, nothing says where one ends.
  for (let k = 1; k < parts.length; k++) {
    if (parts[k]?.type === "slot" && parts[k - 1]?.type === "slot") {
      fail(
        "two placeholders side by side",
        source.indexOf("}{") + 1,
        "Put literal words between them, or keep only one.",
      );
    }
  }
  trimEdges(parts);
  const first = parts[0];
  const last = parts[parts.length - 1];
  if (!first || !last) return fail("an empty template", 0, "Write the provider's words.");
  for (const [part, offset] of [
    [first, 0],
    [last, source.length - 1],
  ] as const) {
    if (part.type === "slot" && part.kind === "...")
      fail("{...} at the edge of a template", offset, "Leave it out: a template matches anywhere in the text.");
    if (part.type === "choice" && part.options.includes(""))
      fail(
        "an optional word at the edge of a template",
        offset,
        "Leave it out: a template matches anywhere in the text.",
      );
  }
  parts.forEach((part, i) => {
    if (part.type !== "slot") return;
    if (part.kind === "...") part.whole = beginsWithWord(parts, i + 1);
    else {
      part.sureEnd = edgeOutside(part.kind, parts, i + 1, 1);
      part.sureStart = edgeOutside(part.kind, parts, i - 1, -1);
    }
  });
  if (anchorPlaces(parts).length === 0) {
    fail(
      `no whole word of ${MIN_ANCHOR} or more literal characters`,
      0,
      "Add words of the reply: a template of placeholders would match anything.",
    );
  }
  let taken = 0;
  const before = parts.map((p) => {
    const here = taken;
    taken += longest(p);
    return here;
  });
  return { source, parts, before, literals: parts.reduce((sum, p) => sum + literalCount(p), 0) };
}

type Fail = (message: string, offset: number, remedy: string) => never;

function parseSlot(inside: string, offset: number, fail: Fail): Slot {
  const [kind = "", name, ...rest] = inside.split(":");
  if (rest.length > 0) fail(`«{${inside}}» has two colons`, offset, "A named placeholder is written {ip:sender}.");
  if (!(SLOT_KINDS as readonly string[]).includes(kind)) {
    fail(
      `«{${inside}}» is no placeholder`,
      offset,
      `Known are ${SLOT_KINDS.map((k) => `{${k}}`).join(" ")}; alternatives are {a|b}; a literal brace is {{.`,
    );
  }
  if (name !== undefined && !/^[a-z][a-z0-9_]{0,19}$/.test(name)) {
    fail(
      `«${name}» cannot be a name`,
      offset + kind.length + 2,
      "Names are lower-case letters, digits and _, 20 at most.",
    );
  }
  return {
    type: "slot",
    kind: kind as SlotKind,
    name: name ?? (kind === "..." ? undefined : kind),
    whole: false,
    sureEnd: false,
    sureStart: false,
  };
}

function parseChoice(inside: string, offset: number, fail: Fail): Choice {
  const options = inside.split("|").map(foldLiteral);
  if (options.length > MAX_OPTIONS) fail(`more than ${MAX_OPTIONS} alternatives`, offset, "Write several templates.");
  if (new Set(options).size < options.length)
    fail("an alternative stands twice", offset, "Case and quote style do not count: leave one out.");
  if (options.every((o) => o.trim() === ""))
    fail("alternatives without words", offset, "Put literal words between the bars.");
  return { type: "choice", options };
}

/** Blanks at the outer edges of a template mean nothing. Adjacent blanks across parts stay as written. */
function trimEdges(parts: Part[]): void {
  const first = parts[0];
  if (first?.type === "literal") {
    first.text = first.text.trimStart();
    if (!first.text) parts.shift();
  }
  const last = parts[parts.length - 1];
  if (last?.type === "literal") {
    last.text = last.text.trimEnd();
    if (!last.text) parts.pop();
  }
}

/** The literal characters, blanks apart, that the part is sure to add to a match. */
function literalCount(part: Part): number {
  const count = (s: string) => s.replace(/ /g, "").length;
  if (part.type === "literal") return count(part.text);
  if (part.type === "choice") return Math.min(...part.options.map(count));
  return 0;
}

/** The places in a literal where a word begins (or a sign stands), with at least MIN_ANCHOR characters behind. */
function wordStarts(literal: string, sureStart: boolean): number[] {
  const starts: number[] = [];
  for (let q = 0; q + MIN_ANCHOR <= literal.length; q++) {
    const c = literal.charCodeAt(q);
    if (c === 0x20) continue;
    const before = q === 0 ? (sureStart ? 0x20 : 0x61) : literal.charCodeAt(q - 1);
    if (!isWordUnit(before) || !isWordUnit(c)) starts.push(q);
  }
  return starts;
}

/** The most characters that a part can take. */
function longest(part: Part): number {
  if (part.type === "literal") return part.text.length;
  return part.type === "slot" ? SLOTS[part.kind].max : Math.max(...part.options.map((o) => o.length));
}

/** A spelling of literals and choices by which a text can be known to be a candidate for the template. */
export interface AnchorPlace {
  literal: string;
  /** Offsets in the literal where a text's word begins whenever the template matches. */
  starts: number[];
  /** The number of the part that the spelling begins with. */
  part: number;
}

/** Whether some reading of the parts from `i` on begins with a letter or digit. */
function beginsWithWord(parts: readonly Part[], i: number): boolean {
  const part = parts[i];
  if (part === undefined || part.type === "slot") return false;
  const begins = (text: string) => isWordUnit(text.charCodeAt(0));
  if (part.type === "literal") return begins(part.text);
  return part.options.some((o) => (o === "" ? beginsWithWord(parts, i + 1) : begins(o)));
}

/** Whether every reading of the parts from `i` on, in the direction given, has at its near edge a character that the slot does not take. */
function edgeOutside(kind: SlotKind, parts: readonly Part[], i: number, direction: 1 | -1): boolean {
  const part = parts[i];
  if (part === undefined || part.type === "slot") return false;
  const edge = (text: string) => text.charCodeAt(direction === 1 ? 0 : text.length - 1);
  if (part.type === "literal") return !slotTakes(kind, edge(part.text));
  return part.options.every((o) =>
    o === "" ? edgeOutside(kind, parts, i + direction, direction) : !slotTakes(kind, edge(o)),
  );
}

/** Whether whatever the parts up to `i` match ends in a blank or sign, so that a word begins behind it. */
function endsOutsideWord(parts: readonly Part[], i: number): boolean {
  const part = parts[i];
  if (part === undefined) return true;
  // A whole slot ends behind a sign, or is empty.
  if (part.type === "slot") return part.whole && endsOutsideWord(parts, i - 1);
  const ends = (text: string) => !isWordUnit(text.charCodeAt(text.length - 1));
  if (part.type === "literal") return ends(part.text);
  return part.options.every((o) => (o === "" ? endsOutsideWord(parts, i - 1) : ends(o)));
}

/** Alternatives are spelt out up to so many texts, so that their fragments are long and rare. */
const MAX_SPELLINGS = 24;

/**
 * The places that can anchor a template: each inner list must be indexed whole (all spellings of a run
 * of literals and choices), and any one of the lists is enough.
 */
export function anchorPlaces(parts: readonly Part[]): AnchorPlace[][] {
  const places: AnchorPlace[][] = [];
  for (let i = 0; i < parts.length; i++) {
    const sure = endsOutsideWord(parts, i - 1);
    let spellings = [""];
    for (let j = i; j < parts.length; j++) {
      const part = parts[j] as Part;
      if (part.type === "slot") break;
      const options = part.type === "literal" ? [part.text] : part.options;
      if (spellings.length * options.length > MAX_SPELLINGS) break;
      spellings = spellings.flatMap((s) => options.map((o) => s + o));
      const list = [...new Set(spellings)].map((literal) => ({
        literal,
        starts: wordStarts(literal, sure),
        part: i,
      }));
      if (list.every((p) => p.starts.length > 0)) places.push(list);
    }
  }
  return places;
}
