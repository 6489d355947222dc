/** The answer: the verdict at once, and what not every caller reads when it is first read. */
import type { Alternative, Explanation, Span } from "../model/explanation.ts";
import type { RuleCause } from "../model/rule-set.ts";
import type { CauseId } from "../model/vocabulary.ts";
import type { Match } from "../template/index.ts";
import type { CodeTable, CodeVerdict } from "./code-table.ts";
import { findParts, type TextPart } from "./parts.ts";
import { type Prepared, toGiven } from "./prepare.ts";
import { type ClassifierRule, claims, type Reading, type RuleMatch } from "./reading.ts";
import type { Located } from "./reply.ts";
import { buildSpans, type Marked } from "./spans.ts";
import { disagreementsOf, kindOf } from "./verdict.ts";

/** So many alternatives are of use to a reader. */
const MAX_ALTERNATIVES = 8;

/** What was decided, and from what the late parts are worked out. */
export interface Decision {
  prepared: Prepared;
  read: Reading;
  codes: CodeTable;
  /** The match whose words decide, and whether they are known for its provider's own. */
  winner: RuleMatch | undefined;
  isOwn: boolean;
  /** The rule whose advice is given. */
  rule: ClassifierRule | undefined;
  /** What the codes say, where no words decide. */
  byCode: CodeVerdict | undefined;
  causeInfo: RuleCause | undefined;
  provider: string | undefined;
  truncated: boolean;
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
  readonly #decision: Decision;
  /** Kept once they were worked out. */
  #parts: TextPart[] | undefined;
  #captures: Record<string, string> | undefined;
  #spans: Span[] | undefined;

  constructor(decision: Decision) {
    const { read, winner, isOwn, rule, byCode, causeInfo, provider } = decision;
    const use = winner?.use;
    this.reply = read.located.reply?.number;
    this.status = read.located.status?.value;
    const advice = rule ?? causeInfo;
    this.cause = use?.rule.cause ?? byCode?.cause ?? "unknown";
    this.kind = advice ? kindOf(advice, this.reply, this.status) : "soft";
    this.action = advice ? (this.kind === "soft" ? advice.soft_action : advice.action) : "retry";
    this.severity = rule?.severity ?? causeInfo?.severity ?? "medium";
    this.basis = use ? (isOwn ? "entry" : "phrase") : (byCode?.by ?? "none");
    this.title = rule?.title ?? byCode?.name ?? causeInfo?.name ?? "Unknown reply";
    this.entry = rule?.id;
    this.provider = provider;
    this.blocklist =
      rule?.blocklist ?? (isOwn && use?.provider.type === "blocklist" && isListing(this.cause) ? provider : undefined);
    this.meaning = rule?.meaning ?? byCode?.meaning ?? causeInfo?.summary ?? "";
    this.misleading = rule?.misleading ?? undefined;
    this.tellRecipient = (rule?.tell_recipient ?? causeInfo?.tell_recipient) || undefined;
    this.template = use?.source;
    this.truncated = decision.truncated;
    this.#decision = decision;
  }

  /** Providers that use these words, where the words alone do not tell. */
  get possibleProviders(): string[] {
    return possibleProviders(this.#decision.read.matches, this.provider);
  }

  get steps(): Explanation["steps"] {
    const { rule, causeInfo } = this.#decision;
    return fillSteps(rule?.steps ?? causeInfo?.steps ?? [], this.captures);
  }

  get lookups(): Explanation["lookups"] {
    const { rule, causeInfo } = this.#decision;
    const own = rule?.lookups ?? [];
    return fillLookups(own.length > 0 ? own : (causeInfo?.lookups ?? []), this.captures);
  }

  get captures(): Record<string, string> {
    const { prepared, read, winner } = this.#decision;
    this.#captures ??= collectCaptures(prepared.text, this.#findParts(), read.located, winner && read);
    return { ...this.#captures };
  }

  get spans(): Span[] {
    const { prepared, read, winner } = this.#decision;
    this.#spans ??= toGiven(
      buildSpans(prepared.text, read.located, this.#findParts(), markedOf(read, winner)),
      prepared,
    );
    return this.#spans;
  }

  get alternatives(): Alternative[] {
    const { read, codes } = this.#decision;
    const byCode = codes.lookup(read.located);
    return alternativesOf(read.matches, this.entry, byCode?.cause === this.cause ? undefined : byCode);
  }

  get disagreements(): string[] {
    const { causeInfo, winner, read, codes } = this.#decision;
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
    this.#parts ??= findParts(this.#decision.prepared.text);
    return this.#parts;
  }
}

/** A list may also be named because the receiver may not ask it: that is no listing. */
const isListing = (cause: CauseId) => cause === "ip-blocklisted" || cause === "domain-blocklisted";

/** Providers whose words these may be, where the words alone do not tell. */
function possibleProviders(matches: readonly RuleMatch[], known: string | undefined): string[] {
  const possible: string[] = [];
  for (const match of matches) {
    const { provider, strength } = match.use;
    if (provider.type === "common" || claims(match) || strength === "weak" || !match.inside) continue;
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
    list.push({
      cause: rule.cause,
      basis: claims(m) ? "entry" : "phrase",
      entry: rule.id,
      provider: provider.type === "common" ? undefined : provider.slug,
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
