/** The classifier: text in, Explanation out. No dependency, no Node: runs in browsers, workers and on the edge. */
import type { Alternative, Explanation } from "../model/explanation.ts";
import type { Rule, RuleCause, RuleProvider, RuleSet } from "../model/rule-set.ts";
import type { Basis, CauseId, Kind, Strength } from "../model/vocabulary.ts";
import { fold, type Match, matchTemplate, parseTemplate, type Template } from "../template/index.ts";
import { AnchorIndex } from "./anchor-index.ts";
import { CodeTable } from "./code-table.ts";
import { type Context, Evidence } from "./evidence.ts";
import { findParts, type TextPart } from "./parts.ts";
import { agreementOf, baseOf, scoreOf } from "./rank.ts";
import { type Located, locateReply } from "./reply.ts";
import { buildSpans, type Marked } from "./spans.ts";
import { disagreementsOf, kindOf } from "./verdict.ts";

/** Longer texts are cut here: no reply is near it, and a cut keeps time and memory bounded. UTF-16 units. */
export const MAX_TEXT_LENGTH = 100_000;
/** So many alternatives are of use to a reader. */
const MAX_ALTERNATIVES = 8;
/** A match outside the innermost words counts as if it were so much weaker. */
const OUTSIDE = 3000;

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
  | { use: "rule"; rule: ClassifierRule; provider: ClassifierProvider; strength: Strength; text: string }
  | { use: "fingerprint"; provider: ClassifierProvider }
  | { use: "token"; provider: ClassifierProvider; meaning: string; token: string };

interface RuleMatch {
  rule: ClassifierRule;
  provider: ClassifierProvider;
  strength: Strength;
  template: Template;
  match: Match;
  inside: boolean;
  score: number;
  confirmed: boolean;
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
      uses.push({ use: "rule", rule, provider, strength, text });
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
  const index = new AnchorIndex(templates);
  const codes = new CodeTable(rules.codes);
  const evidence = new Evidence(rules.providers);
  /** In which text each template was last found, so that none is tried again after it matched. */
  const stamps = new Uint32Array(templates.length);
  let stamp = 0;

  interface Found {
    use: Use;
    template: Template;
    match: Match;
  }

  const findAll = (folded: string): Found[] => {
    const found: Found[] = [];
    stamp += 2;
    if (stamp > 0xfffffff0) {
      stamps.fill(0);
      stamp = 2;
    }
    index.search(folded, (id, at) => {
      // stamp: searched in vain from anywhere; stamp + 1: matched.
      const mark = stamps[id] as number;
      if (mark === stamp + 1 || (mark === stamp && at < 0)) return;
      const template = templates[id] as Template;
      const match = matchTemplate(template, folded, at < 0 ? undefined : at);
      if (match) {
        stamps[id] = stamp + 1;
        found.push({ use: uses[id] as Use, template, match });
      } else if (at < 0) stamps[id] = stamp;
    });
    return found;
  };

  const readText = (text: string, located: Located, context: Context | undefined, join: boolean) => {
    const folded = fold(text, join);
    const found = findAll(folded.text);
    const at = (offset: number) => folded.at[offset] as number;
    const inside = (m: Match) => at(m.start) >= located.start && at(m.start) < located.end;
    const marked: Marked[] = [];
    const fingerprints = new Set<string>();
    const outsideFingerprints = new Set<string>();
    for (const { use, match } of found) {
      if (use.use === "rule") continue;
      (inside(match) ? fingerprints : outsideFingerprints).add(use.provider.slug);
      marked.push({
        start: at(match.start),
        end: at(match.end - 1) + 1,
        role: use.use,
        ref: use.provider.slug,
        note: use.use === "token" ? use.meaning : undefined,
      });
    }
    const confirmed = evidence.confirm(fingerprints, outsideFingerprints, located.host, context);
    const reply = located.reply ? Number(located.reply.value) : undefined;
    const status = located.status?.value;
    const matches: RuleMatch[] = [];
    for (const { use, template, match } of found) {
      if (use.use !== "rule") continue;
      const isConfirmed = confirmed.has(use.provider.slug);
      const within = inside(match);
      const base = baseOf(use.provider.type, use.rule.distinctive, use.strength, isConfirmed);
      const score = scoreOf(base, template.literals, agreementOf(use.rule, reply, status)) - (within ? 0 : OUTSIDE);
      matches.push({
        rule: use.rule,
        provider: use.provider,
        strength: use.strength,
        template,
        match,
        inside: within,
        score,
        confirmed: isConfirmed,
      });
    }
    matches.sort(
      (a, b) =>
        b.score - a.score || (a.rule.id < b.rule.id ? -1 : a.rule.id > b.rule.id ? 1 : a.match.start - b.match.start),
    );
    return { folded, at, matches, marked, confirmed };
  };

  return (given, context) => {
    const raw = typeof given === "string" ? given : given === undefined || given === null ? "" : String(given);
    const truncated = raw.length > MAX_TEXT_LENGTH;
    const text = truncated ? raw.slice(0, MAX_TEXT_LENGTH) : raw;
    const located = locateReply(text);
    let read = readText(text, located, context, false);
    if (needsJoin(read.matches[0], text)) {
      // Perhaps the text was folded inside words: read it once more without the breaks.
      const joined = readText(text, located, context, true);
      if ((joined.matches[0]?.score ?? 0) > (read.matches[0]?.score ?? 0)) read = joined;
    }
    const parts = findParts(text);
    return explain(text, located, read, parts, truncated);
  };

  function explain(
    text: string,
    located: Located,
    read: ReturnType<typeof readText>,
    parts: TextPart[],
    truncated: boolean,
  ): Explanation {
    const { matches, marked, confirmed, at } = read;
    const reply = located.reply ? Number(located.reply.value) : undefined;
    const status = located.status?.value;
    const best = matches[0];
    const byCode = codes.lookup(reply, status);
    // Weak words lose to a code that says something definite.
    const useMatch =
      best !== undefined &&
      !(best.strength === "weak" && byCode !== undefined && !byCode.vague && byCode.cause !== "unknown");
    const alternatives: Alternative[] = [];
    let basis: Basis = "none";
    let cause: CauseId = "unknown";
    let entry: string | undefined;
    let provider: string | undefined;
    let rule: ClassifierRule | undefined;
    const possible = new Set<string>();
    if (best && useMatch) {
      cause = best.rule.cause;
      const claims = best.provider.type !== "common" && (best.rule.distinctive || best.confirmed);
      if (claims) {
        basis = "entry";
        provider = best.provider.slug;
        entry = best.rule.id;
        rule = best.rule;
      } else {
        basis = "phrase";
        if (best.provider.type === "common") {
          entry = best.rule.id;
          rule = best.rule;
        }
      }
      for (const m of matches) {
        if (m.provider.type !== "common" && !m.rule.distinctive && !m.confirmed && m.strength !== "weak" && m.inside)
          possible.add(m.provider.slug);
      }
    } else if (byCode) {
      basis = byCode.by;
      cause = byCode.cause;
    }
    if (provider === undefined && confirmed.size === 1) provider = [...confirmed][0];
    if (provider !== undefined) possible.delete(provider);
    const causeInfo = causes.get(cause) ?? causes.get("unknown");
    const verdict = rule ?? causeInfo;
    const kind: Kind = verdict ? kindOf(verdict, reply, status) : "soft";
    const seen = new Set<string>(entry ? [entry] : []);
    for (const m of matches) {
      if (seen.has(m.rule.id) || alternatives.length >= MAX_ALTERNATIVES) continue;
      if (m === best && useMatch && entry === m.rule.id) continue;
      seen.add(m.rule.id);
      const isClaim = m.provider.type !== "common" && (m.rule.distinctive || m.confirmed);
      alternatives.push({
        cause: m.rule.cause,
        basis: isClaim ? "entry" : "phrase",
        entry: m.rule.id,
        provider: m.provider.type === "common" ? undefined : m.provider.slug,
        template: m.template.source,
      });
    }
    if (byCode && basis !== byCode.by && byCode.cause !== cause && alternatives.length < MAX_ALTERNATIVES) {
      alternatives.push({ cause: byCode.cause, basis: byCode.by });
    }
    const captures = collectCaptures(text, parts, located, useMatch ? best : undefined, at);
    const winner = useMatch ? best : undefined;
    if (winner)
      marked.push({
        start: at(winner.match.start),
        end: at(winner.match.end - 1) + 1,
        role: "words",
        ref: winner.rule.id,
        note: undefined,
      });
    return {
      cause,
      kind,
      action: verdict ? (kind === "soft" ? verdict.soft_action : verdict.action) : "retry",
      severity: rule?.severity ?? causeInfo?.severity ?? "medium",
      basis,
      title:
        rule?.title ??
        (basis === "status" || basis === "reply" ? (byCode?.name ?? "") : (causeInfo?.name ?? "Unknown reply")),
      entry,
      provider,
      blocklist: rule
        ? (rule.blocklist ?? (providers.get(rule.provider)?.type === "blocklist" ? rule.provider : undefined))
        : undefined,
      possibleProviders: [...possible],
      reply,
      status,
      meaning:
        rule?.meaning ??
        (basis === "status" || basis === "reply" ? (byCode?.meaning ?? "") : (causeInfo?.summary ?? "")),
      misleading: rule?.misleading ?? undefined,
      steps: fillSteps(rule?.steps ?? causeInfo?.steps ?? [], captures),
      tellRecipient: rule?.tell_recipient ?? causeInfo?.tell_recipient ?? undefined,
      lookups: fillLookups(rule?.lookups ?? [], captures),
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
      captures,
      spans: buildSpans(text, located, parts, marked),
      alternatives,
      truncated,
    };
  }
}

/** Worth a second reading with the line breaks removed: no sure match, and breaks inside the text. */
function needsJoin(best: RuleMatch | undefined, text: string): boolean {
  if (best && best.strength !== "weak" && best.inside && best.score >= 6000) return false;
  return /[^\s][\r\n]+[ \t]*[^\s]/.test(text);
}

/** The values in the text: those that the template named first, then the first of each kind in the words. */
function collectCaptures(
  text: string,
  parts: TextPart[],
  located: Located,
  best: RuleMatch | undefined,
  at: (offset: number) => number,
): Record<string, string> {
  const captures: Record<string, string> = Object.create(null) as Record<string, string>;
  if (best) {
    for (const c of best.match.captures) {
      if (c.end <= c.start) continue;
      const value = text.slice(at(c.start), at(c.end - 1) + 1).replace(/^[\s.,;:]+|[\s.,;:]+$/g, "");
      if (value && captures[c.name] === undefined) captures[c.name] = value;
    }
  }
  const inside = (p: TextPart) => p.start >= located.start && p.end <= located.end;
  for (const preferInside of [true, false]) {
    for (const p of parts) {
      if (inside(p) !== preferInside || p.role === "host") continue;
      if (captures[p.role] === undefined) captures[p.role] = p.value;
    }
  }
  // A mask in the place of an address is no address.
  const ip = captures.ip;
  if (ip !== undefined && !/^[0-9a-f:.]+$/i.test(ip)) delete captures.ip;
  return { ...captures };
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

function fillSteps(steps: Explanation["steps"], captures: Record<string, string>): Explanation["steps"] {
  return steps.map((s) => {
    if (s.link === undefined || !s.link.includes("{")) return { ...s };
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
