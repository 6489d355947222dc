/**
 * Reads a text: what stands in it, whom that confirms, and which entry wins. The winner is looked for
 * from the top of the ranks down, so that most candidates need not be verified at all; the whole list is
 * made only for those who ask.
 */
import type { Strength } from "../model/vocabulary.ts";
import { fold, type Match, matchTemplateAt, type Template } from "../template/index.ts";
import { Visits } from "./anchor-index.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Context, Evidence } from "./evidence.ts";
import { agreementOf, scoreOf } from "./rank.ts";
import type { Found, Reading, RuleMatch, RuleUse, Use } from "./reading.ts";
import { type FoundWrapper, type Located, locateReply } from "./reply.ts";

/** A mail passes a handful of servers; more wrappers than this are an attack. */
const MAX_WRAPPERS = 200;
/** Words of the innermost server go before words around them, and weak words come last. */
const LAYER = 100_000;
/** From this score on the words are some provider's or software's own. */
export const SURE_SCORE = 2 * LAYER + 6000;

/** Numbers kept of each template; the fourth is for the alignment alone. */
const MET = 4;

const NONE: readonly string[] = [];
const NO_WRAPPERS: readonly FoundWrapper[] = [];

export class TextReader {
  private readonly catalogue: Catalogue;
  private readonly evidence: Evidence;
  private readonly visits = new Visits();
  /** What each rule's template can score at the most, where nothing confirms its provider. */
  private readonly promises: Float64Array;
  /** The candidates of a text, and what each promises. */
  private candidates = new Int32Array(256);
  private promised = new Float64Array(256);
  /**
   * Four numbers a template (see MET): in which text it was last met, as a candidate or a match, and its first
   * and last visit there, or its place among the found. Side by side, so that they share a line of the cache.
   */
  private readonly met: Int32Array;
  private stamp = 0;
  /** For each visit the next one of the same template, or -1. */
  private next = new Int32Array(256);

  constructor(catalogue: Catalogue, evidence: Evidence) {
    this.catalogue = catalogue;
    this.evidence = evidence;
    this.met = new Int32Array(catalogue.templates.length * MET);
    this.promises = Float64Array.from(catalogue.templates, (t, id) => {
      const use = catalogue.uses[id] as Use;
      return use.use === "rule" ? promiseOf(use, use.base, t.literals) : 0;
    });
  }

  /**
   * @param text the prepared text
   * @param join see fold
   */
  read(text: string, context: Context | undefined, join: boolean): Reading {
    const { text: folded, at } = fold(text, join);
    this.newText();
    this.catalogue.index.search(folded, this.visits);

    const { wrappers, fingerprints } = this.findMarks(folded, at);
    const located = locateReply(text, wrappers);
    let inside = NONE;
    let outside = NONE;
    for (const { slug, start } of fingerprints) {
      if (isInside(located, start)) inside = including(inside, slug);
      else outside = including(outside, slug);
    }
    const confirmed = this.evidence.confirm(inside, outside, located.host, context);
    const reading = new TextReading(this, folded, at, located, confirmed);
    reading.best = this.findBest(folded, reading);
    return reading;
  }

  /**
   * All that stands in the folded text, each template once, in the innermost server's words where it stands
   * there; wrappers as often as they stand in the text.
   */
  findAll(folded: string, isInner: (match: Match) => boolean): Found[] {
    this.newText();
    const { visits, met, stamp } = this;
    this.catalogue.index.search(folded, visits);
    const found: Found[] = [];
    let wrappers = 0;
    for (let v = 0; v < visits.count; v++) {
      const id = visits.template[v] as number;
      const m = id * MET;
      const known = met[m] === stamp ? (met[m + 1] as number) : -1;
      if (known >= 0 && isInner((found[known] as Found).match)) continue;
      const template = this.catalogue.templates[id] as Template;
      const match = matchTemplateAt(template, folded, visits.part[v] as number, visits.at[v] as number);
      if (!match) continue;
      const use = this.catalogue.uses[id] as Use;
      if (known >= 0) {
        if (isInner(match)) found[known] = { use, template, match };
        continue;
      }
      if (use.use !== "wrapper") {
        met[m] = stamp;
        met[m + 1] = found.length;
      } else if (++wrappers > MAX_WRAPPERS) continue;
      found.push({ use, template, match });
    }
    return found;
  }

  /** The matches of rules among what was found, the best first. */
  rank(found: readonly Found[], folded: string, reading: TextReading): RuleMatch[] {
    const matches: RuleMatch[] = [];
    for (const { use, template, match } of found) {
      if (use.use !== "rule" || saysNothing(use, folded, match)) continue;
      matches.push(toRuleMatch(use, template, match, reading));
    }
    return matches.sort(byRank);
  }

  private newText(): void {
    if (++this.stamp < 0x7fffffff) return;
    this.met.fill(0);
    this.stamp = 1;
  }

  /** The wrappers and the fingerprints: they say whose words the reply is. */
  private findMarks(
    folded: string,
    at: Int32Array,
  ): { wrappers: readonly FoundWrapper[]; fingerprints: { slug: string; start: number }[] } {
    const { visits } = this;
    const { templates, uses, rulesEnd, fingerprintsEnd, tokensEnd } = this.catalogue;
    let wrappers = NO_WRAPPERS as FoundWrapper[];
    const fingerprints: { slug: string; start: number }[] = [];
    for (let v = 0; v < visits.count; v++) {
      const id = visits.template[v] as number;
      if (id < rulesEnd || (id >= fingerprintsEnd && id < tokensEnd)) continue;
      const match = matchTemplateAt(
        templates[id] as Template,
        folded,
        visits.part[v] as number,
        visits.at[v] as number,
      );
      if (!match) continue;
      const use = uses[id] as Use;
      if (use.use === "fingerprint") {
        fingerprints.push({ slug: use.provider.slug, start: at[match.start] as number });
      } else if (use.use === "wrapper" && wrappers.length < MAX_WRAPPERS) {
        if (wrappers.length === 0) wrappers = [];
        wrappers.push(toWrapper(use, match, folded, at));
      }
    }
    return { wrappers, fingerprints };
  }

  /**
   * The best match of a rule. What a candidate can score at the most is known before it is verified: the
   * one that promises most comes first, and when the best match has more than any other promises, it has won.
   */
  private findBest(folded: string, reading: TextReading): RuleMatch | undefined {
    const { visits, met } = this;
    const { templates, uses } = this.catalogue;
    let open = this.collectCandidates(reading.confirmed);
    const { candidates, promised, next } = this;
    let best: RuleMatch | undefined;
    while (open > 0) {
      let top = 0;
      for (let k = 1; k < open; k++) if ((promised[k] as number) > (promised[top] as number)) top = k;
      if (best && (promised[top] as number) < best.score) break;
      const id = candidates[top] as number;
      open--;
      candidates[top] = candidates[open] as number;
      promised[top] = promised[open] as number;
      const template = templates[id] as Template;
      const use = uses[id] as RuleUse;
      // A notice quotes the words, and the report in it does so again: those of the innermost server count.
      let first: Match | undefined;
      for (let v = met[id * MET + 1] as number; v >= 0; v = next[v] as number) {
        const match = matchTemplateAt(template, folded, visits.part[v] as number, visits.at[v] as number);
        if (!match) continue;
        first ??= match;
        if (!reading.isInner(match)) continue;
        first = match;
        break;
      }
      if (!first || saysNothing(use, folded, first)) continue;
      const found = toRuleMatch(use, template, first, reading);
      if (!isHint(found) && (!best || byRank(found, best) < 0)) best = found;
    }
    return best;
  }

  /** Fills `candidates`, each template once, with its visits linked. @returns how many there are */
  private collectCandidates(confirmed: readonly string[]): number {
    const { visits, met, stamp, promises } = this;
    const { templates, uses, rulesEnd } = this.catalogue;
    if (this.next.length < visits.count) {
      this.next = new Int32Array(visits.template.length);
      this.candidates = new Int32Array(visits.template.length);
      this.promised = new Float64Array(visits.template.length);
    }
    const { next, candidates, promised } = this;
    let count = 0;
    for (let v = 0; v < visits.count; v++) {
      const id = visits.template[v] as number;
      if (id >= rulesEnd) continue;
      const m = id * MET;
      next[v] = -1;
      if (met[m] === stamp) next[met[m + 2] as number] = v;
      else {
        met[m] = stamp;
        met[m + 1] = v;
        candidates[count] = id;
        promised[count] = promises[id] as number;
        if (confirmed.length > 0) {
          const use = uses[id] as RuleUse;
          if (confirmed.includes(use.provider.slug))
            promised[count] = promiseOf(use, use.confirmedBase, (templates[id] as Template).literals);
        }
        count++;
      }
      met[m + 2] = v;
    }
    return count;
  }
}

/** A Reading that works out the long lists when they are asked for. */
class TextReading implements Reading {
  readonly at: Int32Array;
  readonly located: Located;
  readonly confirmed: readonly string[];
  readonly reply: number | undefined;
  readonly status: string | undefined;
  best: RuleMatch | undefined;
  private readonly reader: TextReader;
  private readonly folded: string;
  private all: readonly Found[] | undefined;
  private ranked: readonly RuleMatch[] | undefined;

  constructor(reader: TextReader, folded: string, at: Int32Array, located: Located, confirmed: readonly string[]) {
    this.reader = reader;
    this.folded = folded;
    this.at = at;
    this.located = located;
    this.confirmed = confirmed;
    this.reply = located.reply ? Number(located.reply.value) : undefined;
    this.status = located.status?.value;
  }

  get found(): readonly Found[] {
    this.all ??= this.reader.findAll(this.folded, (match) => this.isInner(match));
    return this.all;
  }

  /** Whether a match stands in the innermost server's words. */
  isInner(match: Match): boolean {
    return isInside(this.located, this.at[match.start] as number);
  }

  get matches(): readonly RuleMatch[] {
    this.ranked ??= this.reader.rank(this.found, this.folded, this);
    return this.ranked;
  }
}

const including = (list: readonly string[], one: string) => (list.includes(one) ? list : [...list, one]);

const isInside = (located: Located, start: number) => start >= located.start && start < located.end;

const layerOf = (strength: Strength, inside: boolean) => (strength === "weak" ? 0 : inside ? 2 : 1) * LAYER;

/** The score of a match in the innermost server's words whose codes agree. */
const promiseOf = (use: RuleUse, base: number, literals: number) =>
  layerOf(use.strength, true) + scoreOf(base, literals, "agree");

function toRuleMatch(use: RuleUse, template: Template, match: Match, reading: TextReading): RuleMatch {
  const { rule, provider, strength } = use;
  const inside = reading.isInner(match);
  const confirmed = reading.confirmed.includes(provider.slug);
  const agreement = agreementOf(rule, reading.reply, reading.status);
  const score =
    layerOf(strength, inside) + scoreOf(confirmed ? use.confirmedBase : use.base, template.literals, agreement);
  return { rule, provider, strength, template, match, inside, score, confirmed };
}

function toWrapper(use: Extract<Use, { use: "wrapper" }>, match: Match, folded: string, at: Int32Array): FoundWrapper {
  const host = match.captures.find((c) => c.name === "host");
  return {
    kind: use.kind,
    beforeCode: use.beforeCode,
    atLineStart: use.atLineStart,
    start: at[match.start] as number,
    end: (at[match.end - 1] as number) + 1,
    host: host && folded.slice(host.start, host.end),
  };
}

/** Weak words that a provider shares with many, where nothing confirms it: they decide nothing by themselves. */
const isHint = ({ strength, rule, provider, confirmed }: RuleMatch) =>
  strength === "weak" && !rule.distinctive && !confirmed && provider.type !== "common";

/** The better match first; the order is total, so that it does not depend on which was found first. */
function byRank(a: RuleMatch, b: RuleMatch): number {
  return (
    b.score - a.score ||
    byCode(a.rule.id, b.rule.id) ||
    a.match.start - b.match.start ||
    b.match.end - a.match.end ||
    byCode(a.template.source, b.template.source)
  );
}

const byCode = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** One common word within a host name (spam.example.com) says nothing of a cause. */
function saysNothing(use: RuleUse, text: string, { start, end }: Match): boolean {
  if (use.provider.type !== "common") return false;
  let from = start;
  let to = end;
  while (from > 0 && start - from < 253 && isNameUnit(text.charCodeAt(from - 1))) from--;
  while (to < text.length && to - end < 253 && isNameUnit(text.charCodeAt(to))) to++;
  return (from < start || to > end) && HOST_NAME.test(text.slice(from, to).replace(/\.+$/, ""));
}

const HOST_NAME = /^[\w-]+(?:\.[\w-]+){2,}$/;

/** Letters, digits, _ . - of folded text. */
const isNameUnit = (c: number) =>
  (c >= 0x61 && c <= 0x7a) || (c >= 0x30 && c <= 0x39) || c === 0x2e || c === 0x2d || c === 0x5f;
