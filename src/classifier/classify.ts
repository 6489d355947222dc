/** The classifier: text in, Explanation out. No dependency, no Node: runs in browsers, workers and on the edge. */
import type { Alternative, Explanation, Span } from "../model/explanation.ts";
import type { Rule, RuleCause, RuleProvider, RuleSet } from "../model/rule-set.ts";
import type { Basis, Kind, Strength } from "../model/vocabulary.ts";
import { fold, type Match, matchTemplate, parseTemplate, type Template } from "../template/index.ts";
import { AnchorIndex } from "./anchor-index.ts";
import { CodeTable, type CodeVerdict } from "./code-table.ts";
import { type Context, Evidence } from "./evidence.ts";
import { findParts, type TextPart } from "./parts.ts";
import { type Prepared, prepare, toGiven } from "./prepare.ts";
import { agreementOf, baseOf, scoreOf } from "./rank.ts";
import { type FoundWrapper, type Located, locateReply } from "./reply.ts";
import { buildSpans, type Marked } from "./spans.ts";
import { disagreementsOf, kindOf } from "./verdict.ts";
import { LEAD_INS, TAILS } from "./wrappers.ts";

/** Longer texts are cut here: no reply is near it, and a cut keeps time and memory bounded. UTF-16 units. */
export const MAX_TEXT_LENGTH = 100_000;
/** So many alternatives are of use to a reader. */
const MAX_ALTERNATIVES = 8;
/** A mail passes a handful of servers; more wrappers than this are an attack. */
const MAX_WRAPPERS = 20;
const NONE: readonly string[] = [];
/** Words of the innermost server go before words around them, and weak words come last. */
const LAYER = 100_000;
/** From this score on the words are some provider's or software's own. */
const SURE = 6000;

/** The parts of a rule that the classifier cannot do without; a slim rule set leaves the rest out. */
export type ClassifierRule = Pick<
  Rule,
  | "id"
  | "provider"
  | "title"
  | "cause"
  | "kind"
  | "follows_reply"
  | "action"
  | "soft_action"
  | "severity"
  | "reply"
  | "status"
  | "distinctive"
  | "blocklist"
> & { templates: { text: string; strength: Strength }[] } & Partial<
    Pick<Rule, "meaning" | "misleading" | "steps" | "tell_recipient" | "lookups">
  >;
export type ClassifierProvider = Pick<RuleProvider, "slug" | "name" | "type" | "domains" | "mx"> & {
  fingerprints: { text: string }[];
  tokens: { template: string; meaning: string; token: string }[];
};
/** What createClassifier takes: a RuleSet, or one that was slimmed for the wire. */
export interface ClassifierRuleSet {
  causes: RuleCause[];
  providers: ClassifierProvider[];
  codes: RuleSet["codes"];
  rules: ClassifierRule[];
}

export type Classifier = (text: string, context?: Context) => Explanation;

/** What one indexed template stands for. */
type Use =
  | { use: "rule"; rule: ClassifierRule; provider: ClassifierProvider; strength: Strength }
  | { use: "fingerprint"; provider: ClassifierProvider }
  | { use: "token"; provider: ClassifierProvider; meaning: string; token: string }
  | { use: "wrapper"; kind: FoundWrapper["kind"]; beforeCode: boolean; atLineStart: boolean };

interface Found {
  use: Use;
  template: Template;
  match: Match;
}

interface RuleMatch {
  rule: ClassifierRule;
  provider: ClassifierProvider;
  strength: Strength;
  template: Template;
  match: Match;
  /** Within the innermost server's words. */
  inside: boolean;
  score: number;
  confirmed: boolean;
}

interface Reading {
  /** From offsets in the folded text to offsets in the prepared one. */
  at: Int32Array;
  found: Found[];
  located: Located;
  matches: RuleMatch[];
  confirmed: readonly string[];
}

/**
 * Makes a classifier for a rule set. Costs some milliseconds once; keep the result.
 * @param rules a rule set of schema 1 (rules.json), or a slim one
 * @returns the function that explains a text; it never throws and its time is linear in the text's length
 */
export function createClassifier(rules: ClassifierRuleSet): Classifier {
  const causes = new Map(rules.causes.map((c) => [c.id, c]));
  const providers = new Map(rules.providers.map((p) => [p.slug, p]));
  const templates: Template[] = [];
  const uses: Use[] = [];
  for (const rule of rules.rules) {
    const provider = providers.get(rule.provider);
    if (!provider) continue;
    for (const { text, strength } of rule.templates) {
      templates.push(parseTemplate(text));
      uses.push({ use: "rule", rule, provider, strength });
    }
  }
  for (const provider of rules.providers) {
    for (const { text } of provider.fingerprints) {
      templates.push(parseTemplate(text));
      uses.push({ use: "fingerprint", provider });
    }
    for (const { template, meaning, token } of provider.tokens) {
      templates.push(parseTemplate(template));
      uses.push({ use: "token", provider, meaning, token });
    }
  }
  for (const { template, beforeCode = false, atLineStart = false } of LEAD_INS) {
    templates.push(parseTemplate(template));
    uses.push({ use: "wrapper", kind: "lead-in", beforeCode, atLineStart });
  }
  for (const template of TAILS) {
    templates.push(parseTemplate(template));
    uses.push({ use: "wrapper", kind: "tail", beforeCode: false, atLineStart: false });
  }
  const index = new AnchorIndex(templates);
  const codes = new CodeTable(rules.codes);
  const evidence = new Evidence(rules.providers);
  /** In which text each template was last tried, so that none is searched twice. */
  const stamps = new Uint32Array(templates.length);
  let stamp = 0;

  /** All templates that stand in the folded text, each once; wrappers as often as they stand there. */
  function findAll(folded: string): Found[] {
    const found: Found[] = [];
    // stamp: searched everywhere in vain; stamp + 1: matched.
    stamp += 2;
    if (stamp > 0xfffffff0) {
      stamps.fill(0);
      stamp = 2;
    }
    index.search(folded, (id, at) => {
      const mark = stamps[id] as number;
      if (mark === stamp + 1 || (mark === stamp && at < 0)) return;
      const template = templates[id] as Template;
      const use = uses[id] as Use;
      let match = matchTemplate(template, folded, at < 0 ? undefined : at);
      if (!match) {
        if (at < 0) stamps[id] = stamp;
        return;
      }
      found.push({ use, template, match });
      if (use.use !== "wrapper") stamps[id] = stamp + 1;
      else if (at < 0) {
        stamps[id] = stamp + 1;
        for (let n = 1; n < MAX_WRAPPERS; n++) {
          match = matchTemplate(template, folded, undefined, match.start + 1);
          if (!match) break;
          found.push({ use, template, match });
        }
      }
    });
    return found;
  }

  /** Reads a text once: what stands in it, whom that confirms, and which entries match, the best first. */
  function readText(text: string, context: Context | undefined, join: boolean): Reading {
    const { text: folded, at } = fold(text, join);
    const found = findAll(folded);
    const wrappers: FoundWrapper[] = [];
    for (const { use, match } of found) {
      if (use.use !== "wrapper") continue;
      const host = match.captures.find((c) => c.name === "host");
      wrappers.push({
        kind: use.kind,
        beforeCode: use.beforeCode,
        atLineStart: use.atLineStart,
        start: at[match.start] as number,
        end: (at[match.end - 1] as number) + 1,
        host: host && folded.slice(host.start, host.end),
      });
    }
    const located = locateReply(text, wrappers);
    const inside = (m: Match) => {
      const start = at[m.start] as number;
      return start >= located.start && start < located.end;
    };
    let within = NONE;
    let without = NONE;
    for (const { use, match } of found) {
      if (use.use !== "fingerprint") continue;
      if (inside(match)) within = [...within, use.provider.slug];
      else without = [...without, use.provider.slug];
    }
    const confirmed = evidence.confirm(within, without, located.host, context);
    const reply = located.reply ? Number(located.reply.value) : undefined;
    const status = located.status?.value;
    const matches: RuleMatch[] = [];
    for (const { use, template, match } of found) {
      if (use.use !== "rule") continue;
      const { rule, provider, strength } = use;
      const isConfirmed = confirmed.includes(provider.slug);
      const isInside = inside(match);
      const base = baseOf(provider.type, rule.distinctive, strength, isConfirmed);
      const layer = strength === "weak" ? 0 : isInside ? 2 : 1;
      const score = layer * LAYER + scoreOf(base, template.literals, agreementOf(rule, reply, status));
      matches.push({ rule, provider, strength, template, match, inside: isInside, score, confirmed: isConfirmed });
    }
    if (matches.length > 1) matches.sort(byRank);
    return { at, found, located, matches, confirmed };
  }

  return (given, context) => {
    const raw = typeof given === "string" ? given : given === undefined || given === null ? "" : String(given);
    const truncated = raw.length > MAX_TEXT_LENGTH;
    const prepared = prepare(truncated ? raw.slice(0, MAX_TEXT_LENGTH) : raw);
    let read = readText(prepared.text, context, false);
    if (needsJoin(read.matches[0], prepared.text)) {
      // Perhaps the text was folded inside words: read it once more without the breaks.
      const joined = readText(prepared.text, context, true);
      if ((joined.matches[0]?.score ?? 0) > (read.matches[0]?.score ?? 0)) read = joined;
    }
    return explain(prepared, read, truncated);
  };

  function explain(prepared: Prepared, read: Reading, truncated: boolean): Explanation {
    const { matches, confirmed, located } = read;
    const reply = located.reply ? Number(located.reply.value) : undefined;
    const status = located.status?.value;
    const byCode = codes.lookup(reply, status);
    let winner = matches[0];
    // Weak words lose to a code that says something definite.
    if (winner?.strength === "weak" && byCode && !byCode.vague && byCode.cause !== "unknown") winner = undefined;

    const common = winner?.provider.type === "common";
    const claims = winner !== undefined && !common && (winner.rule.distinctive || winner.confirmed);
    /** The entry whose advice is given: words that nobody owns, and words whose owner is known. */
    const rule = claims || common ? winner?.rule : undefined;
    const basis: Basis = winner ? (claims ? "entry" : "phrase") : (byCode?.by ?? "none");
    const cause = winner?.rule.cause ?? byCode?.cause ?? "unknown";
    const causeInfo = causes.get(cause) ?? causes.get("unknown");
    const provider = claims
      ? winner?.provider.slug
      : confirmed.find((slug) => RECEIVERS.has(providers.get(slug)?.type ?? "common"));
    const verdict = rule ?? causeInfo;
    const kind: Kind = verdict ? kindOf(verdict, reply, status) : "soft";
    const byCodeOnly = basis === "status" || basis === "reply" ? byCode : undefined;

    /** What not every caller reads is worked out when it is first read. */
    let parts: TextPart[] | undefined;
    let captures: Record<string, string> | undefined;
    let spans: Span[] | undefined;
    const partsOf = () => (parts ??= findParts(prepared.text));
    const capturesOf = () => (captures ??= collectCaptures(prepared.text, partsOf(), located, winner?.match, read.at));
    return {
      cause,
      kind,
      action: verdict ? (kind === "soft" ? verdict.soft_action : verdict.action) : "retry",
      severity: rule?.severity ?? causeInfo?.severity ?? "medium",
      basis,
      title: rule?.title ?? byCodeOnly?.name ?? causeInfo?.name ?? "Unknown reply",
      entry: rule?.id,
      provider,
      blocklist: rule?.blocklist ?? (claims && winner?.provider.type === "blocklist" ? provider : undefined),
      possibleProviders: possibleProviders(matches, provider),
      reply,
      status,
      meaning: rule?.meaning ?? byCodeOnly?.meaning ?? causeInfo?.summary ?? "",
      misleading: rule?.misleading ?? undefined,
      steps: fillSteps(rule?.steps ?? causeInfo?.steps ?? [], capturesOf),
      tellRecipient: rule?.tell_recipient ?? causeInfo?.tell_recipient ?? undefined,
      lookups: rule?.lookups?.length ? fillLookups(rule.lookups, capturesOf()) : [],
      template: winner?.template.source,
      disagreements: disagreementsOf({
        cause,
        causeName: causeInfo?.name ?? cause,
        kind,
        reply,
        status,
        byWords: winner !== undefined,
        codeCause: byCode && !byCode.vague ? byCode.cause : undefined,
      }),
      get captures() {
        return { ...capturesOf() };
      },
      get spans() {
        return (spans ??= toGiven(buildSpans(prepared.text, located, partsOf(), markedOf(read, winner)), prepared));
      },
      alternatives: alternativesOf(matches, rule?.id, byCode?.cause === cause ? undefined : byCode),
      truncated,
    };
  }
}

/** Providers that answer for a recipient: to know one is to know who refused. */
const RECEIVERS = new Set<string>(["mailbox", "filter", "esp"]);

function byRank(a: RuleMatch, b: RuleMatch): number {
  return b.score - a.score || (a.rule.id < b.rule.id ? -1 : a.rule.id > b.rule.id ? 1 : a.match.start - b.match.start);
}

/** Providers whose words these may be, where the words alone do not tell. */
function possibleProviders(matches: readonly RuleMatch[], known: string | undefined): string[] {
  const possible: string[] = [];
  for (const { provider, rule, confirmed, strength, inside } of matches) {
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
    if (m.rule.id === entry || list.some((a) => a.entry === m.rule.id)) continue;
    const common = m.provider.type === "common";
    list.push({
      cause: m.rule.cause,
      basis: !common && (m.rule.distinctive || m.confirmed) ? "entry" : "phrase",
      entry: m.rule.id,
      provider: common ? undefined : m.provider.slug,
      template: m.template.source,
    });
  }
  if (byCode && list.length < MAX_ALTERNATIVES) list.push({ cause: byCode.cause, basis: byCode.by });
  return list;
}

/** The places of the winning words, the fingerprints and the tokens, in the prepared text. */
function markedOf(read: Reading, winner: RuleMatch | undefined): Marked[] {
  const place = (m: Match) => ({ start: read.at[m.start] as number, end: (read.at[m.end - 1] as number) + 1 });
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
  if (winner) marked.push({ ...place(winner.match), role: "words", ref: winner.rule.id, note: undefined });
  return marked;
}

/** Worth a second reading with the line breaks removed: no sure match, and breaks inside the text. */
function needsJoin(best: RuleMatch | undefined, text: string): boolean {
  if (best && best.score >= 2 * LAYER + SURE) return false;
  return /[^\s][\r\n]+[ \t]*[^\s]/.test(text);
}

/** The values in the text: those that the template named first, then the first of each kind in the words. */
function collectCaptures(
  text: string,
  parts: readonly TextPart[],
  located: Located,
  match: Match | undefined,
  at: Int32Array,
): Record<string, string> {
  const captures: Record<string, string> = {};
  for (const { name, start, end } of match?.captures ?? []) {
    if (end <= start) continue;
    const value = text.slice(at[start], (at[end - 1] as number) + 1).replace(/^[\s.,;:]+|[\s.,;:]+$/g, "");
    if (value && !Object.hasOwn(captures, name)) captures[name] = value;
  }
  const inside = (p: TextPart) => p.start >= located.start && p.end <= located.end;
  for (const preferInside of [true, false]) {
    for (const p of parts) {
      if (inside(p) !== preferInside || p.role === "host") continue;
      if (!Object.hasOwn(captures, p.role)) captures[p.role] = p.value;
    }
  }
  // A mask in the place of an address is no address.
  const ip = captures.ip;
  if (ip !== undefined && !/^[0-9a-f:.]+$/i.test(ip)) delete captures.ip;
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
function fillSteps(steps: Explanation["steps"], captures: () => Record<string, string>): Explanation["steps"] {
  if (!steps.some((s) => s.link?.includes("{"))) return steps;
  return steps.map((s) => {
    if (!s.link?.includes("{")) return s;
    const link = fill(s.link, captures());
    return link === undefined ? { who: s.who, do: s.do } : { ...s, link };
  });
}

function fillLookups(lookups: Explanation["lookups"], captures: Record<string, string>): Explanation["lookups"] {
  return lookups.flatMap(({ label, url }) => {
    const filled = fill(url, captures);
    return filled === undefined ? [] : [{ label, url: filled }];
  });
}
