/**
 * The rule set as the paste box loads it. `pack` (at build time) leaves out what the classifier can do
 * without and writes columns instead of objects; `unpack` (in the browser) gives the classifier its rule set
 * back. Names, titles, meanings and steps come in a second file, `packDetails`, right after the first.
 */
import type { ClassifierProvider, ClassifierRule, ClassifierRuleSet } from "../classifier/index.ts";
import type { Rule, RuleCause, RuleSet } from "../model/rule-set.ts";
import { ACTIONS, CAUSES, KINDS, PARTIES, PROVIDER_TYPES, SEVERITIES, STRENGTHS } from "../model/vocabulary.ts";

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
];
type PackedCode = [code: string, name: string, meaning: string, cause: number, vague: 0 | 1];

export interface Packed {
  version: string;
  causes: PackedCause[];
  codes: PackedCode[];
  providers: PackedProvider[];
  /** Columns, a value for each rule, by provider: like beside like compresses best. A rule's templates by line, rules set apart by an empty line; a tab and a number give the strength. */
  templates: string;
  cause: number[];
  reply: string;
  status: string;
  /** Only what differs from the cause, 0 where nothing does. */
  differs: (Differs | 0)[];
}
export interface PackedDetails {
  /** Per rule, in the order of the first file. */
  rules: [
    slug: string,
    title: string,
    meaning: string,
    steps: PackedSteps,
    misleading: string | 0,
    tell: string | 0,
    lookups: [label: string, url: string][],
  ][];
  /** Per provider the meanings of its tokens. */
  tokens: string[][];
}

type Steps = RuleCause["steps"];
const packSteps = (steps: Steps): PackedSteps =>
  steps.map((s) => (s.link === undefined ? [PARTIES.indexOf(s.who), s.do] : [PARTIES.indexOf(s.who), s.do, s.link]));
const unpackSteps = (steps: PackedSteps): Steps =>
  steps.map(([who, what, link]) => {
    const step = { who: PARTIES[who] ?? "nobody", do: what };
    return link === undefined ? step : { ...step, link };
  });

/** The rules in the order in which both files carry them. */
const inOrder = (set: RuleSet) =>
  set.providers.map((provider) => ({ provider, rules: set.rules.filter((r) => r.provider === provider.slug) }));

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

export function pack(set: RuleSet): Packed {
  const causes = new Map(set.causes.map((c) => [c.id, c]));
  const groups = inOrder(set);
  const rules = groups.flatMap((g) => g.rules);
  const line = (text: string) => text.replace(/\s+/g, " ");
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
    ]),
    codes: set.codes.map((c) => [c.code, c.name, c.meaning, CAUSES.indexOf(c.cause), c.vague ? 1 : 0]),
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

export function packDetails(set: RuleSet): PackedDetails {
  const groups = inOrder(set);
  return {
    rules: groups.flatMap(({ provider, rules }) =>
      rules.map((r): PackedDetails["rules"][number] => [
        r.id.slice(provider.slug.length + 1),
        r.title,
        r.meaning,
        packSteps(r.steps),
        r.misleading ?? 0,
        r.tell_recipient ?? 0,
        r.lookups.map((l) => [l.label, l.url]),
      ]),
    ),
    tokens: groups.map(({ provider }) => provider.tokens.map((t) => t.meaning)),
  };
}

const words = (s: string) => (s === "" ? [] : s.split(" "));

export function unpack(packed: Packed): ClassifierRuleSet {
  const causes = packed.causes.map(
    ([name, group, because, kind, follows, action, soft, severity, mend, summary, steps, tell], i) =>
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
      }) as RuleCause,
  );
  const providers: ClassifierProvider[] = [];
  const rules: ClassifierRule[] = [];
  const templates = packed.templates.split("\n\n");
  const reply = packed.reply.split(";");
  const status = packed.status.split(";");
  let next = 0;
  for (const [slug, name, type, mx, fingerprints, tokens, count] of packed.providers) {
    providers.push({
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
      const c = causes[packed.cause[next] ?? 0] as RuleCause;
      const d = packed.differs[next] || {};
      rules.push({
        // A number until the details come, with as many digits as keep the order.
        id: `${slug}/${String(next).padStart(5, "0")}`,
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
  return {
    causes,
    providers,
    codes: packed.codes.map(([code, name, meaning, cause, vague]) => ({
      code,
      name,
      meaning,
      cause: CAUSES[cause] ?? "unknown",
      vague: vague === 1,
    })),
    rules,
  };
}

/** Fills names, titles, meanings and steps into an unpacked set; make a classifier of it afterwards. */
export function addDetails(set: ClassifierRuleSet, details: PackedDetails): void {
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
    rule.lookups = lookups.map(([label, url]) => ({ label, url }));
  });
  set.providers.forEach((provider, i) => {
    provider.tokens.forEach((token, k) => {
      token.meaning = details.tokens[i]?.[k] ?? "";
    });
  });
}
