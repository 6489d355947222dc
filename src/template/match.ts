/**
 * Matches a template against folded text by carrying the set of positions that each part can end at:
 * no backtracking, so the work is bounded by the text's length times the number of parts.
 */
import { isWordUnit } from "./fold.ts";
import type { Part, Slot, Template } from "./parse.ts";
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

/**
 * Searching is faster than looking place by place, but a search runs on to the end of the text. So it
 * serves for wide windows and for short texts; else the work would grow with the square of the length.
 */
const SHORT = 4096;

/** From each position of a set the literal, where it stands. The work is bounded by the width of the set. */
function literalStep(text: string, from: Positions, literal: string, first: boolean, out: Positions): void {
  const { length } = literal;
  if (length === 0) {
    for (let k = 0; k < from.length; k += 2) add(out, from[k] as number, from[k + 1] as number);
    return;
  }
  const search = text.length <= SHORT || (from[from.length - 1] as number) - (from[0] as number) > SHORT / 2;
  let at = -1;
  for (let k = 0; k < from.length; k += 2) {
    const start = from[k] as number;
    const stop = from[k + 1] as number;
    if (start === stop) {
      if (standsAt(text, literal, start) && (!first || opens(text, start))) add(out, start + length, start + length);
      continue;
    }
    if (!search) {
      for (at = start; at <= stop; at++) {
        if (standsAt(text, literal, at) && (!first || opens(text, at))) add(out, at + length, at + length);
      }
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

/**
 * {...} and the words behind it in one step: looks for the words, and whether the slot reaches them, instead of
 * listing all the places that the slot reaches.
 */
function throughAnything(text: string, from: Positions, slot: Slot, words: string, out: Positions): void {
  const { max } = SLOTS[slot.kind];
  const stop = (from[from.length - 1] as number) + max;
  const search = text.length <= SHORT;
  let k = 0;
  for (let p = from[0] as number; p <= stop; p++) {
    if (search) p = text.indexOf(words, p);
    if (p < 0 || p > stop) return;
    if (!search && !standsAt(text, words, p)) continue;
    // The last interval that begins at or before p.
    while (k + 2 < from.length && (from[k + 2] as number) <= p) k += 2;
    const last = from[k + 1] as number;
    if (p <= last || (p - last <= max && !(slot.whole && isWordUnit(text.charCodeAt(p - 1)))))
      add(out, p + words.length, p + words.length);
  }
}

/** The step over a slot {...} and what follows it, where that is words; undefined where it takes two steps. */
function twoSteps(text: string, from: Positions, slot: Part, next: Part | undefined): Positions | undefined {
  if (slot.type !== "slot" || slot.kind !== "..." || next === undefined) return undefined;
  const out: Positions = [];
  if (next.type === "literal") {
    throughAnything(text, from, slot, next.text, out);
    return out;
  }
  if (next.type !== "choice" || next.options.includes("")) return undefined;
  const all: Positions = [];
  for (const option of next.options) throughAnything(text, from, slot, option, all);
  mergeInto(out, all);
  return out;
}

/** Where the slot ends that begins at `at`, for a slot whose end is sure; -1 where it cannot stand here. */
function sureEnd(text: string, { kind }: Slot, at: number): number {
  const { min, max } = SLOTS[kind];
  const { ascii, other } = slotTable(kind);
  const stop = Math.min(text.length, at + max);
  let end = at;
  for (; end < stop; end++) {
    const unit = text.charCodeAt(end);
    if (unit < 128 ? ascii[unit] === 0 : !other) break;
  }
  return end - at >= min ? end : -1;
}

/** As sureEnd, looking back. */
function sureStart(text: string, { kind }: Slot, end: number): number {
  const { min, max } = SLOTS[kind];
  const { ascii, other } = slotTable(kind);
  const stop = Math.max(0, end - max);
  let at = end;
  for (; at > stop; at--) {
    const unit = text.charCodeAt(at - 1);
    if (unit < 128 ? ascii[unit] === 0 : !other) break;
  }
  return end - at >= min ? at : -1;
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
    for (const option of options) if (standsAt(text, option, start)) ends.push(start + option.length);
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
 * @returns the first match, or undefined
 */
export function matchTemplate(template: Template, text: string): Match | undefined {
  const sets = positionsOf(template.parts, text, [0, text.length]);
  const end = sets ? endOf(template.parts, text, sets[template.parts.length] as Positions) : -1;
  return sets && end >= 0 ? { ...trace(template.parts, text, sets, end), end } : undefined;
}

/**
 * Finds a match of the template in which a given part begins at a given place.
 * @param part the number of the part
 * @param at the place in the folded text
 */
export function matchTemplateAt(template: Template, text: string, part: number, at: number): Match | undefined {
  const { parts } = template;
  if (at < 0 || at > text.length) return undefined;
  // As long as one place is left, a number is enough; most vain tries end here.
  let head = part;
  let start = at;
  for (; head > 0; head--) {
    const p = parts[head - 1] as Part;
    if (p.type === "slot" && !p.sureStart) break;
    const previous =
      p.type === "literal"
        ? before(text, p.text, start)
        : p.type === "slot"
          ? sureStart(text, p, start)
          : beforeChoice(text, p.options, start);
    if (previous === MANY) break;
    if (previous < 0) return undefined;
    start = previous;
  }
  if (head === 0 && !opens(text, start)) return undefined;
  let place = at;
  let i = part;
  for (; i < parts.length; i++) {
    const p = parts[i] as Part;
    if (p.type === "slot" && !(p.sureEnd && i > 0)) break;
    const next =
      p.type === "literal"
        ? behind(text, p.text, place)
        : p.type === "slot"
          ? sureEnd(text, p, place)
          : behindChoice(text, p.options, place);
    if (next === MANY) break;
    if (next < 0) return undefined;
    place = next;
  }
  let end = place;
  if (i === parts.length) {
    if (!closes(text, place)) return undefined;
  } else {
    let set: Positions = [place, place];
    for (; i < parts.length; i++) {
      const both = i > 0 ? twoSteps(text, set, parts[i] as Part, parts[i + 1]) : undefined;
      if (both) i++;
      set = both ?? step(text, set, parts[i] as Part, i === 0);
      if (set.length === 0) return undefined;
    }
    end = endOf(parts, text, set);
    if (end < 0) return undefined;
  }
  if (head > 0) start = startBefore(template, text, head, start);
  return start < 0 ? undefined : new MatchAt(template, text, start, end);
}

/** Where a match can begin whose parts before `part` end at `at`, or -1. */
function startBefore(template: Template, text: string, part: number, at: number): number {
  const head = template.parts.slice(0, part);
  const sets = positionsOf(head, text, [Math.max(0, at - (template.before[part] as number)), at]);
  return sets && has(sets[part] as Positions, at) ? trace(head, text, sets, at).start : -1;
}

/** More than one alternative stands at the place. */
const MANY = -2;

/** As text.startsWith, with a look at the first character before the call: most literals fail there. */
function standsAt(text: string, literal: string, at: number): boolean {
  if (literal.length === 0) return true;
  return text.charCodeAt(at) === literal.charCodeAt(0) && text.startsWith(literal, at);
}

const behind = (text: string, literal: string, at: number) => (standsAt(text, literal, at) ? at + literal.length : -1);

function behindChoice(text: string, options: readonly string[], at: number): number {
  let next = -1;
  for (const option of options) {
    if (!standsAt(text, option, at)) continue;
    if (next >= 0) return MANY;
    next = at + option.length;
  }
  return next;
}

/** As behind and behindChoice, looking back from where the words end. */
function before(text: string, literal: string, end: number): number {
  const at = end - literal.length;
  return at >= 0 && standsAt(text, literal, at) ? at : -1;
}

function beforeChoice(text: string, options: readonly string[], end: number): number {
  let previous = -1;
  for (const option of options) {
    const at = before(text, option, end);
    if (at < 0) continue;
    if (previous >= 0) return MANY;
    previous = at;
  }
  return previous;
}

/** For each part the positions that a match can have reached before it, and those behind the last; undefined where none is. */
function positionsOf(parts: readonly Part[], text: string, start: Positions): Positions[] | undefined {
  const sets = [start];
  for (let i = 0; i < parts.length; i++) {
    const next = step(text, sets[i] as Positions, parts[i] as Part, i === 0);
    if (next.length === 0) return undefined;
    sets.push(next);
  }
  return sets;
}

/** A match at a known place. Captures are for the winner alone, so they are worked out when asked for. */
class MatchAt implements Match {
  readonly start: number;
  readonly end: number;
  private readonly template: Template;
  private readonly text: string;

  constructor(template: Template, text: string, start: number, end: number) {
    this.template = template;
    this.text = text;
    this.start = start;
    this.end = end;
  }

  get captures(): readonly Capture[] {
    const { parts } = this.template;
    if (!parts.some((p) => p.type === "slot")) return [];
    const sure = this.sureCaptures();
    if (sure) return sure;
    const sets = positionsOf(parts, this.text, [this.start, this.start]);
    return sets ? trace(parts, this.text, sets, this.end).captures : [];
  }

  /** The captures where every part has but one place to end at, as in most templates; else undefined. */
  private sureCaptures(): Capture[] | undefined {
    const { text } = this;
    const captures: Capture[] = [];
    let place = this.start;
    for (const part of this.template.parts) {
      if (part.type === "literal") place += part.text.length;
      else if (part.type === "choice") place = behindChoice(text, part.options, place);
      else if (part.sureEnd) {
        const end = sureEnd(text, part, place);
        if (part.name !== undefined) captures.push({ name: part.name, start: place, end });
        place = end;
      } else return undefined;
      if (place < 0) return undefined;
    }
    return place === this.end ? captures : undefined;
  }
}

/** The earliest end that does not cut a word; behind a slot the latest, so that the capture is whole. */
function endOf(parts: readonly Part[], text: string, ends: Positions): number {
  const slot = parts[parts.length - 1]?.type === "slot";
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
  parts: readonly Part[],
  text: string,
  sets: Positions[],
  end: number,
): { start: number; captures: Capture[] } {
  const captures: Capture[] = [];
  let stop = end;
  for (let i = parts.length - 1; i >= 0; i--) {
    const part = parts[i] as Part;
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
