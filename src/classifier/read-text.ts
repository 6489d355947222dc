/**
 * Reads a text: what stands in it, whom that confirms, and which entry wins. The winner is looked for
 * from the top of the ranks down, so that most candidates need not be verified at all; the whole list is
 * made only for those who ask.
 */
import type { CauseId } from "../model/vocabulary.ts";
import { type Capture, Folded, fold, isWordUnit } from "../template/index.ts";
import { Visits } from "./anchor-index.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Context, Evidence } from "./evidence.ts";
import {
  claims,
  type Found,
  type Reading,
  type RuleMatch,
  type RuleUse,
  type Use,
  type WrapperUse,
} from "./reading.ts";
import { type FoundWrapper, type Located, locateReply } from "./reply.ts";
import { FIRST, LAST, ROW, Rows, STAMP } from "./rows.ts";

/** A mail passes a handful of servers; more wrappers than this are an attack. */
const MAX_WRAPPERS = 200;
const NONE: readonly string[] = [];
const NO_WRAPPERS: readonly FoundWrapper[] = [];
const NO_FINGERPRINTS: readonly FoundFingerprint[] = [];

interface FoundFingerprint {
  slug: string;
  start: number;
}

export class TextReader {
  private readonly catalogue: Catalogue;
  private readonly evidence: Evidence;
  private readonly visits = new Visits();
  /** The text that is being read; used again for the next. */
  private readonly folded = new Folded();
  private text = "";
  private join = false;
  /** The candidates of a text, see collectCandidates. */
  private candidates = new Int32Array(256);
  private readonly rows: Rows;
  private stamp = 0;
  /** For each provider, by its number, the text in which other evidence last confirmed it. */
  private readonly confirmedAt: Int32Array;
  /** For each visit the next one of the same template, or -1. */
  private next = new Int32Array(256);

  constructor(catalogue: Catalogue, evidence: Evidence) {
    this.catalogue = catalogue;
    this.evidence = evidence;
    this.rows = new Rows(catalogue.uses, catalogue.literals);
    this.confirmedAt = new Int32Array(this.rows.providerCount);
  }

  /**
   * Takes a text, to be read next.
   * @param join see Folded.fold
   * @returns which signs stand in it, see Folded
   */
  take(text: string, join: boolean): number {
    this.folded.fold(text, join);
    this.text = text;
    this.join = join;
    return this.folded.signs;
  }

  /** Reads the text that was taken last. */
  read(context: Context | undefined): Reading {
    const { text, folded } = this;
    this.catalogue.index.search(folded, this.visits);

    const { wrappers, fingerprints } = this.findMarks();
    const located = locateReply(text, folded.given, wrappers);
    let inside = NONE;
    let outside = NONE;
    for (const { slug, start } of fingerprints) {
      if (isInside(located, start)) inside = including(inside, slug);
      else outside = including(outside, slug);
    }
    const confirmed = this.evidence.confirm(inside, outside, located.host, context);
    const reading = new TextReading(this, text, this.join, located, confirmed);
    const best = this.findBest(reading, undefined);
    reading.best = best;
    if (best && best.use.provider.type !== "common" && !claims(best))
      reading.common = this.findBest(reading, best.use.rule.cause);
    return reading;
  }

  /**
   * All that stands in the folded text but wrappers, each template once, in the innermost server's words where it
   * stands there.
   */
  findAll(folded: Folded, located: Located): Found[] {
    this.newText();
    const { visits, stamp } = this;
    const rows = this.rows.numbers;
    const { index, matcher, uses, tokensEnd } = this.catalogue;
    index.search(folded, visits);
    const found: Found[] = [];
    for (let v = 0; v < visits.count; v++) {
      const id = visits.template[v] as number;
      if (id >= tokensEnd) continue;
      const row = id * ROW;
      const known = rows[row + STAMP] === stamp ? (rows[row + FIRST] as number) : -1;
      if (known >= 0 && isInside(located, folded.at((found[known] as Found).match.start))) continue;
      if (!matcher.findAt(id, folded, visits.part[v] as number, visits.at[v] as number)) continue;
      const { start, end } = matcher;
      const use = uses[id] as Use;
      if (known >= 0) {
        if (isInside(located, folded.at(start))) found[known] = { use, id, match: { start, end } };
        continue;
      }
      rows[row + STAMP] = stamp;
      rows[row + FIRST] = found.length;
      found.push({ use, id, match: { start, end } });
    }
    return found;
  }

  /** The matches of rules among what was found, the best first. */
  rank(found: readonly Found[], folded: Folded, reading: Reading): RuleMatch[] {
    const matches: RuleMatch[] = [];
    const { reply, status } = codesOf(reading);
    for (const { use, id, match } of found) {
      if (use.use !== "rule") continue;
      if (use.provider.type === "common" && saysNothing(folded, match.start, match.end)) continue;
      const inside = isInside(reading.located, folded.at(match.start));
      const confirmed = reading.confirmed.includes(use.provider.slug);
      const score = this.rows.score(id * ROW, inside, confirmed, reply, status);
      matches.push({ use, id, match, inside, score, confirmed });
    }
    return matches.sort(byRank);
  }

  /** What the named placeholders of a match took, by its place in the folded text. */
  captures({ id, match }: RuleMatch, folded: Folded): Capture[] {
    return this.catalogue.matcher.captures(id, folded, match.start, match.end);
  }

  private newText(): void {
    if (++this.stamp < 0x7fffffff) return;
    const { numbers } = this.rows;
    for (let row = 0; row < numbers.length; row += ROW) numbers[row + STAMP] = 0;
    this.confirmedAt.fill(0);
    this.stamp = 1;
  }

  /** The wrappers and the fingerprints: they say whose words the reply is. */
  private findMarks(): {
    wrappers: readonly FoundWrapper[];
    fingerprints: readonly FoundFingerprint[];
  } {
    const { visits, folded } = this;
    const { matcher, uses, rulesEnd, fingerprintsEnd, tokensEnd } = this.catalogue;
    let wrappers = NO_WRAPPERS as FoundWrapper[];
    let fingerprints = NO_FINGERPRINTS as FoundFingerprint[];
    for (let v = 0; v < visits.count; v++) {
      const id = visits.template[v] as number;
      if (id < rulesEnd || (id >= fingerprintsEnd && id < tokensEnd)) continue;
      if (!matcher.findAt(id, folded, visits.part[v] as number, visits.at[v] as number)) continue;
      const use = uses[id] as Use;
      if (use.use === "fingerprint") {
        if (fingerprints.length === 0) fingerprints = [];
        fingerprints.push({ slug: use.provider.slug, start: folded.at(matcher.start) });
      } else if (use.use === "wrapper" && wrappers.length < MAX_WRAPPERS) {
        if (wrappers.length === 0) wrappers = [];
        wrappers.push(this.toWrapper(use, id, matcher.start, matcher.end));
      }
    }
    return { wrappers, fingerprints };
  }

  /**
   * The best match of a rule.
   * @param cause where it is given, only rules of common words count that name it
   */
  private findBest(reading: Reading, cause: CauseId | undefined): RuleMatch | undefined {
    this.newText();
    return this.pickBest(reading, this.collectCandidates(reading.confirmed), cause);
  }

  /**
   * The best match among the first `count` numbers of `candidates`. What a candidate can score at the most is known
   * before it is verified: the one that promises most comes first, and when the best match has more than any other
   * promises, it has won.
   */
  private pickBest(reading: Reading, count: number, cause: CauseId | undefined): RuleMatch | undefined {
    const { visits, rows, stamp, confirmedAt, folded } = this;
    const { matcher, uses } = this.catalogue;
    const { located } = reading;
    const { reply, status } = codesOf(reading);
    let open = count;
    const { candidates, next } = this;
    let best: RuleMatch | undefined;
    while (open > 0) {
      let top = 0;
      for (let k = 2; k < open; k += 2) if ((candidates[k + 1] as number) > (candidates[top + 1] as number)) top = k;
      if (best && (candidates[top + 1] as number) < best.score) break;
      const id = candidates[top] as number;
      open -= 2;
      candidates[top] = candidates[open] as number;
      candidates[top + 1] = candidates[open + 1] as number;
      if (cause !== undefined && !(rows.isCommon(id * ROW) && (uses[id] as RuleUse).rule.cause === cause)) continue;
      // A notice quotes the words, and the report in it does so again: those of the innermost server count.
      let start = -1;
      let end = -1;
      let inside = false;
      const row = id * ROW;
      for (let v = rows.numbers[row + FIRST] as number; v >= 0 && !inside; v = next[v] as number) {
        if (!matcher.findAt(id, folded, visits.part[v] as number, visits.at[v] as number)) continue;
        inside = isInside(located, folded.at(matcher.start));
        if (start >= 0 && !inside) continue;
        start = matcher.start;
        end = matcher.end;
      }
      if (start < 0) continue;
      if (rows.isCommon(row) && saysNothing(folded, start, end)) continue;
      const confirmed = confirmedAt[rows.owner(row)] === stamp;
      const score = rows.score(row, inside, confirmed, reply, status);
      if (best && score < best.score) continue;
      const found = { use: uses[id] as RuleUse, id, match: { start, end }, inside, score, confirmed };
      if (!best || byRank(found, best) < 0) best = found;
    }
    return best;
  }

  /**
   * Fills `candidates`, each template once, with its visits linked: two numbers each, the template's and what it
   * promises. Hints of providers that nothing confirms are none. @returns how many numbers there are
   */
  private collectCandidates(confirmed: readonly string[]): number {
    const { visits, rows, stamp, confirmedAt } = this;
    const { rulesEnd } = this.catalogue;
    const { numbers } = rows;
    for (const slug of confirmed) {
      const number = rows.provider(slug);
      if (number !== undefined) confirmedAt[number] = stamp;
    }
    if (this.next.length < visits.count) {
      this.next = new Int32Array(visits.template.length);
      this.candidates = new Int32Array(visits.template.length * 2);
    }
    const { next, candidates } = this;
    let count = 0;
    for (let v = 0; v < visits.count; v++) {
      const id = visits.template[v] as number;
      if (id >= rulesEnd) continue;
      const row = id * ROW;
      next[v] = -1;
      if (numbers[row + STAMP] === stamp) next[numbers[row + LAST] as number] = v;
      else {
        numbers[row + STAMP] = stamp;
        numbers[row + FIRST] = v;
        const isConfirmed = confirmedAt[rows.owner(row)] === stamp;
        if (isConfirmed || !rows.isHint(row)) {
          candidates[count] = id;
          candidates[count + 1] = rows.promise(row, isConfirmed);
          count += 2;
        }
      }
      numbers[row + LAST] = v;
    }
    return count;
  }

  private toWrapper(use: WrapperUse, id: number, start: number, end: number): FoundWrapper {
    const { folded } = this;
    return {
      kind: use.kind,
      beforeCode: use.beforeCode,
      atLineStart: use.atLineStart,
      start: folded.at(start),
      end: folded.at(end - 1) + 1,
      host: use.hasHost ? this.hostOf(id, start, end) : undefined,
    };
  }

  /** The host that a wrapper names, up to a bracket. */
  private hostOf(id: number, start: number, end: number): string | undefined {
    const { folded, text } = this;
    const named = this.catalogue.matcher.captures(id, folded, start, end).find((c) => c.name === "host");
    if (!named) return undefined;
    const host = text.slice(folded.at(named.start), folded.at(named.end - 1) + 1);
    const bracket = host.indexOf("[");
    return bracket < 0 ? host : host.slice(0, bracket);
  }
}

/** A Reading that works out the long lists when they are asked for. */
class TextReading implements Reading {
  readonly located: Located;
  readonly confirmed: readonly string[];
  best: RuleMatch | undefined;
  common: RuleMatch | undefined;
  private readonly reader: TextReader;
  private readonly text: string;
  private readonly join: boolean;
  private own: Folded | undefined;
  private all: readonly Found[] | undefined;
  private ranked: readonly RuleMatch[] | undefined;

  constructor(reader: TextReader, text: string, join: boolean, located: Located, confirmed: readonly string[]) {
    this.reader = reader;
    this.text = text;
    this.join = join;
    this.located = located;
    this.confirmed = confirmed;
  }

  /** The reader's own copy serves the next text by now. */
  get folded(): Folded {
    this.own ??= fold(this.text, this.join);
    return this.own;
  }

  get found(): readonly Found[] {
    this.all ??= this.reader.findAll(this.folded, this.located);
    return this.all;
  }

  get matches(): readonly RuleMatch[] {
    this.ranked ??= this.reader.rank(this.found, this.folded, this);
    return this.ranked;
  }

  get captures(): readonly Capture[] {
    return this.best ? this.reader.captures(this.best, this.folded) : [];
  }
}

const including = (list: readonly string[], one: string) => (list.includes(one) ? list : [...list, one]);

const isInside = (located: Located, start: number) => start >= located.start && start < located.end;

/** The codes as Rows.score takes them. */
const codesOf = ({ located }: Reading) => ({
  reply: located.reply?.number ?? 0,
  status: located.status?.number ?? 0,
});

/** The better match first; the order is total, so that it does not depend on which was found first. */
function byRank(a: RuleMatch, b: RuleMatch): number {
  return (
    b.score - a.score ||
    byCode(a.use.rule.id, b.use.rule.id) ||
    a.match.start - b.match.start ||
    b.match.end - a.match.end ||
    byCode(a.use.source, b.use.source)
  );
}

const byCode = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** One common word within a host name (spam.example.com) says nothing of a cause. */
function saysNothing(folded: Folded, start: number, end: number): boolean {
  const { units, length } = folded;
  let from = start;
  let to = end;
  while (from > 0 && start - from < 253 && isNameUnit(units[from - 1] as number)) from--;
  while (to < length && to - end < 253 && isNameUnit(units[to] as number)) to++;
  return (from < start || to > end) && HOST_NAME.test(folded.slice(from, to).replace(/\.+$/, ""));
}

const HOST_NAME = /^[\w-]+(?:\.[\w-]+){2,}$/;

/** Letters, digits, _ . - of folded text. */
const isNameUnit = (c: number) => isWordUnit(c) || c === 0x2e || c === 0x2d || c === 0x5f;
