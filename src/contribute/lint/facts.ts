/** What several rules need to know of the whole content, worked out once. */
import { type Classifier, createClassifier } from "../../classifier/index.ts";
import type { Content, Parsed } from "../../compiler/compile.ts";
import type { SourceFile } from "../../compiler/source-file.ts";
import type { Explanation } from "../../model/explanation.ts";
import type { Cause, Provider, RuleSet } from "../../model/index.ts";

/** An example of an entry, and what the classifier says of it. */
export interface Tried {
  entry: string;
  index: number;
  text: string;
  told: Explanation;
}

export class Facts {
  readonly content: Content;
  readonly ruleSet: RuleSet | undefined;
  /** The day of the run, written 2026-11-23. */
  readonly today: string;
  readonly providers: ReadonlyMap<string, Provider>;
  readonly causes: ReadonlyMap<string, Cause>;
  /** All files that could be read, in order. */
  readonly files: readonly SourceFile[];
  private tried: Tried[] | undefined;
  private classifier: Classifier | undefined;

  /** @param ruleSet the rules to try texts with; undefined where nothing could be compiled */
  constructor(content: Content, ruleSet: RuleSet | undefined, today: string) {
    this.content = content;
    this.ruleSet = ruleSet;
    this.today = today;
    this.providers = new Map(content.providers.map((p) => [p.id, p.data]));
    this.causes = new Map(content.causes.map((c) => [c.id, c.data]));
    this.files = allParsed(content).map((p) => p.file);
  }

  /** The classifier over the rules; undefined where there are none. */
  get classify(): Classifier | undefined {
    if (!this.classifier && this.ruleSet) this.classifier = createClassifier(this.ruleSet);
    return this.classifier;
  }

  /** All examples with their verdicts. */
  get examples(): readonly Tried[] {
    const { classify } = this;
    if (!classify) return [];
    this.tried ??= this.content.entries.flatMap(({ id, data }) =>
      data.examples.map((x, index) => ({
        entry: id,
        index,
        text: x.text,
        told: classify(x.text, { recipient: x.recipient, mx: x.mx }),
      })),
    );
    return this.tried;
  }

  /** Whether a host belongs to a provider of the manual, or is a public place where its pages stand. */
  readonly isPublicHost = (host: string): boolean => {
    this.publicHosts ??= publicHostsOf(this.content);
    let name = host.toLowerCase();
    while (name.includes(".")) {
      if (this.publicHosts.has(name)) return true;
      name = name.slice(name.indexOf(".") + 1);
    }
    return false;
  };
  private publicHosts: Set<string> | undefined;
}

/** Every part of the content, with its file. */
export function allParsed(content: Content): Parsed<object>[] {
  return [
    ...content.providers,
    ...content.entries,
    ...content.redirects,
    ...content.causes,
    ...content.codes,
    ...content.guides,
  ];
}

/** The last two parts of a name, or three where the last are a country's and a class (co.uk). */
export function registrable(host: string): string {
  const parts = host.toLowerCase().replace(/\.$/, "").split(".");
  const two = /^(?:co|com|org|net|ac|gov|ne|or|go)$/.test(parts.at(-2) ?? "") && (parts.at(-1) ?? "").length === 2;
  return parts.slice(two ? -3 : -2).join(".");
}

export const hostOf = (url: string): string => {
  try {
    return new URL(url).hostname;
  } catch {
    return "";
  }
};

/** The hosts that a provider is known by. */
export function hostsOf(provider: Provider): string[] {
  const addresses = [...provider.links.map((l) => l.url), ...provider.sources.map((s) => s.url)];
  const inTemplates = [...provider.fingerprints, ...provider.tokens.map((t) => t.template)].flatMap(
    (t) => t.match(/(?:[a-z0-9-]+\.)+[a-z]{2,24}/gi) ?? [],
  );
  return [
    ...provider.domains,
    ...provider.mx,
    ...provider.zones,
    ...inTemplates,
    ...addresses.map(hostOf).filter((h) => h !== ""),
  ].map((h) => h.toLowerCase());
}

function publicHostsOf(content: Content): Set<string> {
  const hosts = new Set<string>();
  for (const { data } of content.providers) {
    for (const host of hostsOf(data)) {
      hosts.add(host);
      hosts.add(registrable(host));
    }
  }
  return hosts;
}
