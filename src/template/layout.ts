/**
 * Templates laid out for the matcher: numbers side by side instead of objects, so that a look at a template
 * costs a line or two of the processor's cache, however many templates there are.
 */
import type { Part, Template } from "./parse.ts";
import { SLOT_KINDS } from "./slots.ts";

/** Four numbers a part: what it is, two of its own (see below), and the most characters that the parts before it take. */
export const PART = 4;
/** A literal: where its units stand in `units`, and how many. */
export const LITERAL = 0;
/** A choice: where its options stand in `options`, and how many. */
export const CHOICE = 1;
/** A slot: its number in SLOT_KINDS, and that of its name in `names`. */
export const SLOT = 2;
/** The bits of the first number that say which of the three. */
export const TYPE = 3;
/** The slot's end, or start, is sure; it ends where a word begins: as in parse.ts. */
export const SURE_END = 4;
export const SURE_START = 8;
export const WHOLE = 16;
/** The choice may be empty. */
export const OPTIONAL = 32;

export interface Layout {
  /** For each template where its parts begin in `parts`; the next one's beginning is its end. */
  readonly starts: Int32Array;
  readonly parts: Int32Array;
  /** Two numbers an option: where its units stand in `units`, and how many. */
  readonly options: Int32Array;
  /** The words of all templates, each once. */
  readonly units: Uint16Array;
  /** The names of slots; undefined for the first. */
  readonly names: readonly (string | undefined)[];
}

export function layOut(templates: readonly Template[]): Layout {
  const starts = [0];
  const parts: number[] = [];
  const options: number[] = [];
  const names: (string | undefined)[] = [undefined];
  const units: number[] = [];
  const known = new Map<string, number>();
  const place = (words: string): number => {
    let at = known.get(words);
    if (at === undefined) {
      at = units.length;
      known.set(words, at);
      for (let i = 0; i < words.length; i++) units.push(words.charCodeAt(i));
    }
    return at;
  };
  const nameOf = (name: string | undefined): number => {
    const at = names.indexOf(name);
    return at >= 0 ? at : names.push(name) - 1;
  };
  const add = (part: Part, before: number): void => {
    if (part.type === "literal") parts.push(LITERAL, place(part.text), part.text.length, before);
    else if (part.type === "choice") {
      parts.push(CHOICE | (part.options.includes("") ? OPTIONAL : 0), options.length, part.options.length, before);
      for (const option of part.options) options.push(place(option), option.length);
    } else {
      const { whole, sureEnd, sureStart } = part;
      const flags = (whole ? WHOLE : 0) | (sureEnd ? SURE_END : 0) | (sureStart ? SURE_START : 0);
      parts.push(SLOT | flags, SLOT_KINDS.indexOf(part.kind), nameOf(part.name), before);
    }
  };
  for (const template of templates) {
    template.parts.forEach((part, i) => {
      add(part, template.before[i] as number);
    });
    starts.push(parts.length);
  }
  return {
    starts: Int32Array.from(starts),
    parts: Int32Array.from(parts),
    options: Int32Array.from(options),
    units: Uint16Array.from(units),
    names,
  };
}
