/**
 * The compiler: content files in, rule set out. Pure and deterministic: it reads no file and no clock.
 * It reports all faults at once and gives a rule set only when there is none.
 */
import { createHash } from "node:crypto";
import type { z } from "zod";
import { rankOf } from "../classifier/rank.ts";
import {
  CAUSES,
  type Cause,
  type Code,
  causeSchema,
  codeId,
  codeSchema,
  entrySlug,
  type Guide,
  guideSchema,
  type Provider,
  providerSchema,
  type Response,
  RULE_SET_SCHEMA,
  type Rule,
  type RuleSet,
  redirectSchema,
  responseSchema,
  slug as slugSchema,
} from "../model/index.ts";
import { parseTemplate, type Template, TemplateError, templateToRegex } from "../template/index.ts";
import { checkAmbiguity } from "./ambiguity.ts";
import { checkBody } from "./body.ts";
import { checkExamples } from "./examples.ts";
import { type Fault, sortFaults } from "./fault.ts";
import { SourceFile, type SourceText } from "./source-file.ts";

export interface Parsed<T> {
  id: string;
  file: SourceFile;
  data: T;
}

/** The content, validated: what the site and the lint rules read. */
export interface Content {
  providers: Parsed<Provider>[];
  entries: Parsed<Response>[];
  redirects: Parsed<{ moved_to: string[] }>[];
  causes: Parsed<Cause>[];
  codes: Parsed<Code>[];
  guides: Parsed<Guide>[];
}

export interface Compiled {
  /** Undefined where there are faults. */
  ruleSet: RuleSet | undefined;
  content: Content;
  faults: Fault[];
}

/**
 * Compiles content files.
 * @param sources all files of the content folder
 * @returns the rule set, or every fault, sorted by place
 */
export function compile(sources: readonly SourceText[]): Compiled {
  const content: Content = { providers: [], entries: [], redirects: [], causes: [], codes: [], guides: [] };
  const files: SourceFile[] = [];
  for (const source of [...sources].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const file = new SourceFile(source);
    files.push(file);
    sortIn(file, content);
    checkBody(file);
  }
  const templates = parseTemplates(content);
  checkReferences(content);
  checkAmbiguity(content, templates);
  const faultsSoFar = files.some((f) => f.faults.length > 0);
  const ruleSet = buildRuleSet(content, templates);
  // Examples are tried even where other files have faults, so that one run shows all there is to mend.
  checkExamples(content, ruleSet);
  const faults = sortFaults(files.flatMap((f) => f.faults));
  return { ruleSet: faultsSoFar || faults.length > 0 ? undefined : ruleSet, content, faults };
}

/** Sends a file to its schema by its path. */
function sortIn(file: SourceFile, content: Content): void {
  const path = file.path.replace(/\.mdx$/, "").split("/");
  const read = <S extends z.ZodType>(schema: S, list: Parsed<z.output<S>>[], id: string) => {
    const data = file.parse(schema);
    if (data !== undefined) list.push({ id, file, data });
  };
  const nameIs = (schema: z.ZodType, name: string, what: string) => {
    const result = schema.safeParse(name);
    if (!result.success)
      file.fault(
        "path",
        1,
        1,
        `${what} «${name}»: ${result.error.issues[0]?.message ?? "not valid"}`,
        "Rename the file or folder.",
      );
    return result.success;
  };
  const [folder, first = "", second = ""] = path;
  if (!file.path.endsWith(".mdx")) {
    file.fault("path", 1, 1, "Only .mdx files belong into content.", "Rename or remove the file.");
  } else if (folder === "providers" && path.length === 3) {
    if (!nameIs(slugSchema, first, "The provider's folder")) return;
    if (second === "index") read(providerSchema, content.providers, first);
    else if (nameIs(entrySlug, second, "The entry's file name")) {
      const moved = typeof file.data === "object" && file.data !== null && "moved_to" in file.data;
      if (moved) read(redirectSchema, content.redirects, `${first}/${second}`);
      else read(responseSchema, content.entries, `${first}/${second}`);
    }
  } else if (folder === "causes" && path.length === 2) {
    if ((CAUSES as readonly string[]).includes(first)) read(causeSchema, content.causes, first);
    else
      file.fault("path", 1, 1, `«${first}» is no cause.`, "The list of causes is closed: see src/model/vocabulary.ts.");
  } else if (folder === "codes" && path.length === 2) {
    if (nameIs(codeId, first, "The code's file name")) read(codeSchema, content.codes, first);
  } else if (folder === "guides" && path.length === 2) {
    if (nameIs(slugSchema, first, "The guide's file name")) read(guideSchema, content.guides, first);
  } else {
    file.fault(
      "path",
      1,
      1,
      "A file in a place that the manual does not know.",
      "Entries live in providers/<provider>/<entry>.mdx; causes, codes and guides in their folders.",
    );
  }
}

export interface ParsedTemplate {
  template: Template;
  text: string;
  strength: "weak" | "plain" | "strong";
  /** Its place in the entry's list. */
  index: number;
}

const templateOf = (t: Response["templates"][number]) =>
  typeof t === "string" ? { text: t, strength: "plain" as const } : t;

function tryParse(file: SourceFile, path: PropertyKey[], text: string): Template | undefined {
  try {
    return parseTemplate(text);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    file.faultAt(path, "template", `The template has ${error.message}.`, error.remedy, undefined, error.picture);
    return undefined;
  }
}

function parseTemplates(content: Content): Map<string, ParsedTemplate[]> {
  const byEntry = new Map<string, ParsedTemplate[]>();
  for (const { id, file, data } of content.entries) {
    const list: ParsedTemplate[] = [];
    data.templates.forEach((t, i) => {
      const { text, strength } = templateOf(t);
      const template = tryParse(file, ["templates", i], text);
      if (template) list.push({ template, text, strength, index: i });
    });
    byEntry.set(id, list);
  }
  for (const { file, data } of content.providers) {
    for (const [i, text] of data.fingerprints.entries()) tryParse(file, ["fingerprints", i], text);
    for (const [i, token] of data.tokens.entries()) tryParse(file, ["tokens", i, "template"], token.template);
  }
  return byEntry;
}

/** Everything that one file says of another. */
function checkReferences(content: Content): void {
  const providers = new Map(content.providers.map((p) => [p.id, p]));
  const entries = new Set(content.entries.map((e) => e.id));
  const redirects = new Set(content.redirects.map((e) => e.id));
  const orphan = new Set<string>();
  for (const { id, file, data } of content.entries) {
    const provider = id.split("/")[0] as string;
    if (!providers.has(provider) && !orphan.has(provider)) {
      orphan.add(provider);
      file.fault(
        "reference",
        1,
        1,
        `The provider «${provider}» has no page.`,
        `Add content/providers/${provider}/index.mdx.`,
      );
    }
    if (data.blocklist !== undefined && providers.get(data.blocklist)?.data.type !== "blocklist") {
      file.faultAt(
        ["blocklist"],
        "reference",
        `«${data.blocklist}» is no blocklist of the manual.`,
        "Name the folder of a provider of type blocklist.",
      );
    }
  }
  for (const { file, data } of content.providers) {
    if (data.successor !== undefined && !providers.has(data.successor)) {
      file.faultAt(
        ["successor"],
        "reference",
        `«${data.successor}» is no provider of the manual.`,
        "Name the folder of a provider.",
      );
    }
  }
  for (const { id, file, data } of content.redirects) {
    data.moved_to.forEach((to, i) => {
      if (to === id)
        file.faultAt(["moved_to", i], "reference", "The entry points to itself.", "Name the entry's new id.");
      else if (redirects.has(to))
        file.faultAt(
          ["moved_to", i],
          "reference",
          `«${to}» has moved itself.`,
          "Point to where the entry is now, without a stop between.",
        );
      else if (!entries.has(to))
        file.faultAt(["moved_to", i], "reference", `«${to}» does not exist.`, "Name an entry's id: provider/entry.");
    });
  }
  const causes = new Set(content.causes.map((c) => c.id));
  const home = content.causes[0]?.file;
  if (home)
    for (const cause of CAUSES)
      if (!causes.has(cause))
        home.fault("reference", 1, 1, `The cause «${cause}» has no page.`, `Add content/causes/${cause}.mdx.`);
  uniqueHosts(content.providers);
}

/** One domain or MX host leads to one provider. */
function uniqueHosts(providers: readonly Parsed<Provider>[]): void {
  for (const field of ["domains", "mx"] as const) {
    const owners = new Map<string, string>();
    for (const { id, file, data } of providers) {
      data[field].forEach((host, i) => {
        const owner = owners.get(host);
        if (owner !== undefined)
          file.faultAt(
            [field, i],
            "reference",
            `«${host}» already belongs to ${owner}.`,
            "A host leads to one provider: remove it from the other.",
          );
        else owners.set(host, id);
      });
    }
  }
}

const byId = <T extends { id: string }>(a: T, b: T) => (a.id < b.id ? -1 : 1);

function buildRuleSet(content: Content, templates: ReadonlyMap<string, ParsedTemplate[]>): RuleSet {
  const causes = new Map(content.causes.map((c) => [c.id, c.data]));
  const providers = new Map(content.providers.map((p) => [p.id, p.data]));
  const rules: Rule[] = [];
  for (const { id, data } of [...content.entries].sort(byId)) {
    const [slug = ""] = id.split("/");
    const provider = providers.get(slug);
    const cause = causes.get(data.cause);
    if (!provider || !cause) continue;
    rules.push(ruleOf(id, slug, provider, cause, data, templates.get(id) ?? []));
  }
  const body = {
    causes: CAUSES.flatMap((id) => {
      const c = causes.get(id);
      return c
        ? [
            {
              id,
              name: c.name,
              group: c.group,
              because: c.because,
              kind: c.kind,
              follows_reply: c.follows_reply,
              action: c.action,
              soft_action: c.soft_action ?? c.action,
              severity: c.severity,
              mend: c.mend,
              summary: c.summary,
              steps: c.steps,
              tell_recipient: c.tell_recipient ?? null,
              lookups: c.lookups,
            },
          ]
        : [];
    }),
    providers: [...content.providers].sort(byId).map(({ id, data: p }) => ({
      slug: id,
      name: p.name,
      type: p.type,
      domains: p.domains,
      mx: p.mx,
      zones: p.zones,
      fingerprints: validTemplates(p.fingerprints).map(([text, t]) => ({ text, regex: templateToRegex(t) })),
      tokens: p.tokens.filter((t) => validTemplates([t.template]).length > 0),
      url: `/providers/${id}/`,
    })),
    codes: [...content.codes]
      .sort(byId)
      .map(({ id, data: c }) => ({ code: id, name: c.name, meaning: c.meaning, cause: c.cause, vague: c.vague })),
    rules,
    redirects: [...content.redirects].sort(byId).map(({ id, data }) => ({ from: id, to: data.moved_to })),
  };
  const days = [
    ...content.entries.flatMap((e) => [e.data.added, e.data.changed ?? ""]),
    ...content.providers.map((p) => p.data.added),
  ].sort();
  const version = (days.at(-1) ?? "1970-01-01").replaceAll("-", ".");
  const head = { schema: RULE_SET_SCHEMA, version, license: "MIT" } as const;
  const generated = `sha256-${createHash("sha256")
    .update(JSON.stringify({ ...head, ...body }))
    .digest("hex")}`;
  return { schema: head.schema, version, generated, license: head.license, ...body };
}

function validTemplates(texts: readonly string[]): [string, Template][] {
  return texts.flatMap((text) => {
    try {
      return [[text, parseTemplate(text)] as [string, Template]];
    } catch {
      return []; // reported where it stands
    }
  });
}

function ruleOf(
  id: string,
  slug: string,
  provider: Provider,
  cause: Cause,
  data: Response,
  templates: readonly ParsedTemplate[],
): Rule {
  return {
    id,
    provider: slug,
    title: data.title,
    cause: data.cause,
    kind: data.kind ?? cause.kind,
    follows_reply: data.kind === undefined && cause.follows_reply,
    action: data.action ?? cause.action,
    soft_action: data.action ?? cause.soft_action ?? cause.action,
    severity: data.severity ?? cause.severity,
    reply: data.reply,
    status: data.status,
    distinctive: data.distinctive,
    blocklist: data.blocklist ?? null,
    templates: templates.map(({ template, text, strength }) => ({
      text,
      strength,
      regex: templateToRegex(template),
      rank: rankOf(provider.type, data.distinctive, strength, template.literals),
    })),
    meaning: data.meaning,
    misleading: data.misleading ?? null,
    steps: data.steps,
    tell_recipient: data.tell_recipient === "none" ? "" : (data.tell_recipient ?? null),
    lookups: data.lookups,
    url: `/providers/${id}/`,
    until: data.until ?? null,
  };
}
