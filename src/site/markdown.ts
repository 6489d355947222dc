/** Every page as Markdown, for people with other tools and for machines. */

import {
  ACTION_WORD,
  DOORS,
  KIND_WORD,
  PARTY_DOOR,
  PARTY_SIDE,
  SEVERITY_WORD,
  sidesInOrder,
  TYPE_WORD,
} from "../lookup/words.ts";
import {
  ACTION_MEANING,
  ACTIONS,
  BASES,
  BASIS_MEANING,
  KIND_MEANING,
  KINDS,
  PARTIES,
  PARTY_MEANING,
  SEVERITIES,
  SEVERITY_MEANING,
  type Source,
  STRENGTH_MEANING,
  STRENGTHS,
  type Step,
} from "../model/index.ts";
import { absolute, hasAnalyze } from "./address.ts";
import { changes } from "./changes.ts";
import { describeCode } from "./codes.ts";
import { actionsOf, kindsOf } from "./kinds.ts";
import { type CodePage, type Entry, getManual } from "./manual.ts";

export interface TextPage {
  /** The page's path, /codes/550/ */
  path: string;
  title: string;
  /** The day of its last change, where one is known. */
  changed?: string | undefined;
  markdown: () => string;
}

const link = (label: string, path: string) => `[${label}](${path.startsWith("/") ? absolute(path) : path})`;
const fence = (text: string) => `\`\`\`text\n${text.trim()}\n\`\`\``;
const stepsOf = (steps: readonly Step[]) =>
  DOORS.flatMap((who) => {
    const list = steps.filter((s) => s.who === who);
    return list.length === 0
      ? []
      : [
          `### ${PARTY_DOOR[who]}\n`,
          ...list.map(
            (s, i) => `${i + 1}. ${s.do}${s.link && !s.link.includes("{") ? ` (${link("more", s.link)})` : ""}`,
          ),
          "",
        ];
  });
const sourcesOf = (sources: readonly Source[]) =>
  sources.map((s) => `- <${s.url}> (${s.kind}, checked ${s.checked})${s.note ? ` ${s.note}` : ""}`);
const entryLine = (e: Entry) => `- ${link(e.data.title, `/providers/${e.id}/`)}`;
const doc = (...parts: (string | false | undefined | string[])[]) =>
  `${parts
    .flat()
    .filter((p) => p !== undefined && p !== false)
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim()}\n`;

function entryText(e: Entry): string {
  const m = getManual();
  const d = e.data;
  const cause = m.cause.get(d.cause)?.data;
  return doc(
    `# ${d.title}\n`,
    `${d.meaning}\n`,
    d.misleading && `Misleading: ${d.misleading}\n`,
    `- Provider: ${link(m.provider.get(e.provider)?.data.name ?? e.provider, `/providers/${e.provider}/`)}`,
    `- Cause: ${link(cause?.name ?? d.cause, `/causes/${d.cause}/`)}`,
    `- Kind: ${kindsOf(e)
      .map((k) => KIND_WORD[k])
      .join(" or ")}; action: ${actionsOf(e)
      .map((a) => ACTION_WORD[a])
      .join(" or ")}; severity: ${SEVERITY_WORD[e.rule.severity]}`,
    `- Acts first: ${PARTY_SIDE[d.steps[0]?.who ?? "nobody"]}`,
    d.reply.length + d.status.length > 0 && `- Codes: ${[...d.reply, ...d.status].join(", ")}`,
    d.until !== undefined && `- No longer sent since ${d.until}`,
    "\n## The exact words\n",
    fence(d.templates.map((t) => (typeof t === "string" ? t : t.text)).join("\n")),
    "\n## What to do\n",
    stepsOf(d.steps),
    !!e.rule.tell_recipient && `\n## What to tell the recipient\n\n> ${e.rule.tell_recipient}\n`,
    e.file.body.trim() && `\n${e.file.body.trim()}\n`,
    "\n## Examples\n",
    d.examples.map((x) => `${fence(x.text)}\n\nSeen at <${x.source}>\n`),
    d.history.length > 0 && ["\n## History\n", ...d.history.map((h) => `- ${h.date}: ${h.note}`)],
    "\n## Sources\n",
    sourcesOf(d.sources),
    `\nAdded ${d.added}${d.changed ? `, changed ${d.changed}` : ""}.`,
  );
}

function providerText(id: string): string {
  const m = getManual();
  const page = m.provider.get(id);
  if (!page) return "";
  const p = page.data;
  return doc(
    `# ${p.name}\n`,
    `${p.summary}\n`,
    `${TYPE_WORD[p.type]}.\n`,
    "## Entries\n",
    m.entries.filter((e) => e.provider === id).map(entryLine),
    p.tokens.length > 0 && ["\n## Tokens\n", ...p.tokens.map((t) => `- \`${t.token}\`: ${t.meaning}`)],
    p.links.length > 0 && ["\n## Where to turn\n", ...p.links.map((l) => `- ${link(l.label, l.url)}`)],
    p.requirements.length > 0 && [
      "\n## What it asks of senders\n",
      ...p.requirements.map((r) => `- ${r.text}${r.since ? ` (since ${r.since})` : ""}`),
    ],
    p.limits.length > 0 && ["\n## Limits\n", ...p.limits.map((l) => `- ${l.what}: ${l.value}`)],
    `\n${page.file.body.trim()}\n`,
    "\n## Sources\n",
    sourcesOf(p.sources),
  );
}

function causeText(id: string): string {
  const m = getManual();
  const page = m.cause.get(id);
  if (!page) return "";
  const c = page.data;
  return doc(
    `# ${c.name}\n`,
    `${c.summary}\n`,
    `- Kind: ${KIND_WORD[c.kind]}${c.follows_reply ? " (soft under a 4xx code, hard under a 5xx code)" : ""}; action: ${ACTION_WORD[c.action]}; severity: ${SEVERITY_WORD[c.severity]}`,
    `- Who can mend it: ${sidesInOrder(c.mend)}`,
    "\n## What to do\n",
    stepsOf(c.steps),
    `\n${page.file.body.trim()}\n`,
    "\n## How providers word it\n",
    m.entries
      .filter((e) => e.data.cause === id)
      .map((e) => `${entryLine(e)} (${m.provider.get(e.provider)?.data.name})`),
    c.sources.length > 0 && ["\n## Sources\n", ...sourcesOf(c.sources)],
  );
}

function codeText(page: CodePage): string {
  const { title, lead, className } = describeCode(page);
  return doc(
    `# ${page.code}: ${title}\n`,
    `${className}.\n`,
    lead,
    page.described?.data.differs && `\nUsed differently: ${page.described.data.differs}`,
    `\n${page.described?.file.body.trim() ?? ""}\n`,
    page.entries.length > 0 && ["\n## Who uses it for what\n", ...page.entries.map(entryLine)],
    "\n## Sources\n",
    sourcesOf((page.described ?? page.nearest)?.data.sources ?? []),
  );
}

let pages: TextPage[] | undefined;

/** All pages that have a Markdown twin: what sitemap and llms.txt list, too. */
export function textPages(): TextPage[] {
  if (pages) return pages;
  const m = getManual();
  const counts = `${m.entries.length} entries of ${m.providers.length} providers, ${m.causes.length} causes, ${m.codes.length} codes`;
  const terms = <K extends string>(title: string, list: readonly K[], meaning: Record<K, string>) => [
    `\n## ${title}\n`,
    ...list.map((k) => `- \`${k}\`: ${meaning[k]}`),
  ];
  pages = [
    {
      path: "/",
      title: "SMTP Field Manual",
      markdown: () =>
        doc(
          "# SMTP Field Manual\n",
          `What a bounce means, whose side must act, and what to do next: ${counts}.\n`,
          `Paste a bounce at ${absolute("/")}, or give it in the address: \`${absolute("/")}#t=\` and the text, percent-encoded.\n`,
          ...["/providers/", "/causes/", "/codes/", "/guides/", "/rules/", "/reference/"]
            .filter((p) => p !== "/guides/" || m.guides.length > 0)
            .map((p) => `- ${link(p.replaceAll("/", ""), p)}`),
        ),
    },
    {
      path: "/providers/",
      title: "Providers",
      markdown: () =>
        doc(
          "# Providers\n",
          m.providers.map(
            (p) =>
              `- ${link(p.data.name, `/providers/${p.id}/`)} (${TYPE_WORD[p.data.type].toLowerCase()}): ${p.data.summary}`,
          ),
        ),
    },
    {
      path: "/providers/matrix/",
      title: "Providers and causes",
      markdown: () =>
        doc(
          "# Providers and causes\n",
          m.providers.map((p) => {
            const own = m.entries.filter((e) => e.provider === p.id);
            return `- ${p.data.name}: ${m.causes
              .map((c) => [c.data.name, own.filter((e) => e.data.cause === c.id).length] as const)
              .filter(([, n]) => n > 0)
              .map(([n, k]) => `${n} ${k}`)
              .join(", ")}`;
          }),
        ),
    },
    {
      path: "/causes/",
      title: "Causes",
      markdown: () =>
        doc(
          "# Causes\n",
          m.causes.map((c) => `- ${link(c.data.name, `/causes/${c.id}/`)} (\`${c.id}\`): ${c.data.summary}`),
        ),
    },
    {
      path: "/codes/",
      title: "Codes",
      markdown: () =>
        doc(
          "# Codes\n",
          m.codes.map((c) => `- ${link(c.code, `/codes/${c.code}/`)} ${describeCode(c).title}`),
        ),
    },
    {
      path: "/reference/",
      title: "Terms",
      markdown: () =>
        doc(
          "# Terms",
          terms("Kind", KINDS, KIND_MEANING),
          terms("Action", ACTIONS, ACTION_MEANING),
          terms("Severity", SEVERITIES, SEVERITY_MEANING),
          terms("How an answer is known", BASES, BASIS_MEANING),
          terms("Strength of words", STRENGTHS, STRENGTH_MEANING),
          terms("Who can act", PARTIES, PARTY_MEANING),
        ),
    },
    {
      path: "/rules/",
      title: "Rules and downloads",
      markdown: () =>
        doc(
          "# Rules and downloads\n",
          `Edition ${m.ruleSet.version}: ${counts}.\n`,
          ...["/rules/v1/rules.json", "/rules/v1/rules.schema.json"].map((p) => `- <${absolute(p)}>`),
          `- <${absolute("/rules/v1/providers/")}PROVIDER.json>, one file for each provider`,
          `- <${absolute("/rules/v1/entries/")}PROVIDER/ENTRY.json>, one file for each entry`,
        ),
    },
    {
      path: "/contribute/",
      title: "Contribute",
      markdown: () =>
        doc(
          "# Contribute\n",
          "An entry is one MDX file below content/providers. CONTRIBUTING.md in the repository has the whole way.",
        ),
    },
    ...(hasAnalyze()
      ? [
          {
            path: "/analyze/",
            title: "Analyze",
            markdown: () =>
              doc(
                "# Analyze a log\n",
                "Reads logs, exports and mailboxes in the browser and shows what bounces, where, why, what changed and what to do first. Nothing is uploaded.\n",
                "The same on a command line: `smtp-field-manual report FILE`.",
              ),
          },
        ]
      : []),
    {
      path: "/changes/",
      title: "Changes",
      markdown: () =>
        doc(
          "# Changes\n",
          changes().map((c) => `- ${c.date}: ${c.what} ${link(c.title, c.path)}`),
        ),
    },
    ...m.providers.map((p) => ({
      path: `/providers/${p.id}/`,
      title: p.data.name,
      changed: p.data.added,
      markdown: () => providerText(p.id),
    })),
    ...m.entries.map((e) => ({
      path: `/providers/${e.id}/`,
      title: e.data.title,
      changed: e.data.changed ?? e.data.added,
      markdown: () => entryText(e),
    })),
    ...m.causes.map((c) => ({ path: `/causes/${c.id}/`, title: c.data.name, markdown: () => causeText(c.id) })),
    ...m.codes.map((c) => ({
      path: `/codes/${c.code}/`,
      title: `${c.code}: ${describeCode(c).title}`,
      markdown: () => codeText(c),
    })),
    ...(m.guides.length > 0
      ? [
          {
            path: "/guides/",
            title: "Guides",
            markdown: () =>
              doc(
                "# Guides\n",
                m.guides.map((g) => `- ${link(g.data.title, `/guides/${g.id}/`)}: ${g.data.description}`),
              ),
          },
        ]
      : []),
    ...m.guides.map((g) => ({
      path: `/guides/${g.id}/`,
      title: g.data.title,
      changed: g.data.changed ?? g.data.added,
      markdown: () =>
        doc(
          `# ${g.data.title}\n`,
          `${g.data.description}\n`,
          g.file.body.trim().replaceAll("](/", `](${absolute("/")}`),
          "\n## Sources\n",
          sourcesOf(g.data.sources),
        ),
    })),
  ];
  return pages;
}
