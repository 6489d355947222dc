/** What a change of the content does: to the rules, to the verdicts of stored texts, to size and speed. Pure but for the clock that is passed in. */

import { codeNumber } from "../classifier/codes.ts";
import { type Classifier, createClassifier } from "../classifier/index.ts";
import { agreementOf, baseOf, packCodes, scoreOf } from "../classifier/rank.ts";
import type { Explanation } from "../model/explanation.ts";
import type { Rule, RuleSet } from "../model/index.ts";
import { parseTemplate } from "../template/index.ts";

export interface StoredText {
  /** Where it stands: an entry's id, the negative set, a corpus file. */
  from: string;
  text: string;
  recipient?: string | undefined;
  mx?: string | undefined;
}

export interface ChangedRule {
  id: string;
  /** The fields that differ. */
  fields: string[];
}

export interface ChangedVerdict {
  from: string;
  text: string;
  before: string;
  after: string;
}

export interface Tie {
  from: string;
  text: string;
  entries: [string, string];
}

export interface Difference {
  added: string[];
  changed: ChangedRule[];
  removed: string[];
  /** Ids that were released and no longer lead anywhere: an error. */
  unresolved: string[];
  providers: { added: string[]; changed: string[]; removed: string[] };
  verdicts: ChangedVerdict[];
  ties: Tie[];
  texts: number;
  size: { before: number; after: number };
  templates: { before: number; after: number };
  /** Microseconds per text. */
  speed: { before: number; after: number };
}

export interface DiffOptions {
  /** Ids whose files are there, though a fault keeps them out of the rules: they are not removed. */
  stillThere?: ReadonlySet<string>;
  now?: () => number;
}

export function diffRules(
  before: RuleSet,
  after: RuleSet,
  texts: readonly StoredText[],
  { stillThere = new Set<string>(), now = () => performance.now() }: DiffOptions = {},
): Difference {
  const old = new Map(before.rules.map((r) => [r.id, r]));
  const present = new Map(after.rules.map((r) => [r.id, r]));
  const redirects = new Set(after.redirects.map((r) => r.from));
  const released = [...old.keys(), ...before.redirects.map((r) => r.from)];
  const classifyOld = createClassifier(before);
  const classifyNew = createClassifier(after);
  const unique = uniqueTexts(texts);
  const verdicts: ChangedVerdict[] = [];
  const ties: Tie[] = [];
  for (const t of unique) {
    const context = { recipient: t.recipient, mx: t.mx };
    const a = classifyOld(t.text, context);
    const b = classifyNew(t.text, context);
    const [was, is] = [verdictOf(a), verdictOf(b)];
    if (was !== is) verdicts.push({ from: t.from, text: t.text, before: was, after: is });
    const tie = tieOf(b, present, after);
    if (tie && tieOf(a, old, before)?.join() !== tie.join()) ties.push({ from: t.from, text: t.text, entries: tie });
  }
  return {
    added: [...present.keys()].filter((id) => !old.has(id)),
    changed: [...present.values()].flatMap((rule) => {
      const was = old.get(rule.id);
      const fields = was ? differing(was, rule) : [];
      return fields.length > 0 ? [{ id: rule.id, fields }] : [];
    }),
    removed: [...old.keys()].filter((id) => !present.has(id) && !stillThere.has(id)),
    unresolved: released.filter((id) => !present.has(id) && !redirects.has(id) && !stillThere.has(id)),
    providers: diffBySlug(before.providers, after.providers),
    verdicts,
    ties,
    texts: unique.length,
    size: { before: JSON.stringify(before).length, after: JSON.stringify(after).length },
    templates: { before: countTemplates(before), after: countTemplates(after) },
    speed: measure([classifyOld, classifyNew], unique, now),
  };
}

function uniqueTexts(texts: readonly StoredText[]): StoredText[] {
  const seen = new Set<string>();
  return texts.filter((t) => {
    const key = `${t.text}\u0000${t.recipient ?? ""}\u0000${t.mx ?? ""}`;
    return seen.has(key) ? false : seen.add(key);
  });
}

const differing = <T extends object>(a: T, b: T): string[] =>
  Object.keys({ ...a, ...b }).filter(
    (key) => key !== "regex" && JSON.stringify(a[key as keyof T]) !== JSON.stringify(b[key as keyof T]),
  );

function diffBySlug(a: RuleSet["providers"], b: RuleSet["providers"]) {
  const old = new Map(a.map((p) => [p.slug, p]));
  const present = new Map(b.map((p) => [p.slug, p]));
  return {
    added: [...present.keys()].filter((s) => !old.has(s)),
    removed: [...old.keys()].filter((s) => !present.has(s)),
    changed: [...present.values()].flatMap((p) => {
      const was = old.get(p.slug);
      return was && differing(was, p).length > 0 ? [p.slug] : [];
    }),
  };
}

const countTemplates = (rules: RuleSet) => rules.rules.reduce((sum, r) => sum + r.templates.length, 0);

/** The verdict in a line: what software and readers go by. */
const verdictOf = (e: Explanation) =>
  [e.entry ?? `(${e.basis})`, e.provider ?? "-", e.cause, e.kind, e.action].join(" · ");

/** The winner and a rival of another cause at the same score: only the order of names decides between them. */
function tieOf(told: Explanation, rules: ReadonlyMap<string, Rule>, set: RuleSet): [string, string] | undefined {
  const rival = told.alternatives[0];
  const [a, b] = [rules.get(told.entry ?? ""), rules.get(rival?.entry ?? "")];
  if (!a || !b || !rival || a.cause === b.cause) return undefined;
  const score = (rule: Rule, text: string | undefined) => {
    const type = set.providers.find((p) => p.slug === rule.provider)?.type ?? "common";
    const template = rule.templates.find((t) => t.text === text);
    if (!template) return Number.NaN;
    const base = baseOf(type, rule.distinctive, template.strength, told.provider === rule.provider);
    const status = told.status === undefined ? 0 : codeNumber(told.status);
    const agreement = agreementOf(packCodes(rule), 0, told.reply ?? 0, status);
    return scoreOf(base, parseTemplate(template.text).literals, agreement);
  };
  return score(a, told.template) === score(b, rival.template) ? [a.id, b.id] : undefined;
}

/** Microseconds per text, the best of some rounds in turn, so that a busy machine does not favour one side. */
function measure(
  [a, b]: readonly [Classifier, Classifier],
  texts: readonly StoredText[],
  now: () => number,
): { before: number; after: number } {
  const best = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < 5; round++) {
    [a, b].forEach((classify, i) => {
      const start = now();
      for (const t of texts) classify(t.text);
      best[i] = Math.min(best[i] as number, now() - start);
    });
  }
  const each = (ms: number | undefined) => ((ms ?? 0) * 1000) / Math.max(texts.length, 1);
  return { before: each(best[0]), after: each(best[1]) };
}

/** So many lines of a list are shown; the rest is counted. */
const SHOWN = 40;

/** @param form text for a terminal, markdown for a comment on a pull request */
export function printDifference(d: Difference, base: string, form: "text" | "markdown"): string {
  const md = form === "markdown";
  const code = (s: string) => (md ? `\`${s.replaceAll("`", "'")}\`` : s);
  const out: string[] = [
    md ? `### What this change does to the rules\n\nCompared with ${code(base)}.` : `Compared with ${base}:`,
  ];
  const list = (title: string, items: readonly string[]) => {
    if (items.length === 0) return;
    const lines = items.slice(0, SHOWN).map((i) => (md ? `- ${i}` : `  ${i}`));
    if (items.length > SHOWN)
      lines.push(md ? `- … and ${items.length - SHOWN} more` : `  … and ${items.length - SHOWN} more`);
    out.push(
      md
        ? `\n**${title}: ${items.length}**\n\n${lines.join("\n")}`
        : `\n${title}: ${items.length}\n${lines.join("\n")}`,
    );
  };
  list("Ids that no longer resolve (an error: leave a file with moved_to)", d.unresolved.map(code));
  list("Entries added", d.added.map(code));
  list(
    "Entries changed",
    d.changed.map((c) => `${code(c.id)}: ${c.fields.join(", ")}`),
  );
  list("Entries removed", d.removed.map(code));
  list("Providers added", d.providers.added.map(code));
  list("Providers changed", d.providers.changed.map(code));
  list("Providers removed", d.providers.removed.map(code));
  list(
    "Stored texts with another verdict",
    d.verdicts.map(
      (v) =>
        `${code(excerpt(v.text))} (${v.from})${md ? "<br>" : "\n      "}${code(v.before)}${md ? " → " : "\n    → "}${code(v.after)}`,
    ),
  );
  list(
    "New ties: two causes, equally good",
    d.ties.map((t) => `${code(excerpt(t.text))}: ${t.entries.map(code).join(" and ")}`),
  );
  const nothing = out.length === 1;
  if (nothing) out.push(md ? "\nNo rule and no verdict changes." : "\nNo rule and no verdict changes.");
  const kb = (n: number) => `${(n / 1024).toFixed(0)} KB`;
  const change = (a: number, b: number) =>
    `${b >= a ? "+" : "−"}${Math.abs(a === 0 ? 0 : ((b - a) / a) * 100).toFixed(1)} %`;
  const rows: [string, string, string, string][] = [
    ["rule set", kb(d.size.before), kb(d.size.after), change(d.size.before, d.size.after)],
    ["templates", String(d.templates.before), String(d.templates.after), change(d.templates.before, d.templates.after)],
    [
      "time per text",
      `${d.speed.before.toFixed(1)} µs`,
      `${d.speed.after.toFixed(1)} µs`,
      change(d.speed.before, d.speed.after),
    ],
  ];
  out.push(
    md
      ? `\n| | before | after | |\n|---|---|---|---|\n${rows.map((r) => `| ${r.join(" | ")} |`).join("\n")}\n\n${d.texts} stored texts were tried.`
      : `\n${rows.map(([what, a, b, c]) => `${what.padEnd(14)}${a.padStart(9)} → ${b.padEnd(9)} ${c}`).join("\n")}\n${d.texts} stored texts were tried.`,
  );
  return out.join("\n");
}

const excerpt = (text: string) => {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 110 ? `${line.slice(0, 107)}…` : line;
};
