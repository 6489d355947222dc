/**
 * The rule set as the paste box loads it, in two files. The first has what a verdict needs, for the
 * providers with the most entries; the second, fetched by itself right after, has the other providers, and
 * names, titles, meanings and steps. `pack` (at build time) leaves out what the classifier can do without
 * and writes columns instead of objects; `unpack` and `addDetails` (in the browser) give it its rules back.
 */
import type { ClassifierRuleSet } from "../classifier/index.ts";
import type { Rule, RuleCause, RuleSet } from "../model/rule-set.ts";
import { ACTIONS, CAUSES, KINDS, PARTIES, PROVIDER_TYPES, SEVERITIES, STRENGTHS } from "../model/vocabulary.ts";

/** So many rules go into the first file, so that the start page keeps its weight however much the manual grows. */
const FIRST_RULES = 1100;

interface Differs {
  /** kind */ k?: number;
  /** follows_reply */ f?: 0 | 1;
  /** action */ a?: number;
  /** soft_action */ s?: number;
  /** severity */ v?: number;
  /** not distinctive */ c?: 1;
  /** blocklist */ b?: string;
}
type PackedProvider = [
  slug: string,
  name: string,
  type: number,
  mx: string,
  fingerprints: string[],
  tokens: [token: string, template: string][],
  rules: number,
];
type PackedSteps = [who: number, what: string, link?: string][];
type PackedLookups = [label: string, url: string][];
type PackedCause = [
  name: string,
  group: string,
  because: string,
  kind: number,
  follows: 0 | 1,
  action: number,
  soft: number,
  severity: number,
  mend: number[],
  summary: string,
  steps: PackedSteps,
  tell: string | 0,
  lookups: PackedLookups,
];
type PackedCode = [code: string, cause: number, vague: 0 | 1];

/** Rules of some providers in columns: like beside like compresses best. */
interface PackedRules {
  providers: PackedProvider[];
  /** A rule's templates by line, rules set apart by an empty line; a tab and a number give the strength. */
  templates: string;
  cause: number[];
  reply: string;
  status: string;
  /** Only what differs from the cause, 0 where nothing does. */
  differs: (Differs | 0)[];
}
export interface Packed {
  version: string;
  causes: PackedCause[];
  codes: PackedCode[];
  first: PackedRules;
}
export interface PackedDetails {
  /** The rules that the first file leaves out. */
  rest: PackedRules;
  /** Per rule, those of the first file first. */
  rules: [
    slug: string,
    title: string,
    meaning: string,
    steps: PackedSteps,
    misleading: string | 0,
    tell: string | 0,
    lookups: PackedLookups,
  ][];
  /** Per provider the meanings of its tokens. */
  tokens: string[][];
  /** What the standards say of the codes, in the order of the first file. */
  codes: [name: string, meaning: string][];
}

const packLookups = (lookups: RuleCause["lookups"]): PackedLookups => lookups.map((l) => [l.label, l.url]);
const unpackLookups = (lookups: PackedLookups): RuleCause["lookups"] => lookups.map(([label, url]) => ({ label, url }));
type Steps = RuleCause["steps"];
const packSteps = (steps: Steps): PackedSteps =>
  steps.map((s) => (s.link === undefined ? [PARTIES.indexOf(s.who), s.do] : [PARTIES.indexOf(s.who), s.do, s.link]));
const unpackSteps = (steps: PackedSteps): Steps =>
  steps.map(([who, what, link]) => {
    const step = { who: PARTIES[who] ?? "nobody", do: what };
    return link === undefined ? step : { ...step, link };
  });

interface Group {
  provider: RuleSet["providers"][number];
  rules: Rule[];
}

/** The providers of each file: common words and those with the most rules in the first. */
function halves(set: RuleSet): [first: Group[], rest: Group[]] {
  const groups = set.providers
    .map((provider) => ({ provider, rules: set.rules.filter((r) => r.provider === provider.slug) }))
    .sort(
      (a, b) =>
        Number(b.provider.type === "common") - Number(a.provider.type === "common") || b.rules.length - a.rules.length,
    );
  let sum = 0;
  let cut = groups.findIndex((g) => {
    sum += g.rules.length;
    return sum > FIRST_RULES;
  });
  if (cut < 0) cut = groups.length;
  return [groups.slice(0, cut), groups.slice(cut)];
}

/** What a rule says otherwise than its cause. */
function differsOf(r: Rule, cause: RuleCause | undefined): Differs | 0 {
  const d: Differs = {};
  if (r.kind !== cause?.kind) d.k = KINDS.indexOf(r.kind);
  if (r.follows_reply !== cause?.follows_reply) d.f = r.follows_reply ? 1 : 0;
  if (r.action !== cause?.action) d.a = ACTIONS.indexOf(r.action);
  if (r.soft_action !== cause?.soft_action) d.s = ACTIONS.indexOf(r.soft_action);
  if (r.severity !== cause?.severity) d.v = SEVERITIES.indexOf(r.severity);
  if (!r.distinctive) d.c = 1;
  if (r.blocklist !== null) d.b = r.blocklist;
  return Object.keys(d).length > 0 ? d : 0;
}

function packRules(groups: readonly Group[], causes: ReadonlyMap<string, RuleCause>): PackedRules {
  const rules = groups.flatMap((g) => g.rules);
  const line = (text: string) => text.replace(/\s+/g, " ");
  return {
    providers: groups.map(({ provider: p, rules: own }) => [
      p.slug,
      p.name,
      PROVIDER_TYPES.indexOf(p.type),
      p.mx.join(" "),
      p.fingerprints.map((f) => f.text),
      p.tokens.map((t) => [t.token, t.template === t.token ? "" : t.template]),
      own.length,
    ]),
    templates: rules
      .map((r) =>
        r.templates
          .map((t) => (t.strength === "plain" ? line(t.text) : `${line(t.text)}\t${STRENGTHS.indexOf(t.strength)}`))
          .join("\n"),
      )
      .join("\n\n"),
    cause: rules.map((r) => CAUSES.indexOf(r.cause)),
    reply: rules.map((r) => r.reply.join(" ")).join(";"),
    status: rules.map((r) => r.status.join(" ")).join(";"),
    differs: rules.map((r) => differsOf(r, causes.get(r.cause))),
  };
}

/** The first file. */
export function pack(set: RuleSet): Packed {
  return {
    version: set.version,
    causes: set.causes.map((c) => [
      c.name,
      c.group,
      c.because,
      KINDS.indexOf(c.kind),
      c.follows_reply ? 1 : 0,
      ACTIONS.indexOf(c.action),
      ACTIONS.indexOf(c.soft_action),
      SEVERITIES.indexOf(c.severity),
      c.mend.map((m) => PARTIES.indexOf(m)),
      c.summary,
      packSteps(c.steps),
      c.tell_recipient ?? 0,
      packLookups(c.lookups),
    ]),
    codes: set.codes.map((c) => [c.code, CAUSES.indexOf(c.cause), c.vague ? 1 : 0]),
    first: packRules(halves(set)[0], new Map(set.causes.map((c) => [c.id, c]))),
  };
}

/** The second file. */
export function packDetails(set: RuleSet): PackedDetails {
  const [first, rest] = halves(set);
  const groups = [...first, ...rest];
  return {
    rest: packRules(rest, new Map(set.causes.map((c) => [c.id, c]))),
    rules: groups.flatMap(({ provider, rules }) =>
      rules.map((r): PackedDetails["rules"][number] => [
        r.id.slice(provider.slug.length + 1),
        r.title,
        r.meaning,
        packSteps(r.steps),
        r.misleading ?? 0,
        r.tell_recipient ?? 0,
        packLookups(r.lookups),
      ]),
    ),
    tokens: groups.map(({ provider }) => provider.tokens.map((t) => t.meaning)),
    codes: set.codes.map((c) => [c.name, c.meaning]),
  };
}

const words = (s: string) => (s === "" ? [] : s.split(" "));

export function unpack(packed: Packed): ClassifierRuleSet {
  const causes = packed.causes.map(
    ([name, group, because, kind, follows, action, soft, severity, mend, summary, steps, tell, lookups], i) =>
      ({
        id: CAUSES[i],
        name,
        group,
        because,
        kind: KINDS[kind],
        follows_reply: follows === 1,
        action: ACTIONS[action],
        soft_action: ACTIONS[soft],
        severity: SEVERITIES[severity],
        mend: mend.map((m) => PARTIES[m]),
        summary,
        steps: unpackSteps(steps),
        tell_recipient: tell === 0 ? null : tell,
        lookups: unpackLookups(lookups),
      }) as RuleCause,
  );
  const set: ClassifierRuleSet = {
    causes,
    providers: [],
    codes: packed.codes.map(([code, cause, vague]) => ({
      code,
      name: code,
      meaning: "",
      cause: CAUSES[cause] ?? "unknown",
      vague: vague === 1,
    })),
    rules: [],
  };
  addRules(set, packed.first);
  return set;
}

function addRules(set: ClassifierRuleSet, packed: PackedRules): void {
  const templates = packed.templates.split("\n\n");
  const reply = packed.reply.split(";");
  const status = packed.status.split(";");
  let next = 0;
  for (const [slug, name, type, mx, fingerprints, tokens, count] of packed.providers) {
    set.providers.push({
      slug,
      name,
      type: PROVIDER_TYPES[type] ?? "common",
      // Only a caller who knows the recipient needs them; the page knows nothing but the text.
      domains: [],
      mx: words(mx),
      fingerprints: fingerprints.map((text) => ({ text })),
      tokens: tokens.map(([token, template]) => ({ token, template: template || token, meaning: "" })),
    });
    for (const end = next + count; next < end; next++) {
      const c = set.causes[packed.cause[next] ?? 0] as RuleCause;
      const d = packed.differs[next] || {};
      set.rules.push({
        // A number until the details come, with as many digits as keep the order.
        id: `${slug}/${String(set.rules.length).padStart(5, "0")}`,
        provider: slug,
        title: c.name,
        cause: c.id,
        kind: KINDS[d.k ?? -1] ?? c.kind,
        follows_reply: d.f === undefined ? c.follows_reply : d.f === 1,
        action: ACTIONS[d.a ?? -1] ?? c.action,
        soft_action: ACTIONS[d.s ?? -1] ?? c.soft_action,
        severity: SEVERITIES[d.v ?? -1] ?? c.severity,
        reply: words(reply[next] ?? "").map(Number),
        status: words(status[next] ?? ""),
        distinctive: d.c !== 1,
        blocklist: d.b ?? null,
        templates: (templates[next] ?? "").split("\n").map((t) => {
          const [text = "", strength] = t.split("\t");
          return { text, strength: STRENGTHS[Number(strength ?? 1)] ?? "plain" };
        }),
      });
    }
  }
}

/** Adds the other rules to an unpacked set, and names, titles, meanings and steps to all; make a classifier of it afterwards. */
export function addDetails(set: ClassifierRuleSet, details: PackedDetails): void {
  addRules(set, details.rest);
  set.rules.forEach((rule, i) => {
    const row = details.rules[i];
    if (!row) return;
    const [slug, title, meaning, steps, misleading, tell, lookups] = row;
    rule.id = `${rule.provider}/${slug}`;
    rule.title = title;
    rule.meaning = meaning;
    rule.steps = unpackSteps(steps);
    rule.misleading = misleading === 0 ? null : misleading;
    rule.tell_recipient = tell === 0 ? null : tell;
    rule.lookups = unpackLookups(lookups);
  });
  set.providers.forEach((provider, i) => {
    provider.tokens.forEach((token, k) => {
      token.meaning = details.tokens[i]?.[k] ?? "";
    });
  });
  set.codes.forEach((code, i) => {
    [code.name = code.code, code.meaning = ""] = details.codes[i] ?? [];
  });
}
