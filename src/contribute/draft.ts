/** A new entry from a pasted reply: what can be known is filled in, what cannot is named. Pure: no clock, no files. */
import { type ClassifierRuleSet, createClassifier } from "../classifier/index.ts";
import type { Explanation } from "../model/explanation.ts";
import type { RuleCause, RuleSet, Step } from "../model/index.ts";
import { CAUSES, type CauseId, type SourceKind } from "../model/vocabulary.ts";
import { maskPrivate, type PrivatePart } from "./mask.ts";
import { innermost, proposeTemplates } from "./reply.ts";

export interface DraftInput {
  reply: string;
  /** The day of the draft, written 2026-11-23. */
  today: string;
  provider?: string | undefined;
  slug?: string | undefined;
  title?: string | undefined;
  meaning?: string | undefined;
  cause?: string | undefined;
  templates?: readonly string[] | undefined;
  step?: string | undefined;
  source?: string | undefined;
  kind?: SourceKind | undefined;
  recipient?: string | undefined;
  mx?: string | undefined;
}

/** What a person must still write; stands in the file as `# write: …`. */
export interface Gap {
  field: string;
  what: string;
}

export interface Draft {
  id: string;
  /** Path below content/. */
  path: string;
  text: string;
  gaps: Gap[];
  /** What was decided, and why: for the person to judge. */
  notes: string[];
}

export interface Studied {
  /** The reply with examples in the place of what is private. */
  masked: string;
  parts: PrivatePart[];
  told: Explanation;
  /** The entry that has the reply already, by the provider's own words. */
  known: string | undefined;
  /** The entry of common words that explains it now. */
  common: string | undefined;
  /** Likely providers, the likeliest first. */
  providers: string[];
  cause: CauseId | undefined;
  templates: string[];
}

/** Where a host name leads by the providers' domains, MX hosts and zones. */
function providerOfHost(rules: RuleSet, host: string): string | undefined {
  let name = host.toLowerCase();
  while (name.includes(".")) {
    const found = rules.providers.find(
      (p) =>
        p.domains.includes(name) ||
        p.mx.includes(name) ||
        p.zones.includes(name) ||
        p.fingerprints.some((f) => f.text.toLowerCase() === name),
    );
    if (found) return found.slug;
    name = name.slice(name.indexOf(".") + 1);
  }
  return undefined;
}

/** Recognises what is known in a pasted reply. */
export function study(
  rules: RuleSet,
  classify: (text: string, context?: { recipient?: string | undefined; mx?: string | undefined }) => Explanation,
  isPublicHost: (host: string) => boolean,
  input: Pick<DraftInput, "reply" | "recipient" | "mx" | "provider">,
): Studied {
  const given = input.reply.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, "").trim();
  const context = { recipient: input.recipient, mx: input.mx };
  // The whole text tells most (hosts, wrappers), but only the innermost words belong into the manual.
  const toldWhole = classify(given, context);
  const reply = innermost(given, toldWhole.spans);
  const { text: masked, parts } = maskPrivate(reply, { isPublicHost, maskHosts: true });
  const told = classify(masked, context);
  const hosts = toldWhole.spans.filter((s) => s.role === "host" || s.role === "url" || s.role === "domain");
  const providers = [
    input.provider,
    toldWhole.provider,
    ...hosts.map((s) =>
      providerOfHost(rules, s.role === "url" ? (/^https?:\/\/([^/:]+)/.exec(s.value)?.[1] ?? "") : s.value),
    ),
    ...toldWhole.possibleProviders,
    ...rules.providers
      .filter((p) => new RegExp(`\\b${p.name.replace(/[^\w ]/g, ".")}\\b`, "i").test(masked))
      .map((p) => p.slug),
  ].filter((p): p is string => p !== undefined);
  const entry = told.entry;
  return {
    masked,
    parts,
    told,
    known: told.basis === "entry" ? entry : undefined,
    common:
      told.basis === "phrase"
        ? (entry ?? told.alternatives.find((a) => a.template === told.template)?.entry)
        : undefined,
    providers: [...new Set(providers)],
    cause: told.cause === "unknown" ? undefined : told.cause,
    templates: proposeTemplates(masked, isPublicHost),
  };
}

/**
 * Writes the entry.
 * @param studied what `study` found
 * @param input what the person said; goes before what was found
 */
export function draftEntry(rules: RuleSet, studied: Studied, input: DraftInput): Draft {
  const gaps: Gap[] = [];
  const notes: string[] = [];
  const provider = input.provider ?? studied.providers[0] ?? "common";
  const cause = (input.cause as CauseId | undefined) ?? studied.cause ?? "unknown";
  const info = rules.causes.find((c) => c.id === cause);
  const owner = rules.providers.find((p) => p.slug === provider);
  const gap = (field: string, what: string): string => {
    gaps.push({ field, what });
    return `  # write: ${what}`;
  };

  if (input.cause === undefined && studied.told.basis !== "entry")
    notes.push(
      `cause ${cause}: by ${studied.told.basis === "phrase" ? "words that many servers use" : "the code alone"}; check it.`,
    );
  const { templates, distinctive, note } = chooseTemplates(rules, studied, input, provider, cause);
  if (note) notes.push(note);

  const title = input.title ?? info?.name ?? "What the reply means";
  const meaning = input.meaning ?? info?.summary ?? "What happened, and why.";
  const source = input.source ?? "https://example.com/where-the-reply-was-seen";
  const kind = input.kind ?? "observed";
  const slug = input.slug ?? slugFrom(input.title ?? templates[0] ?? cause, rules, provider);
  const { reply, status } = studied.told;

  const lines = [
    "---",
    `title: ${scalar(title)}${input.title ? "" : gap("title", "what it means, in a few plain words")}`,
    `cause: ${cause}${cause === "unknown" && input.cause === undefined ? gap("cause", "the most specific cause that the words support; see CONTRIBUTING.md") : ""}`,
    ...(reply === undefined ? [] : [`reply: [${reply}]`]),
    ...(status === undefined ? [] : [`status: [${status}]`]),
    "templates:",
    ...(templates.length > 0
      ? templates.map((t) => `  - ${scalar(t)}`)
      : [
          `  - ${scalar("the words that stay the same")}${gap("templates", "the reply's own words, with {ip}, {email}, {domain} for what varies")}`,
        ]),
    ...(distinctive ? [] : ["distinctive: false"]),
    `meaning: ${scalar(meaning)}${input.meaning ? "" : gap("meaning", "what happened and why, in one or two sentences of your own")}`,
    "steps:",
    ...stepsOf(input, info).map(
      (s) => `  - { who: ${s.who}, do: ${scalar(s.do, true)}${s.link ? `, link: ${s.link}` : ""} }`,
    ),
    "examples:",
    "  - text: |",
    ...block(studied.masked).map((l) => (l ? `      ${l}` : "")),
    `    source: ${scalar(source)}${input.source ? "" : gap("examples", "the public address where the reply was seen")}`,
    ...(input.recipient ? [`    recipient: user@${input.recipient.slice(input.recipient.lastIndexOf("@") + 1)}`] : []),
    ...(input.mx ? [`    mx: ${scalar(input.mx)}`] : []),
    "sources:",
    `  - { url: ${scalar(source, true)}, kind: ${kind}, checked: ${input.today} }${input.source ? "" : gap("sources", "the same address")}`,
    `added: ${input.today}`,
    "---",
    "",
  ];
  if (!owner && provider !== "common")
    notes.push(`${provider} is no provider of the manual yet: its page is written, too.`);
  if (!distinctive)
    notes.push("distinctive: false, since others may use these words; remove the line if only this provider does.");
  if (!input.step)
    notes.push("steps: those of the cause; name the record, header, page or form of this provider where there is one.");
  const id = `${provider}/${slug}`;
  return { id, path: `providers/${id}.mdx`, text: lines.join("\n"), gaps, notes };
}

/** The page of a provider that the manual does not have yet. */
export function draftProvider(
  slug: string,
  today: string,
  input: {
    name?: string | undefined;
    type?: string | undefined;
    domains?: readonly string[] | undefined;
    mx?: readonly string[] | undefined;
    summary?: string | undefined;
    source?: string | undefined;
  },
): Draft {
  const gaps: Gap[] = [];
  const gap = (field: string, what: string) => {
    gaps.push({ field, what });
    return `  # write: ${what}`;
  };
  const name =
    input.name ??
    slug
      .split("-")
      .map((w) => w.charAt(0).toUpperCase() + w.slice(1))
      .join(" ");
  const source = input.source ?? "https://example.com/page-of-the-provider";
  const text = [
    "---",
    `name: ${scalar(name)}${input.name ? "" : gap("name", "the name as the provider spells it")}`,
    `type: ${input.type ?? "mailbox"}${input.type ? "" : gap("type", "mailbox, filter, blocklist, server or esp")}`,
    `summary: ${scalar(input.summary ?? `${name} takes mail for its users.`)}${input.summary ? "" : gap("summary", "who this is, and who runs it")}`,
    ...(input.domains?.length ? [`domains: [${input.domains.join(", ")}]`] : []),
    ...(input.mx?.length ? [`mx: [${input.mx.join(", ")}]`] : []),
    "sources:",
    `  - { url: ${scalar(source, true)}, kind: observed, checked: ${today} }${input.source ? "" : gap("sources", "a public page that shows it")}`,
    `added: ${today}`,
    "---",
    "",
  ].join("\n");
  return { id: slug, path: `providers/${slug}/index.mdx`, text, gaps, notes: [] };
}

function stepsOf(input: DraftInput, cause: RuleCause | undefined): Step[] {
  if (input.step) return [{ who: cause?.mend[0] ?? "sender-admin", do: input.step }];
  return cause && cause.steps.length > 0
    ? cause.steps
    : [{ who: "sender-admin", do: "Read the reply; ask the postmaster of the receiving domain." }];
}

/** The shortest proposal with which the new entry wins its own reply. */
function chooseTemplates(
  rules: RuleSet,
  studied: Studied,
  input: DraftInput,
  provider: string,
  cause: CauseId,
): { templates: string[]; distinctive: boolean; note?: string } {
  const type = rules.providers.find((p) => p.slug === provider)?.type ?? "mailbox";
  const common = type === "common";
  const context = { recipient: input.recipient, mx: input.mx };
  // Ordinary words may be anybody's; without a sign of the provider they claim it only together with the context.
  const shared = studied.common !== undefined && !common;
  const proposals = input.templates?.length ? [[...input.templates]] : studied.templates.map((t) => [t]);
  const tries = proposals.flatMap((templates) =>
    shared
      ? [
          { templates, distinctive: false },
          { templates, distinctive: true },
        ]
      : [{ templates, distinctive: true }],
  );
  const rivals = new Set([studied.told.entry, ...studied.told.alternatives.map((a) => a.entry)]);
  for (const attempt of tries) {
    const rule = ruleFor(provider, cause, attempt, studied.told);
    const classify = createClassifier(withRule(rules, rule, rivals, provider, type));
    if (classify(studied.masked, context).entry === rule.id) return attempt;
  }
  const first = tries[0];
  return first
    ? { ...first, note: "No proposal wins its own reply yet: npm run check:content says which entry wins, and why." }
    : { templates: [], distinctive: true };
}

function ruleFor(
  provider: string,
  cause: CauseId,
  t: { templates: string[]; distinctive: boolean },
  told: Explanation,
) {
  return {
    id: `${provider}/this-new-entry`,
    provider,
    title: "",
    cause,
    kind: "hard" as const,
    follows_reply: true,
    action: "none" as const,
    soft_action: "none" as const,
    severity: "low" as const,
    reply: told.reply === undefined ? [] : [told.reply],
    status: told.status === undefined ? [] : [told.status],
    distinctive: t.distinctive,
    blocklist: null,
    templates: t.templates.map((text) => ({ text, strength: "plain" as const })),
  };
}

/** The rules that could win the text, and the new one: small, so that each try is quick. */
function withRule(
  rules: RuleSet,
  rule: ReturnType<typeof ruleFor>,
  rivals: ReadonlySet<string | undefined>,
  provider: string,
  type: RuleSet["providers"][number]["type"],
): ClassifierRuleSet {
  const providers = rules.providers.some((p) => p.slug === provider)
    ? rules.providers
    : [
        ...rules.providers,
        { slug: provider, name: provider, type, domains: [], mx: [], zones: [], fingerprints: [], tokens: [], url: "" },
      ];
  return {
    causes: rules.causes,
    codes: rules.codes,
    providers,
    rules: [...rules.rules.filter((r) => rivals.has(r.id)), rule],
  };
}

/** A slug from words: letters and digits, the telling ones, and none that is taken. */
export function slugFrom(words: string, rules: RuleSet, provider: string): string {
  const skip = new Set(
    "the a an is are was has have been of to for and or by in on at with your you this that it we be from please smtp error message mail email".split(
      " ",
    ),
  );
  const parts = words
    .replace(/\{[^}]*\}/g, " ")
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[^a-z0-9]+/g, " ")
    .split(" ")
    .filter((w) => w.length > 1 && !skip.has(w) && !/^\d+$/.test(w))
    .slice(0, 5);
  const taken = new Set(rules.rules.map((r) => r.id));
  let slug = parts.join("-").slice(0, 60).replace(/-+$/, "");
  if (!/[a-z]{3}/.test(slug)) slug = `reply-${slug}`.replace(/-$/, "");
  for (const more of ["another-wording", "third-wording", "older-wording"]) {
    if (!taken.has(`${provider}/${slug}`)) break;
    slug = `${slug.replace(/-(?:another|third)-wording$/, "")}-${more}`;
  }
  return slug;
}

export const isCause = (cause: string): cause is CauseId => (CAUSES as readonly string[]).includes(cause);

/** Lines for a block text: no blanks at the edges, no tabs, and none that would end the block. */
function block(text: string): string[] {
  return text
    .replace(/\t/g, " ")
    .split("\n")
    .map((line) => line.trimEnd())
    .map((line, i) => (i === 0 ? line.trimStart() : line));
}

/** A text as a YAML value: plain where nothing can be misread, else in single quotes. */
export function scalar(text: string, inFlow = false): string {
  const line = text.replace(/\s+/g, " ").trim();
  const plain =
    /^[\p{L}(]/u.test(line) &&
    !/: |:$| #/.test(line) &&
    !(inFlow && /[,[\]{}]/.test(line)) &&
    !/^(?:true|false|null|yes|no|on|off|~)$/i.test(line);
  return plain ? line : `'${line.replaceAll("'", "''")}'`;
}
