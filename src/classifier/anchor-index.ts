/**
 * The index that keeps the cost of a reply nearly independent of the number of rules: each template is
 * filed under the rarest fragment of its literal words, and a text looks up only the fragments that
 * begin where its own words begin.
 */
import { anchorPlaces, isWordUnit, type Template } from "../template/index.ts";

/** Fragment lengths, longest first: long ones are rare, short ones serve templates of short words. */
const LENGTHS = [18, 12, 9, 6, 4, 3] as const;

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
  /** Its first two characters, see pairOf. */
  first: number;
  /** The part of the template that the fragment's spelling begins with, and the fragment's offset in it. */
  part: number;
  offset: number;
  /** Hashes of the fragment's own beginnings, of the shorter LENGTHS. */
  beginnings: number[];
}

const WORD_UNITS = Uint8Array.from({ length: 128 }, (_, c) => (isWordUnit(c) ? 1 : 0));

/** FNV-1a over UTF-16 units; equal hashes of unequal fragments only cost a vain check. */
const SEED = 0x811c9dc5;
const mix = (h: number, c: number) => Math.imul(h ^ c, 0x01000193);
/** Spreads a running hash and tells the lengths apart. */
const finish = (h: number, length: number) => {
  let x = Math.imul(h ^ (length * 0x9e3779b1), 0x85ebca6b);
  x ^= x >>> 15;
  return x >>> 0 || 1;
};

/** Two characters as one small number. */
const pairOf = (a: number, b: number) => (a < 128 ? a << 7 : 0) | (b < 128 ? b : 0);

function fragmentHash(text: string, from: number, length: number): number {
  let h = SEED;
  for (let i = 0; i < length; i++) h = mix(h, text.charCodeAt(from + i));
  return finish(h, length);
}

export class AnchorIndex {
  /** Open addressing: keys, and for each the range of its entries in `templates`, `parts` and `offsets`. */
  private readonly keys: Uint32Array;
  private readonly from: Int32Array;
  private readonly mask: number;
  private readonly templates: Int32Array;
  private readonly parts: Uint8Array;
  private readonly offsets: Int32Array;
  /** A bit per hash: most fragments of a text end here, in one small array that stays in the cache. */
  private readonly bits: Uint32Array;
  /** The same for beginnings of longer fragments: without it, looking further is in vain. */
  private readonly longer: Uint32Array;
  private readonly bitMask: number;
  /** Which two characters anchors begin with, 7 bits each; beyond ASCII all count as 0. */
  private readonly firsts = new Uint8Array(128 * 128);

  /** @param templates the templates; their numbers in this list are what search reports */
  constructor(templates: readonly Template[]) {
    const groups = new Map<number, { anchor: Anchor; template: number }[]>();
    chooseAnchors(templates).forEach((anchors, template) => {
      for (const anchor of anchors) {
        const group = groups.get(anchor.hash);
        if (group) group.push({ anchor, template });
        else groups.set(anchor.hash, [{ anchor, template }]);
      }
    });
    let size = 64;
    while (size < groups.size * 3) size *= 2;
    this.mask = size - 1;
    this.keys = new Uint32Array(size);
    this.from = new Int32Array(size * 2);
    const total = [...groups.values()].reduce((sum, g) => sum + g.length, 0);
    this.templates = new Int32Array(total);
    this.parts = new Uint8Array(total);
    this.offsets = new Int32Array(total);
    let bitCount = 1 << 15;
    while (bitCount < groups.size * 16) bitCount *= 2;
    this.bits = new Uint32Array(bitCount >>> 5);
    this.longer = new Uint32Array(bitCount >>> 5);
    this.bitMask = bitCount - 1;
    let next = 0;
    for (const [hash, group] of groups) {
      let slot = hash & this.mask;
      while (this.keys[slot] !== 0) slot = (slot + 1) & this.mask;
      this.keys[slot] = hash;
      this.from[slot * 2] = next;
      for (const { anchor, template } of group) {
        this.templates[next] = template;
        this.parts[next] = anchor.part;
        this.offsets[next] = anchor.offset;
        next++;
        this.firsts[anchor.first] = 1;
        for (const beginning of anchor.beginnings) this.setBit(this.longer, beginning);
      }
      this.from[slot * 2 + 1] = next;
      this.setBit(this.bits, hash);
    }
  }

  /**
   * Finds every place where a template's anchor stands in the text. Every match of a template has one
   * of the reported parts at its reported place.
   * @param visits is emptied and filled
   */
  search(text: string, visits: Visits): void {
    visits.count = 0;
    const n = text.length;
    const { firsts, bits, longer, bitMask } = this;
    let previousIsWord = 0;
    for (let i = 0; i < n; i++) {
      const c = text.charCodeAt(i);
      const word = c < 128 ? (WORD_UNITS[c] as number) : 0;
      const start = c !== 0x20 && (word & previousIsWord) === 0;
      previousIsWord = word;
      if (!start || firsts[pairOf(c, text.charCodeAt(i + 1))] === 0) continue;
      // A short beginning that no anchor has ends the look at this word.
      let h = SEED;
      let k = 0;
      for (let l = LENGTHS.length - 1; l >= 0; l--) {
        const length = LENGTHS[l] as number;
        if (i + length > n) break;
        for (; k < length; k++) h = mix(h, text.charCodeAt(i + k));
        const hash = finish(h, length);
        const bit = (hash >>> 7) & bitMask;
        const flag = 1 << (bit & 31);
        if (((bits[bit >>> 5] as number) & flag) !== 0) this.probe(hash, i, visits);
        if (((longer[bit >>> 5] as number) & flag) === 0) break;
      }
    }
  }

  private setBit(bits: Uint32Array, hash: number): void {
    const bit = (hash >>> 7) & this.bitMask;
    bits[bit >>> 5] = (bits[bit >>> 5] as number) | (1 << (bit & 31));
  }

  private probe(hash: number, at: number, visits: Visits): void {
    let slot = hash & this.mask;
    for (let key = this.keys[slot]; key !== 0; key = this.keys[slot]) {
      if (key === hash) {
        const to = this.from[slot * 2 + 1] as number;
        for (let e = this.from[slot * 2] as number; e < to; e++) {
          visits.add(this.templates[e] as number, this.parts[e] as number, at - (this.offsets[e] as number));
        }
        return;
      }
      slot = (slot + 1) & this.mask;
    }
  }
}

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
                first: pairOf(literal.charCodeAt(q), literal.charCodeAt(q + 1)),
                part,
                offset: q,
                beginnings: LENGTHS.filter((l) => l < length).map((l) => fragmentHash(literal, q, l)),
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
