/**
 * The index that keeps the cost of a reply nearly independent of the number of rules: each template is
 * filed under the rarest fragment of its literal words, and a text looks up only the fragments that
 * begin where its own words begin.
 */
import { anchorPlaces, type Folded, isWordUnit, type Template } from "../template/index.ts";

/**
 * Fragment lengths, longest first: long ones are rare, short ones serve templates of short words. All but the last are
 * multiples of four, or two more: what search relies on.
 */
const LENGTHS: readonly number[] = [20, 12, 8, 6, 4, 3];

/**
 * The places of a text where templates may stand, in the text's order: part `part` of template `template`
 * may begin at `at`. A template may stand here several times. The same lists serve every search.
 */
export class Visits {
  count = 0;
  template = new Int32Array(256);
  part = new Uint8Array(256);
  at = new Int32Array(256);

  add(template: number, part: number, at: number): void {
    const n = this.count++;
    if (n === this.template.length) this.grow(n * 2);
    this.template[n] = template;
    this.part[n] = part;
    this.at[n] = at;
  }

  private grow(size: number): void {
    const longer = <T extends Int32Array | Uint8Array>(list: T, next: T): T => {
      next.set(list);
      return next;
    };
    this.template = longer(this.template, new Int32Array(size));
    this.part = longer(this.part, new Uint8Array(size));
    this.at = longer(this.at, new Int32Array(size));
  }
}

interface Anchor {
  hash: number;
  /** Its first three or four units, see four. */
  first: number;
  length: number;
  /** The part of the template that the fragment's spelling begins with, and the fragment's offset in it. */
  part: number;
  offset: number;
  /** Hashes of the fragment's own beginnings, of the shorter LENGTHS. */
  beginnings: number[];
}

/** A template under one of its anchors. */
interface Filed {
  anchor: Anchor;
  template: number;
}

/** Four units as one number, exact for ASCII; a fragment's length may leave the last ones 0. */
const four = (a: number, b: number, c: number, d: number) => (a << 24) ^ (b << 16) ^ (c << 8) ^ d;
/** Takes four more units into a hash; equal hashes of unequal fragments only cost a vain check. */
const mix = (h: number, units: number) => {
  const x = Math.imul(h ^ units, 0x85ebca6b);
  return x ^ (x >>> 13);
};
/** Spreads a running hash and tells the lengths apart. */
const finish = (h: number, length: number) => {
  let x = Math.imul(h ^ (length * 0x9e3779b1), 0x85ebca6b);
  x ^= x >>> 15;
  return x >>> 0 || 1;
};

/** Two bits for each of many numbers, in one small array: what most fragments of a text are told by. */
const HERE = 1;
const LONGER = 2;
class Flags {
  private readonly words: Uint32Array;
  /** @param count how many numbers there are, a multiple of 16 */
  constructor(count: number) {
    this.words = new Uint32Array(count >>> 4);
  }
  get(n: number): number {
    return ((this.words[n >>> 4] as number) >>> ((n & 15) << 1)) & 3;
  }
  set(n: number, flag: number): void {
    this.words[n >>> 4] = (this.words[n >>> 4] as number) | (flag << ((n & 15) << 1));
  }
}

/** The places of beginnings in the tables of flags. */
const threesOf = (first: number) => Math.imul(first, 0x9e3779b1) >>> 18;
const foursOf = (first: number) => Math.imul(first, 0x9e3779b1) >>> 16;

/** The units of a fragment from its `k`th on, four at the most. */
function fourOf(text: string, from: number, length: number, k: number): number {
  const unit = (i: number) => (i < length ? text.charCodeAt(from + i) : 0);
  return four(unit(k), unit(k + 1), unit(k + 2), unit(k + 3));
}

function fragmentHash(text: string, from: number, length: number): number {
  let h = fourOf(text, from, length, 0);
  for (let k = 4; k < length; k += 4) h = mix(h, fourOf(text, from, length, k));
  return finish(h, length);
}

export class AnchorIndex {
  /**
   * Open addressing, four numbers a slot, so that a look costs one line of the cache: the hash, the first
   * template filed under it, its part and offset (placeOf), and where in `more` further ones stand (0: nowhere).
   */
  private readonly slots: Int32Array;
  private readonly slotMask: number;
  /** How many, and for each the template, and part and offset. */
  private readonly more: Int32Array;
  /** For the first three units of a fragment: whether an anchor is just these (HERE). */
  private readonly threes = new Flags(1 << 14);
  /** For the first four: which lengths the anchors have that begin so, the bit of each by its place in LENGTHS. */
  private readonly fours = new Uint8Array(1 << 16);
  /** For the hashes of longer fragments: whether an anchor is just this, or goes on (LONGER). */
  private readonly fragments: Flags;
  private readonly fragmentMask: number;

  /** @param templates the templates; their numbers in this list are what search reports */
  constructor(templates: readonly Template[]) {
    const groups = new Map<number, Filed[]>();
    chooseAnchors(templates).forEach((anchors, template) => {
      for (const anchor of anchors) {
        const group = groups.get(anchor.hash);
        if (group) group.push({ anchor, template });
        else groups.set(anchor.hash, [{ anchor, template }]);
      }
    });
    let size = 64;
    while (size < groups.size * 2) size *= 2;
    this.slotMask = size - 1;
    this.slots = new Int32Array(size * 4);
    const more = [0];
    let flagCount = 1 << 15;
    while (flagCount < groups.size * 32) flagCount *= 2;
    this.fragments = new Flags(flagCount);
    this.fragmentMask = flagCount - 1;
    for (const [hash, group] of groups) {
      let slot = hash & this.slotMask;
      while (this.slots[slot * 4] !== 0) slot = (slot + 1) & this.slotMask;
      const [first, ...others] = group as [Filed, ...Filed[]];
      this.slots.set([hash | 0, first.template, placeOf(first.anchor), others.length > 0 ? more.length : 0], slot * 4);
      if (others.length > 0) {
        more.push(others.length);
        for (const { anchor, template } of others) more.push(template, placeOf(anchor));
      }
      for (const { anchor } of group) {
        if (anchor.length === 3) this.threes.set(threesOf(anchor.first), HERE);
        else {
          const place = foursOf(anchor.first);
          this.fours[place] = (this.fours[place] as number) | (1 << LENGTHS.indexOf(anchor.length));
        }
        if (anchor.length > 3) this.fragments.set(this.flagOf(hash), HERE);
        for (const beginning of anchor.beginnings) this.fragments.set(this.flagOf(beginning), LONGER);
      }
    }
    this.more = Int32Array.from(more);
  }

  /**
   * Finds every place where a template's anchor stands in the text. Every match of a template has one
   * of the reported parts at its reported place.
   * @param visits is emptied and filled
   */
  search({ units, length: n, starts, startCount }: Folded, visits: Visits): void {
    visits.count = 0;
    const { threes, fours, fragments } = this;
    for (let s = 0; s < startCount; s++) {
      const i = starts[s] as number;
      let h = four(units[i] as number, units[i + 1] as number, units[i + 2] as number, 0);
      if (threes.get(threesOf(h)) !== 0) this.probe(finish(h, 3), i, visits);
      h ^= units[i + 3] as number;
      // Most beginnings no anchor has, and that ends the look at this word.
      const lengths = fours[foursOf(h)] as number;
      if (lengths === 0) continue;
      let k = 4;
      for (let l = LENGTHS.length - 2; l >= 0; l--) {
        if ((lengths & (1 << l)) === 0) continue;
        const length = LENGTHS[l] as number;
        if (i + length > n) break;
        for (; k + 4 <= length; k += 4) {
          const at = i + k;
          h = mix(
            h,
            four(units[at] as number, units[at + 1] as number, units[at + 2] as number, units[at + 3] as number),
          );
        }
        let whole = h;
        if (k < length) whole = mix(h, four(units[i + k] as number, units[i + k + 1] as number, 0, 0));
        const hash = finish(whole, length);
        const flags = fragments.get(this.flagOf(hash));
        if ((flags & HERE) !== 0) this.probe(hash, i, visits);
        if ((flags & LONGER) === 0) break;
      }
    }
  }

  private flagOf(hash: number): number {
    return (hash >>> 7) & this.fragmentMask;
  }

  private probe(hash: number, at: number, visits: Visits): void {
    const { slots, slotMask, more } = this;
    const key = hash | 0;
    for (let slot = hash & slotMask; slots[slot * 4] !== 0; slot = (slot + 1) & slotMask) {
      const s = slot * 4;
      if (slots[s] !== key) continue;
      const place = slots[s + 2] as number;
      visits.add(slots[s + 1] as number, place >>> 16, at - (place & 0xffff));
      const others = slots[s + 3] as number;
      if (others === 0) return;
      for (let k = 0, e = others + 1; k < (more[others] as number); k++, e += 2) {
        const there = more[e + 1] as number;
        visits.add(more[e] as number, there >>> 16, at - (there & 0xffff));
      }
      return;
    }
  }
}

/** An anchor's part and offset as one number. */
const placeOf = ({ part, offset }: Anchor) => (part << 16) | offset;

/** For each template the anchors to file it under: of all its places the one whose fragments are rarest. */
function chooseAnchors(templates: readonly Template[]): Anchor[][] {
  const places = templates.map((t) => anchorPlaces(t.parts));
  const frequency = new Map<number, number>();
  for (const lists of places) {
    const seen = new Set<number>();
    for (const list of lists)
      for (const { literal, starts } of list)
        for (const q of starts)
          for (const length of LENGTHS) if (q + length <= literal.length) seen.add(fragmentHash(literal, q, length));
    for (const hash of seen) frequency.set(hash, (frequency.get(hash) ?? 0) + 1);
  }
  return places.map((lists) => {
    let best: Anchor[] = [];
    let bestCost = Number.POSITIVE_INFINITY;
    for (const list of lists) {
      let cost = 0;
      const anchors = list.map(({ literal, starts, part }) => {
        let chosen: Anchor | undefined;
        let chosenCost = Number.POSITIVE_INFINITY;
        for (const q of starts) {
          for (const length of LENGTHS) {
            if (q + length > literal.length) continue;
            const hash = fragmentHash(literal, q, length);
            // Short fragments stand in many texts, whatever the templates say; a known start saves a search.
            const sign = isWordUnit(literal.charCodeAt(q)) ? 0 : 2;
            const c = (frequency.get(hash) as number) + 60 / (length * length) + (part > 0 ? 0.3 : 0) + sign;
            if (c < chosenCost) {
              chosenCost = c;
              chosen = {
                hash,
                first: fourOf(literal, q, length, 0),
                length,
                part,
                offset: q,
                beginnings: LENGTHS.filter((l) => l < length && l > 3).map((l) => fragmentHash(literal, q, l)),
              };
            }
          }
        }
        cost += chosenCost;
        return chosen as Anchor;
      });
      if (cost < bestCost) {
        bestCost = cost;
        best = anchors;
      }
    }
    return best;
  });
}
