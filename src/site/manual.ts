/**
 * The content as the pages need it: compiled once, with every index that more than one page uses.
 * While content is being written it may hold faults; then the faulty files are left out and named, so
 * that the rest can be looked at. The official build stops earlier, in scripts/build-rules.ts.
 */
import { type Compiled, type Content, compile, type Parsed } from "../compiler/compile.ts";
import { formatFault } from "../compiler/fault.ts";
import { readContent } from "../compiler/read-content.ts";
import type { Cause, CauseId, Code, Guide, Provider, Response, Rule, RuleSet } from "../model/index.ts";

export interface Entry extends Parsed<Response> {
  rule: Rule;
  provider: string;
  slug: string;
}

/** One page of /codes/: a reply code, or an enhanced code with its class. */
export interface CodePage {
  code: string;
  /** The file of content/codes that describes it, if there is one. */
  described: Parsed<Code> | undefined;
  /** The file of its subject (x.7.0), where the code itself is in no standard. */
  nearest: Parsed<Code> | undefined;
  entries: Entry[];
}

export interface Manual {
  content: Content;
  ruleSet: RuleSet;
  entries: Entry[];
  entry: Map<string, Entry>;
  providers: Parsed<Provider>[];
  provider: Map<string, Parsed<Provider>>;
  causes: (Parsed<Cause> & { id: CauseId })[];
  cause: Map<string, Parsed<Cause>>;
  codes: CodePage[];
  guides: Parsed<Guide>[];
  redirects: { from: string; to: string[] }[];
}

/** Compiles; where files are faulty, compiles again without them, a few times at most. */
function compileAround(folder: string): Compiled {
  let sources = readContent(folder);
  for (let round = 0; ; round++) {
    const compiled = compile(sources);
    if (compiled.ruleSet || round === 6) return compiled;
    const faulty = new Set(compiled.faults.map((f) => f.file));
    for (const fault of compiled.faults.slice(0, 12)) console.warn(formatFault(fault));
    console.warn(`[content] left out of the site: ${faulty.size} files with faults`);
    // Without its index a provider's entries have no page to stand on.
    const folders = [...faulty].filter((f) => f.endsWith("/index.mdx")).map((f) => f.slice(0, -"index.mdx".length));
    const orphans = compiled.faults.filter((f) => f.rule === "reference" && f.message.endsWith("has no page."));
    folders.push(...orphans.map((f) => f.file.slice(0, f.file.lastIndexOf("/") + 1)));
    sources = sources.filter((s) => !faulty.has(s.path) && !folders.some((f) => f !== "" && s.path.startsWith(f)));
  }
}

const byName = (a: Parsed<{ name: string }>, b: Parsed<{ name: string }>) =>
  a.data.name.localeCompare(b.data.name, "en");

function build(): Manual {
  const { content, ruleSet } = compileAround("content");
  if (!ruleSet) throw new Error("The content cannot be compiled: run npm run build:rules to see why.");
  const rules = new Map(ruleSet.rules.map((r) => [r.id, r]));
  const entries: Entry[] = content.entries.flatMap((e) => {
    const rule = rules.get(e.id);
    const [provider = "", slug = ""] = e.id.split("/");
    return rule ? [{ ...e, rule, provider, slug }] : [];
  });
  entries.sort((a, b) => a.data.title.localeCompare(b.data.title, "en"));
  const order = new Map(ruleSet.causes.map((c, i) => [c.id as string, i]));
  return {
    content,
    ruleSet,
    entries,
    entry: new Map(entries.map((e) => [e.id, e])),
    providers: [...content.providers].sort(byName),
    provider: new Map(content.providers.map((p) => [p.id, p])),
    causes: [...content.causes].sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0)) as (Parsed<Cause> & {
      id: CauseId;
    })[],
    cause: new Map(content.causes.map((c) => [c.id, c])),
    codes: codePages(content, entries),
    guides: [...content.guides].sort((a, b) => a.data.order - b.data.order),
    redirects: ruleSet.redirects,
  };
}

/** Every code of the standards in the classes it may have, and every code that an entry carries. */
function codePages(content: Content, entries: readonly Entry[]): CodePage[] {
  const described = new Map(content.codes.map((c) => [c.id, c]));
  const users = new Map<string, Entry[]>();
  const use = (code: string, entry?: Entry) => {
    const list = users.get(code) ?? [];
    if (entry) list.push(entry);
    users.set(code, list);
  };
  for (const { id, data } of content.codes) {
    if (!id.startsWith("x.")) use(id);
    else for (const c of data.classes.length > 0 ? data.classes : [4, 5]) use(`${c}${id.slice(1)}`);
  }
  for (const entry of entries) {
    for (const code of entry.data.reply) use(String(code), entry);
    for (const code of entry.data.status) use(code, entry);
  }
  const anyClass = (code: string) => (code.includes(".") ? `x${code.slice(1)}` : code);
  return [...users.entries()]
    .map(([code, list]) => ({
      code,
      described: described.get(anyClass(code)),
      nearest: code.includes(".") ? described.get(`x.${code.split(".")[1]}.0`) : described.get(`${code[0]}50`),
      entries: list,
    }))
    .sort((a, b) => compareCodes(a.code, b.code));
}

/** 5.7.2 before 5.7.10. */
export function compareCodes(a: string, b: string): number {
  const x = a.split(".").map(Number);
  const y = b.split(".").map(Number);
  for (let i = 0; i < Math.max(x.length, y.length); i++) {
    const d = (x[i] ?? -1) - (y[i] ?? -1);
    if (d !== 0) return d;
  }
  return 0;
}

let counts: Map<string, number> | undefined;

/** How many entries a provider has. */
export function entryCount(provider: string): number {
  if (!counts) {
    counts = new Map();
    for (const e of getManual().entries) counts.set(e.provider, (counts.get(e.provider) ?? 0) + 1);
  }
  return counts.get(provider) ?? 0;
}

let manual: Manual | undefined;

/** The content, compiled once a build. */
export function getManual(): Manual {
  manual ??= build();
  return manual;
}
