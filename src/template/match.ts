/**
 * Matches a template against folded text by carrying the set of positions that each part can end at:
 * no backtracking, so the work is bounded by the text's length times the number of parts.
 */
import { isWordUnit } from "./fold.ts";
import type { Part, Template } from "./parse.ts";
import { SLOTS, slotTable, slotTakes } from "./slots.ts";

export interface Capture {
  name: string;
  start: number;
  end: number;
}

/** Where a template stands in a folded text. */
export interface Match {
  readonly start: number;
  readonly end: number;
  /** What the named placeholders took, in order; worked out when it is first read. */
  readonly captures: readonly Capture[];
}

/** Sorted, disjoint, inclusive intervals of positions: [from, to, from, to, …]. */
type Positions = number[];

/** Adds an interval that begins nowhere before the last one; an earlier one stands apart, for mergeInto. */
function add(set: Positions, from: number, to: number): void {
  const n = set.length;
  if (n > 0 && from <= (set[n - 1] as number) + 1 && from >= (set[n - 2] as number)) {
    if (to > (set[n - 1] as number)) set[n - 1] = to;
  } else set.push(from, to);
}

/** A match does not begin or end inside a word. */
const opens = (text: string, at: number) =>
  at === 0 || !isWordUnit(text.charCodeAt(at - 1)) || !isWordUnit(text.charCodeAt(at));
const closes = (text: string, at: number) =>
  at >= text.length || !isWordUnit(text.charCodeAt(at)) || !isWordUnit(text.charCodeAt(at - 1));

/** One pass over the text, whatever the number of intervals: the search never goes back. */
function literalStep(text: string, from: Positions, literal: string, first: boolean, out: Positions): void {
  const { length } = literal;
  if (length === 0) {
    for (let k = 0; k < from.length; k += 2) add(out, from[k] as number, from[k + 1] as number);
    return;
  }
  let at = -1;
  for (let k = 0; k < from.length; k += 2) {
    const start = from[k] as number;
    const stop = from[k + 1] as number;
    if (start === stop) {
      // Most often one place is left, and looking there is cheaper than searching.
      if (text.startsWith(literal, start) && (!first || opens(text, start))) add(out, start + length, start + length);
      continue;
    }
    if (at < start) at = text.indexOf(literal, start);
    while (at >= 0 && at <= stop) {
      if (!first || opens(text, at)) add(out, at + length, at + length);
      at = text.indexOf(literal, at + 1);
    }
    if (at < 0) return;
  }
}

/** {...} before a word: nothing, or up to behind a sign, so that the word begins there. */
function wholeSlotStep(text: string, from: Positions, max: number, out: Positions): void {
  const n = text.length;
  let k = 0;
  let reach = -1;
  for (let p = from[0] as number; p <= n; p++) {
    while (k < from.length && (from[k + 1] as number) < p) k += 2;
    if (k < from.length && (from[k] as number) <= p) {
      add(out, p, p);
      reach = p + max;
    } else if (p > reach) {
      if (k >= from.length) return;
      p = (from[k] as number) - 1;
    } else if (!isWordUnit(text.charCodeAt(p - 1))) add(out, p, p);
  }
}

function slotStep(text: string, from: Positions, part: Part & { type: "slot" }, first: boolean, out: Positions): void {
  const { min, max } = SLOTS[part.kind];
  const anything = part.kind === "...";
  const { ascii, other } = slotTable(part.kind);
  const n = text.length;
  let runEnd = 0;
  if (part.whole) {
    wholeSlotStep(text, from, max, out);
    return;
  }
  for (let k = 0; k < from.length; k += 2) {
    for (let at = from[k] as number; at <= (from[k + 1] as number); at++) {
      if (first && at > 0 && isWordUnit(text.charCodeAt(at - 1))) continue;
      if (runEnd < at) runEnd = at;
      const limit = Math.min(at + max, n);
      if (anything) runEnd = limit;
      else {
        while (runEnd < limit) {
          const unit = text.charCodeAt(runEnd);
          if (unit < 128 ? ascii[unit] === 0 : !other) break;
          runEnd++;
        }
      }
      const end = Math.min(runEnd, limit);
      if (end - at >= min) add(out, at + min, end);
    }
  }
}

function choiceStep(text: string, from: Positions, options: readonly string[], first: boolean, out: Positions): void {
  const [start, stop] = from as [number, number];
  if (from.length === 2 && start === stop && start > 0 && !first) {
    // One place: the options that stand there, by length.
    const ends: number[] = [];
    for (const option of options) if (text.startsWith(option, start)) ends.push(start + option.length);
    if (ends.length > 1) ends.sort((a, b) => a - b);
    for (const end of ends) add(out, end, end);
    return;
  }
  const all: Positions = [];
  for (const option of options) literalStep(text, from, option, first, all);
  mergeInto(out, all);
}

/** Intervals in any order become a sorted set. */
function mergeInto(out: Positions, intervals: readonly number[]): void {
  if (intervals.length <= 2) {
    if (intervals.length === 2) add(out, intervals[0] as number, intervals[1] as number);
    return;
  }
  const pairs: [number, number][] = [];
  for (let k = 0; k < intervals.length; k += 2) pairs.push([intervals[k] as number, intervals[k + 1] as number]);
  pairs.sort((a, b) => a[0] - b[0]);
  for (const [a, b] of pairs) add(out, a, b);
}

function step(text: string, from: Positions, part: Part, first: boolean): Positions {
  const out: Positions = [];
  if (part.type === "literal") literalStep(text, from, part.text, first, out);
  else if (part.type === "slot") slotStep(text, from, part, first, out);
  else choiceStep(text, from, part.options, first, out);
  return out;
}

const has = (set: Positions, p: number) => {
  for (let k = 0; k < set.length; k += 2) if ((set[k] as number) <= p && p <= (set[k + 1] as number)) return true;
  return false;
};

/**
 * Finds the template in a folded text.
 * @param at where the match must begin; undefined to look everywhere
 * @param from with `at` undefined: where to begin to look
 * @returns the first match, or undefined
 */
export function matchTemplate(template: Template, text: string, at?: number, from = 0): Match | undefined {
  const { parts } = template;
  if (at !== undefined && (at < 0 || at > text.length)) return undefined;
  const [only] = parts;
  if (parts.length === 1 && only?.type === "literal") return matchWords(text, only.text, at, from);
  const sets: Positions[] = [at === undefined ? [from, text.length] : [at, at]];
  for (let i = 0; i < parts.length; i++) {
    const next = step(text, sets[i] as Positions, parts[i] as Part, i === 0);
    if (next.length === 0) return undefined;
    sets.push(next);
  }
  const last = parts[parts.length - 1] as Part;
  const ends = sets[parts.length] as Positions;
  const end = chooseEnd(text, ends, last.type === "slot");
  return end < 0 ? undefined : new TracedMatch(template, text, sets, end, at);
}

class TracedMatch implements Match {
  readonly start: number;
  readonly end: number;
  readonly #template: Template;
  readonly #text: string;
  readonly #sets: Positions[];
  #captures: Capture[] | undefined;

  constructor(template: Template, text: string, sets: Positions[], end: number, start: number | undefined) {
    this.#template = template;
    this.#text = text;
    this.#sets = sets;
    this.end = end;
    if (start !== undefined) this.start = start;
    else {
      const traced = trace(template, text, sets, end);
      this.start = traced.start;
      this.#captures = traced.captures;
    }
  }

  get captures(): readonly Capture[] {
    this.#captures ??= trace(this.#template, this.#text, this.#sets, this.end).captures;
    return this.#captures;
  }
}

/** The most frequent template: words alone. */
function matchWords(text: string, words: string, at: number | undefined, from: number): Match | undefined {
  const found = (start: number): Match | undefined =>
    opens(text, start) && closes(text, start + words.length)
      ? { start, end: start + words.length, captures: [] }
      : undefined;
  if (at !== undefined) return text.startsWith(words, at) ? found(at) : undefined;
  for (let start = text.indexOf(words, from); start >= 0; start = text.indexOf(words, start + 1)) {
    const match = found(start);
    if (match) return match;
  }
  return undefined;
}

/** The earliest end that does not cut a word; behind a slot the latest, so that the capture is whole. */
function chooseEnd(text: string, ends: Positions, slot: boolean): number {
  const ok = (p: number) => (slot ? p >= text.length || !isWordUnit(text.charCodeAt(p)) : closes(text, p));
  if (slot) {
    for (let k = 1; k < ends.length; k += 2) {
      for (let p = ends[k] as number; p >= (ends[k - 1] as number); p--) if (ok(p)) return p;
    }
    return -1;
  }
  for (let k = 0; k < ends.length; k += 2) {
    for (let p = ends[k] as number; p <= (ends[k + 1] as number); p++) if (ok(p)) return p;
  }
  return -1;
}

/** Walks back from the end to find where each part lay. */
function trace(
  template: Template,
  text: string,
  sets: Positions[],
  end: number,
): { start: number; captures: Capture[] } {
  const captures: Capture[] = [];
  let stop = end;
  for (let i = template.parts.length - 1; i >= 0; i--) {
    const part = template.parts[i] as Part;
    const from = sets[i] as Positions;
    const start = startOf(text, from, part, stop, i === 0);
    if (part.type === "slot" && part.name !== undefined) captures.push({ name: part.name, start, end: stop });
    stop = start;
  }
  captures.reverse();
  return { start: stop, captures };
}

function startOf(text: string, from: Positions, part: Part, stop: number, first: boolean): number {
  if (part.type === "literal") return stop - part.text.length;
  if (part.type === "choice") {
    for (const option of part.options) {
      const start = stop - option.length;
      if (start >= 0 && has(from, start) && text.startsWith(option, start) && (!first || opens(text, start)))
        return start;
    }
    return stop;
  }
  // The longest reading: the earliest start from which only characters of the class lead to the end.
  const { min, max } = SLOTS[part.kind];
  let lowest = Math.max(0, stop - max);
  if (part.kind !== "...") {
    let run = stop;
    while (run > lowest && slotTakes(part.kind, text.charCodeAt(run - 1))) run--;
    lowest = run;
  }
  for (let k = 0; k < from.length; k += 2) {
    const last = Math.min(from[k + 1] as number, stop - min);
    for (let start = Math.max(from[k] as number, lowest); start <= last; start++) {
      if (!first || start === 0 || !isWordUnit(text.charCodeAt(start - 1))) return start;
    }
  }
  return stop - min;
}
