/**
 * Matches templates against folded text by carrying the set of positions that each part can end at:
 * no backtracking, so the work is bounded by the text's length times the number of parts.
 */
import { type Folded, isWordUnit } from "./fold.ts";
import {
  CHOICE,
  type Layout,
  LITERAL,
  layOut,
  OPTIONAL,
  PART,
  SLOT,
  SURE_END,
  SURE_START,
  TYPE,
  WHOLE,
} from "./layout.ts";
import type { Template } from "./parse.ts";
import { SLOT_KINDS, SLOT_MAX, SLOT_MIN, TAKES, TAKES_OTHERS, takes } from "./slots.ts";

/** What a named placeholder took: its place in the folded text. */
export interface Capture {
  name: string;
  start: number;
  end: number;
}

/** Where a template stands in a folded text. */
export interface Match {
  readonly start: number;
  readonly end: number;
}

/** Sorted, disjoint, inclusive intervals of positions: [from, to, from, to, …]. */
type Positions = number[];

/** The number of {...} in SLOT_KINDS. */
const ANYTHING = SLOT_KINDS.indexOf("...");

/** More than one alternative stands at the place. */
const MANY = -2;

/**
 * Finds the template in a folded text.
 * @returns the first match, or undefined
 */
export function matchTemplate(template: Template, text: Folded): (Match & { captures: Capture[] }) | undefined {
  const matcher = new Matcher([template]);
  if (!matcher.find(0, text)) return undefined;
  const { start, end } = matcher;
  return { start, end, captures: matcher.captures(0, text, start, end) };
}

/** Matches many templates, each known by its number in the list given. */
export class Matcher {
  /** Where the last match that was found stands. */
  start = 0;
  end = 0;
  private readonly layout: Layout;

  constructor(templates: readonly Template[]) {
    this.layout = layOut(templates);
  }

  /** Whether the template stands anywhere in the text; `start` and `end` then say where it does first. */
  find(template: number, text: Folded): boolean {
    const { starts, parts } = this.layout;
    const first = starts[template] as number;
    const last = starts[template + 1] as number;
    const sets = this.positionsOf(text, first, last, [0, text.length]);
    if (!sets) return false;
    const end = endOf(text, (parts[last - PART] as number) & TYPE, sets[sets.length - 1] as Positions);
    if (end < 0) return false;
    this.start = this.trace(text, first, last, sets, end, undefined);
    this.end = end;
    return true;
  }

  /**
   * Whether the template stands in the text so that a given part begins at a given place; `start` and `end`
   * then say where.
   * @param part the number of the part
   * @param at the place in the folded text
   */
  findAt(template: number, text: Folded, part: number, at: number): boolean {
    if (at < 0 || at > text.length) return false;
    const { starts, parts } = this.layout;
    const first = starts[template] as number;
    const last = starts[template + 1] as number;
    const anchor = first + part * PART;
    // As long as one place is left, a number is enough; most vain tries end here.
    let place = at;
    let p = anchor;
    for (; p < last; p += PART) {
      const type = parts[p] as number;
      if ((type & TYPE) === SLOT && !((type & SURE_END) !== 0 && p > first)) break;
      const next = this.behind(text, p, place);
      if (next === MANY) break;
      if (next < 0) return false;
      place = next;
    }
    if (p === last && !closes(text, place)) return false;
    let start = at;
    let head = anchor;
    for (; head > first; head -= PART) {
      const type = parts[head - PART] as number;
      if ((type & TYPE) === SLOT && (type & SURE_START) === 0) break;
      const previous = this.before(text, head - PART, start);
      if (previous === MANY) break;
      if (previous < 0) return false;
      start = previous;
    }
    if (head === first && !opens(text, start)) return false;
    if (p < last) {
      place = this.endFrom(text, first, p, last, place);
      if (place < 0) return false;
    }
    if (head > first) {
      start = this.startBefore(text, first, head, start);
      if (start < 0) return false;
    }
    this.start = start;
    this.end = place;
    return true;
  }

  /** What the named placeholders took of a match that was found, in order. */
  captures(template: number, text: Folded, start: number, end: number): Capture[] {
    const { starts, parts, names } = this.layout;
    const first = starts[template] as number;
    const last = starts[template + 1] as number;
    const captures: Capture[] = [];
    let place = start;
    for (let p = first; p < last && place >= 0; p += PART) {
      const type = parts[p] as number;
      const next = (type & TYPE) === SLOT && (type & SURE_END) === 0 ? MANY : this.behind(text, p, place);
      const name = (type & TYPE) === SLOT ? names[parts[p + 2] as number] : undefined;
      if (name !== undefined) captures.push({ name, start: place, end: next });
      place = next;
    }
    if (place === end) return captures;
    // Some part can end in more than one place.
    captures.length = 0;
    const sets = this.positionsOf(text, first, last, [start, start]);
    if (sets) this.trace(text, first, last, sets, end, captures);
    return captures.reverse();
  }

  /** Where the part ends that begins at `at`, for a part with one end at the most: -1 where it has none, MANY for choices with more. */
  private behind(text: Folded, p: number, at: number): number {
    const { parts, units, options } = this.layout;
    const a = parts[p + 1] as number;
    const b = parts[p + 2] as number;
    const type = (parts[p] as number) & TYPE;
    if (type === LITERAL) return standsAt(text.units, at, units, a, b) ? at + b : -1;
    if (type === SLOT) return sureEnd(text, a, at);
    let next = -1;
    for (let o = a; o < a + 2 * b; o += 2) {
      const length = options[o + 1] as number;
      if (!standsAt(text.units, at, units, options[o] as number, length)) continue;
      if (next >= 0) return MANY;
      next = at + length;
    }
    return next;
  }

  /** As `behind`, looking back from where the part ends. */
  private before(text: Folded, p: number, end: number): number {
    const { parts, units, options } = this.layout;
    const a = parts[p + 1] as number;
    const b = parts[p + 2] as number;
    const type = (parts[p] as number) & TYPE;
    if (type === LITERAL) return end >= b && standsAt(text.units, end - b, units, a, b) ? end - b : -1;
    if (type === SLOT) return sureStart(text, a, end);
    let previous = -1;
    for (let o = a; o < a + 2 * b; o += 2) {
      const at = end - (options[o + 1] as number);
      if (at < 0 || !standsAt(text.units, at, units, options[o] as number, end - at)) continue;
      if (previous >= 0) return MANY;
      previous = at;
    }
    return previous;
  }

  /** Where a match can end whose part `from` begins at `at`, or -1. */
  private endFrom(text: Folded, first: number, from: number, last: number, at: number): number {
    const { parts } = this.layout;
    let set: Positions = [at, at];
    for (let p = from; p < last; p += PART) {
      const both = p > first && p + PART < last ? this.throughAnything(text, set, p) : undefined;
      if (both) p += PART;
      set = both ?? this.step(text, set, p, p === first);
      if (set.length === 0) return -1;
    }
    return endOf(text, (parts[last - PART] as number) & TYPE, set);
  }

  /** Where a match can begin whose parts before `p` end at `at`, or -1. */
  private startBefore(text: Folded, first: number, p: number, at: number): number {
    const longest = this.layout.parts[p + 3] as number;
    const sets = this.positionsOf(text, first, p, [Math.max(0, at - longest), at]);
    return sets && has(sets[sets.length - 1] as Positions, at) ? this.trace(text, first, p, sets, at, undefined) : -1;
  }

  /** For each part the positions that a match can have reached before it, and those behind the last; undefined where none is. */
  private positionsOf(text: Folded, first: number, last: number, start: Positions): Positions[] | undefined {
    const sets = [start];
    for (let p = first; p < last; p += PART) {
      const next = this.step(text, sets[sets.length - 1] as Positions, p, p === first);
      if (next.length === 0) return undefined;
      sets.push(next);
    }
    return sets;
  }

  /** The positions behind a part, from each of those before it. */
  private step(text: Folded, from: Positions, p: number, first: boolean): Positions {
    const { parts } = this.layout;
    const type = parts[p] as number;
    if ((type & TYPE) !== SLOT)
      return this.eachWords(p, (words, length, out) => this.literalStep(text, from, words, length, first, out));
    const out: Positions = [];
    slotStep(text, from, parts[p + 1] as number, (type & WHOLE) !== 0, first, out);
    return out;
  }

  /** The positions behind the words of a literal, or behind any of a choice's. */
  private eachWords(p: number, add: (words: number, length: number, out: Positions) => void): Positions {
    const { parts, options } = this.layout;
    const a = parts[p + 1] as number;
    const b = parts[p + 2] as number;
    const out: Positions = [];
    if (((parts[p] as number) & TYPE) === LITERAL) add(a, b, out);
    else {
      const all: Positions = [];
      for (let o = a; o < a + 2 * b; o += 2) add(options[o] as number, options[o + 1] as number, all);
      mergeInto(out, all);
    }
    return out;
  }

  /** From each position of a set the words, where they stand. */
  private literalStep(
    text: Folded,
    from: Positions,
    words: number,
    length: number,
    first: boolean,
    out: Positions,
  ): void {
    const { units } = this.layout;
    if (length === 0) {
      for (let k = 0; k < from.length; k += 2) add(out, from[k] as number, from[k + 1] as number);
      return;
    }
    for (let k = 0; k < from.length; k += 2) {
      const stop = from[k + 1] as number;
      for (let at = from[k] as number; at <= stop; at++) {
        if (standsAt(text.units, at, units, words, length) && (!first || opens(text, at)))
          add(out, at + length, at + length);
      }
    }
  }

  /**
   * The step over a slot {...} and the words behind it at once: looks for the words, and whether the slot reaches them,
   * instead of listing all the places that the slot reaches. Undefined where the parts are no such pair.
   */
  private throughAnything(text: Folded, from: Positions, p: number): Positions | undefined {
    const { parts } = this.layout;
    const next = parts[p + PART] as number;
    if (((parts[p] as number) & TYPE) !== SLOT || parts[p + 1] !== ANYTHING) return undefined;
    if ((next & TYPE) === SLOT || (next & OPTIONAL) !== 0) return undefined;
    const whole = ((parts[p] as number) & WHOLE) !== 0;
    return this.eachWords(p + PART, (words, length, out) => this.reach(text, from, whole, words, length, out));
  }

  private reach(text: Folded, from: Positions, whole: boolean, words: number, length: number, out: Positions): void {
    const { units } = this.layout;
    const max = SLOT_MAX[ANYTHING] as number;
    const stop = Math.min(text.length - length, (from[from.length - 1] as number) + max);
    let k = 0;
    for (let at = from[0] as number; at <= stop; at++) {
      if (!standsAt(text.units, at, units, words, length)) continue;
      // The last interval that begins at or before the place.
      while (k + 2 < from.length && (from[k + 2] as number) <= at) k += 2;
      const last = from[k + 1] as number;
      if (at <= last || (at - last <= max && !(whole && isWordUnit(text.units[at - 1] as number))))
        add(out, at + length, at + length);
    }
  }

  /**
   * Walks back from the end to find where each part lay.
   * @param captures receives what the named slots took, the last first
   * @returns where the first part begins
   */
  private trace(
    text: Folded,
    first: number,
    last: number,
    sets: Positions[],
    end: number,
    captures: Capture[] | undefined,
  ): number {
    const { parts, names } = this.layout;
    let stop = end;
    for (let p = last - PART, i = sets.length - 2; p >= first; p -= PART, i--) {
      const start = this.startOf(text, sets[i] as Positions, p, stop, p === first);
      if (captures && ((parts[p] as number) & TYPE) === SLOT) {
        const name = names[parts[p + 2] as number];
        if (name !== undefined) captures.push({ name, start, end: stop });
      }
      stop = start;
    }
    return stop;
  }

  private startOf(text: Folded, from: Positions, p: number, stop: number, first: boolean): number {
    const { parts, units, options } = this.layout;
    const type = (parts[p] as number) & TYPE;
    const a = parts[p + 1] as number;
    const b = parts[p + 2] as number;
    if (type === LITERAL) return stop - b;
    if (type === CHOICE) {
      for (let o = a; o < a + 2 * b; o += 2) {
        const length = options[o + 1] as number;
        const start = stop - length;
        if (start < 0 || !has(from, start) || (first && !opens(text, start))) continue;
        if (standsAt(text.units, start, units, options[o] as number, length)) return start;
      }
      return stop;
    }
    // The longest reading: the earliest start from which only characters of the class lead to the end.
    const min = SLOT_MIN[a] as number;
    let lowest = Math.max(0, stop - (SLOT_MAX[a] as number));
    if (a !== ANYTHING) lowest = runStart(text.units, a, stop, lowest);
    for (let k = 0; k < from.length; k += 2) {
      const last = Math.min(from[k + 1] as number, stop - min);
      for (let start = Math.max(from[k] as number, lowest); start <= last; start++) {
        if (!first || start === 0 || !isWordUnit(text.units[start - 1] as number)) return start;
      }
    }
    return stop - min;
  }
}

/** Whether `length` units of `words` stand in `text` at a place that is not negative. The end of a folded text is like no word. */
function standsAt(text: Uint16Array, at: number, words: Uint16Array, from: number, length: number): boolean {
  for (let k = 0; k < length; k++) if (text[at + k] !== words[from + k]) return false;
  return true;
}

/** Adds an interval that begins nowhere before the last one; an earlier one stands apart, for mergeInto. */
function add(set: Positions, from: number, to: number): void {
  const n = set.length;
  if (n > 0 && from <= (set[n - 1] as number) + 1 && from >= (set[n - 2] as number)) {
    if (to > (set[n - 1] as number)) set[n - 1] = to;
  } else set.push(from, to);
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

function has(set: Positions, place: number): boolean {
  for (let k = 0; k < set.length; k += 2)
    if ((set[k] as number) <= place && place <= (set[k + 1] as number)) return true;
  return false;
}

/** A match does not begin or end inside a word. */
const opens = ({ units }: Folded, at: number) =>
  at === 0 || !isWordUnit(units[at - 1] as number) || !isWordUnit(units[at] as number);
const closes = ({ units, length }: Folded, at: number) =>
  at >= length || !isWordUnit(units[at] as number) || !isWordUnit(units[at - 1] as number);

/** Where the slot of this number ends that begins at `at`, for a slot whose end is sure; -1 where it cannot stand here. */
function sureEnd({ units, length }: Folded, slot: number, at: number): number {
  const end = runEnd(units, slot, at, Math.min(length, at + (SLOT_MAX[slot] as number)));
  return end - at >= (SLOT_MIN[slot] as number) ? end : -1;
}

/** As runEnd, looking back from `end` down to `stop`. */
function runStart(units: Uint16Array, slot: number, end: number, stop: number): number {
  let at = end;
  while (at > stop && takes(slot, units[at - 1] as number)) at--;
  return at;
}

/** How far the slot's characters go on from `at`, up to `stop`. */
function runEnd(units: Uint16Array, slot: number, at: number, stop: number): number {
  const table = slot * 128;
  const others = TAKES_OTHERS[slot];
  let end = at;
  for (; end < stop; end++) {
    const unit = units[end] as number;
    if ((unit < 128 ? TAKES[table + unit] : others) === 0) break;
  }
  return end;
}

/** As sureEnd, looking back. */
function sureStart({ units }: Folded, slot: number, end: number): number {
  const at = runStart(units, slot, end, Math.max(0, end - (SLOT_MAX[slot] as number)));
  return end - at >= (SLOT_MIN[slot] as number) ? at : -1;
}

function slotStep(text: Folded, from: Positions, slot: number, whole: boolean, first: boolean, out: Positions): void {
  const { units, length } = text;
  const min = SLOT_MIN[slot] as number;
  const max = SLOT_MAX[slot] as number;
  if (whole) {
    wholeSlotStep(text, from, max, out);
    return;
  }
  let run = 0;
  for (let k = 0; k < from.length; k += 2) {
    for (let at = from[k] as number; at <= (from[k + 1] as number); at++) {
      if (first && at > 0 && isWordUnit(units[at - 1] as number)) continue;
      const limit = Math.min(at + max, length);
      if (run < at) run = at;
      run = slot === ANYTHING ? limit : runEnd(units, slot, run, limit);
      if (run - at >= min) add(out, at + min, run);
    }
  }
}

/** {...} before a word: nothing, or up to behind a sign, so that the word begins there. */
function wholeSlotStep({ units, length }: Folded, from: Positions, max: number, out: Positions): void {
  let k = 0;
  let reach = -1;
  for (let place = from[0] as number; place <= length; place++) {
    while (k < from.length && (from[k + 1] as number) < place) k += 2;
    if (k < from.length && (from[k] as number) <= place) {
      add(out, place, place);
      reach = place + max;
    } else if (place > reach) {
      if (k >= from.length) return;
      place = (from[k] as number) - 1;
    } else if (!isWordUnit(units[place - 1] as number)) add(out, place, place);
  }
}

/** The earliest end that does not cut a word; behind a slot the latest, so that the capture is whole. */
function endOf(text: Folded, lastType: number, ends: Positions): number {
  const { units, length } = text;
  if (lastType === SLOT) {
    for (let k = 1; k < ends.length; k += 2) {
      for (let place = ends[k] as number; place >= (ends[k - 1] as number); place--)
        if (place >= length || !isWordUnit(units[place] as number)) return place;
    }
    return -1;
  }
  for (let k = 0; k < ends.length; k += 2) {
    for (let place = ends[k] as number; place <= (ends[k + 1] as number); place++)
      if (closes(text, place)) return place;
  }
  return -1;
}
