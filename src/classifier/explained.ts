/** The answer: the verdict at once, and what not every caller reads when it is first read. */
import type { Alternative, Explanation, Span } from "../model/explanation.ts";
import type { RuleCause } from "../model/rule-set.ts";
import type { Match } from "../template/index.ts";
import type { CodeTable, CodeVerdict } from "./code-table.ts";
import { findParts, type TextPart } from "./parts.ts";
import { type Prepared, toGiven } from "./prepare.ts";
import type { ClassifierRule, Reading, RuleMatch } from "./reading.ts";
import type { Located } from "./reply.ts";
import { buildSpans, type Marked } from "./spans.ts";
import { disagreementsOf } from "./verdict.ts";

/** So many alternatives are of use to a reader. */
const MAX_ALTERNATIVES = 8;

type Late = "possibleProviders" | "steps" | "lookups" | "disagreements" | "captures" | "spans" | "alternatives";
/** The part of an Explanation that is known at once. */
export type Verdict = Omit<Explanation, Late>;

/** What the late parts are worked out from. */
export interface Workings {
  prepared: Prepared;
  read: Reading;
  winner: RuleMatch | undefined;
  rule: ClassifierRule | undefined;
  causeInfo: RuleCause | undefined;
  codes: CodeTable;
  /** Kept once they were worked out. */
  parts: TextPart[] | undefined;
  captures: Record<string, string> | undefined;
  spans: Span[] | undefined;
}

/**
 * An Explanation whose costly parts are getters of its class. `toJSON` gives a plain object with all
 * parts, for JSON.stringify, structured cloning and spreading.
 */
export class Explained implements Explanation {
  readonly cause: Explanation["cause"];
  readonly kind: Explanation["kind"];
  readonly action: Explanation["action"];
  readonly severity: Explanation["severity"];
  readonly basis: Explanation["basis"];
  readonly title: string;
  readonly entry: string | undefined;
  readonly provider: string | undefined;
  readonly blocklist: string | undefined;
  readonly reply: number | undefined;
  readonly status: string | undefined;
  readonly meaning: string;
  readonly misleading: string | undefined;
  readonly tellRecipient: string | undefined;
  readonly template: string | undefined;
  readonly truncated: boolean;
  readonly #workings: Workings;

  constructor(verdict: Verdict, workings: Workings) {
    this.cause = verdict.cause;
    this.kind = verdict.kind;
    this.action = verdict.action;
    this.severity = verdict.severity;
    this.basis = verdict.basis;
    this.title = verdict.title;
    this.entry = verdict.entry;
    this.provider = verdict.provider;
    this.blocklist = verdict.blocklist;
    this.reply = verdict.reply;
    this.status = verdict.status;
    this.meaning = verdict.meaning;
    this.misleading = verdict.misleading;
    this.tellRecipient = verdict.tellRecipient;
    this.template = verdict.template;
    this.truncated = verdict.truncated;
    this.#workings = workings;
  }

  /** Providers that use these words, where the words alone do not tell. */
  get possibleProviders(): string[] {
    return possibleProviders(this.#workings.read.matches, this.provider);
  }

  get steps(): Explanation["steps"] {
    const { rule, causeInfo } = this.#workings;
    return fillSteps(rule?.steps ?? causeInfo?.steps ?? [], this.captures);
  }

  get lookups(): Explanation["lookups"] {
    const { rule, causeInfo } = this.#workings;
    const own = rule?.lookups ?? [];
    return fillLookups(own.length > 0 ? own : (causeInfo?.lookups ?? []), this.captures);
  }

  get captures(): Record<string, string> {
    const w = this.#workings;
    w.captures ??= collectCaptures(w.prepared.text, this.#findParts(), w.read.located, w.winner && w.read);
    return { ...w.captures };
  }

  get spans(): Span[] {
    const w = this.#workings;
    w.spans ??= toGiven(
      buildSpans(w.prepared.text, w.read.located, this.#findParts(), markedOf(w.read, w.winner)),
      w.prepared,
    );
    return w.spans;
  }

  get alternatives(): Alternative[] {
    const { read, codes } = this.#workings;
    const byCode = codes.lookup(read.located);
    return alternativesOf(read.matches, this.entry, byCode?.cause === this.cause ? undefined : byCode);
  }

  get disagreements(): string[] {
    const { causeInfo, winner, read, codes } = this.#workings;
    const byCode = codes.lookup(read.located);
    return disagreementsOf({
      cause: this.cause,
      causeName: causeInfo?.name ?? this.cause,
      kind: this.kind,
      reply: this.reply,
      status: this.status,
      byWords: winner !== undefined,
      codeCause: byCode && !byCode.vague ? byCode.cause : undefined,
    });
  }

  /** All parts as a plain object. */
  toJSON(): Explanation {
    return {
      cause: this.cause,
      kind: this.kind,
      action: this.action,
      severity: this.severity,
      basis: this.basis,
      title: this.title,
      entry: this.entry,
      provider: this.provider,
      blocklist: this.blocklist,
      possibleProviders: this.possibleProviders,
      reply: this.reply,
      status: this.status,
      meaning: this.meaning,
      misleading: this.misleading,
      steps: this.steps,
      tellRecipient: this.tellRecipient,
      lookups: this.lookups,
      template: this.template,
      disagreements: this.disagreements,
      captures: this.captures,
      spans: this.spans,
      alternatives: this.alternatives,
      truncated: this.truncated,
    };
  }

  #findParts(): TextPart[] {
    const w = this.#workings;
    w.parts ??= findParts(w.prepared.text);
    return w.parts;
  }
}

/** Providers whose words these may be, where the words alone do not tell. */
function possibleProviders(matches: readonly RuleMatch[], known: string | undefined): string[] {
  const possible: string[] = [];
  for (const { use, confirmed, inside } of matches) {
    const { provider, rule, strength } = use;
    if (provider.type === "common" || rule.distinctive || confirmed || strength === "weak" || !inside) continue;
    if (provider.slug !== known && !possible.includes(provider.slug)) possible.push(provider.slug);
  }
  return possible;
}

/** The readings that lost, each entry once. */
function alternativesOf(
  matches: readonly RuleMatch[],
  entry: string | undefined,
  byCode: CodeVerdict | undefined,
): Alternative[] {
  const list: Alternative[] = [];
  for (const m of matches) {
    if (list.length >= MAX_ALTERNATIVES) break;
    const { rule, provider, source } = m.use;
    if (rule.id === entry || list.some((a) => a.entry === rule.id)) continue;
    const common = provider.type === "common";
    list.push({
      cause: rule.cause,
      basis: !common && (rule.distinctive || m.confirmed) ? "entry" : "phrase",
      entry: rule.id,
      provider: common ? undefined : provider.slug,
      template: source,
    });
  }
  if (byCode && list.length < MAX_ALTERNATIVES) list.push({ cause: byCode.cause, basis: byCode.by });
  return list;
}

/** The places of the winning words, the fingerprints and the tokens, in the prepared text. */
function markedOf(read: Reading, winner: RuleMatch | undefined): Marked[] {
  const { folded } = read;
  const place = (m: Match) => ({ start: folded.at(m.start), end: folded.at(m.end - 1) + 1 });
  const marked: Marked[] = [];
  for (const { use, match } of read.found) {
    if (use.use !== "fingerprint" && use.use !== "token") continue;
    marked.push({
      ...place(match),
      role: use.use,
      ref: use.provider.slug,
      note: use.use === "token" ? use.meaning : undefined,
    });
  }
  if (winner) marked.push({ ...place(winner.match), role: "words", ref: winner.use.rule.id, note: undefined });
  return marked;
}

/** The values in the text: those that the template named first, then the first of each kind in the words. */
function collectCaptures(
  text: string,
  parts: readonly TextPart[],
  located: Located,
  read: Reading | undefined,
): Record<string, string> {
  const captures: Record<string, string> = {};
  for (const { name, start, end } of read?.captures ?? []) {
    if (!read || end <= start) continue;
    const value = text.slice(read.folded.at(start), read.folded.at(end - 1) + 1).replace(/^[\s.,;:]+|[\s.,;:]+$/g, "");
    if (value && !Object.hasOwn(captures, name)) captures[name] = value;
  }
  const inside = (p: TextPart) => p.start >= located.start && p.end <= located.end;
  for (const preferInside of [true, false]) {
    for (const p of parts) {
      if (inside(p) !== preferInside || p.role === "host") continue;
      if (!Object.hasOwn(captures, p.role)) captures[p.role] = p.value;
    }
  }
  // A mask, or a word of the sentence, in the place of an address is no address.
  if (captures.ip !== undefined && !/^[0-9a-f:.]+$/i.test(captures.ip)) delete captures.ip;
  if (captures.email !== undefined && !captures.email.includes("@")) delete captures.email;
  return captures;
}

const SLOT_IN_LINK = /\{(ip|domain|email|url|host|id)\}/g;

function fill(link: string, captures: Record<string, string>): string | undefined {
  let missing = false;
  const filled = link.replace(SLOT_IN_LINK, (_, name: string) => {
    const value = captures[name];
    if (value === undefined) missing = true;
    return encodeURIComponent(value ?? "");
  });
  return missing ? undefined : filled;
}

/** The steps, with links filled from the text; the very list where no link has a place to fill. */
function fillSteps(steps: Explanation["steps"], captures: Record<string, string>): Explanation["steps"] {
  if (!steps.some((s) => s.link?.includes("{"))) return steps;
  return steps.map((s) => {
    if (!s.link?.includes("{")) return s;
    const link = fill(s.link, captures);
    return link === undefined ? { who: s.who, do: s.do } : { ...s, link };
  });
}

function fillLookups(lookups: Explanation["lookups"], captures: Record<string, string>): Explanation["lookups"] {
  return lookups.flatMap(({ label, url }) => {
    const filled = fill(url, captures);
    return filled === undefined ? [] : [{ label, url: filled }];
  });
}
