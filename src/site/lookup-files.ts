/** The data files of the paste box and of the analysis, with their hash in the name, so that they can be kept for good. */
import { createHash } from "node:crypto";
import { pack, packDetails } from "../lookup/wire.ts";
import type { RuleSet } from "../model/rule-set.ts";
import { linkTo } from "./address.ts";
import { getManual } from "./manual.ts";

/** Step links as this site serves them: below its base path, and none to a page that does not exist. */
function withLinks(set: RuleSet): RuleSet {
  const steps = (list: RuleSet["causes"][number]["steps"]) =>
    list.map(({ who, do: what, link }) => {
      const to = link === undefined ? undefined : linkTo(link);
      return to === undefined ? { who, do: what } : { who, do: what, link: to };
    });
  return {
    ...set,
    causes: set.causes.map((c) => ({ ...c, steps: steps(c.steps) })),
    rules: set.rules.map((r) => ({ ...r, steps: steps(r.steps) })),
  };
}

interface LookupFile {
  /** Without .json */
  name: string;
  body: string;
}

interface LookupFiles {
  rules: LookupFile;
  details: LookupFile;
  /** The recipient domains of the providers: of use where recipients are known, so only the analysis loads them. */
  domains: LookupFile;
}

let files: LookupFiles | undefined;

export function lookupFiles(): LookupFiles {
  if (files) return files;
  const set = withLinks(getManual().ruleSet);
  const named = (name: string, data: unknown): LookupFile => {
    const body = JSON.stringify(data);
    return { name: `${name}.${createHash("sha256").update(body).digest("hex").slice(0, 10)}`, body };
  };
  files = {
    rules: named("rules", pack(set)),
    details: named("details", packDetails(set)),
    domains: named(
      "domains",
      Object.fromEntries(set.providers.filter((p) => p.domains.length > 0).map((p) => [p.slug, p.domains])),
    ),
  };
  return files;
}
