/** Loads the rules and answers. Both files are asked for by the page itself, never by what is pasted. */
import { type Classifier, type ClassifierRuleSet, createClassifier } from "../classifier/index.ts";
import type { Explanation } from "../model/explanation.ts";
import type { Names } from "./verdict.ts";
import { addDetails, type Packed, type PackedDetails, unpack } from "./wire.ts";

export interface Engine {
  explain: Classifier;
  names: Names;
  /** The name of an entry, for lists. */
  title(entry: string): string | undefined;
  version: string;
  /** The second file has arrived, or cannot be had: an answer by a code alone is no longer premature. */
  complete: boolean;
}

/**
 * @param eager answer only when all is there: a text waits already, and a second answer would move the page
 * @param onDetails called when the rest has arrived, to answer once more
 */
export async function startEngine(
  rules: string,
  details: string,
  eager: boolean,
  onDetails: () => void,
): Promise<Engine> {
  // Without the second file an answer has the meaning and steps of its cause, which stand in the first.
  const load = () =>
    fetch(details)
      .then((r) => r.json() as Promise<PackedDetails>)
      .catch(() => undefined);
  const early = eager ? load() : undefined;
  const packed = (await (await fetch(rules)).json()) as Packed;
  const set = unpack(packed);
  const engine = engineOf(set, packed.version, false);
  const add = (list: PackedDetails | undefined) => {
    if (!list) return;
    addDetails(set, list);
    Object.assign(engine, engineOf(set, packed.version, true));
  };
  if (early) {
    add(await early);
    engine.complete = true;
  } else {
    const idle = window.requestIdleCallback ?? ((run: () => void) => window.setTimeout(run, 200));
    idle(async () => {
      add(await load());
      engine.complete = true;
      onDetails();
    });
  }
  return engine;
}

/**
 * @param complete whether the rules have their names; without, an answer names the cause and no entry
 */
function engineOf(set: ClassifierRuleSet, version: string, complete: boolean): Engine {
  const providers = new Map(set.providers.map((p) => [p.slug, p]));
  const causes = new Map<string, ClassifierRuleSet["causes"][number]>(set.causes.map((c) => [c.id, c]));
  const rules = new Map(set.rules.map((r) => [r.id, r]));
  const classify = createClassifier(set);
  const unnamed: Classifier = (text, context) => {
    // An Explanation has getters: through JSON it becomes a plain object that can be changed.
    const { entry: _, ...explanation } = JSON.parse(JSON.stringify(classify(text, context))) as Explanation;
    return { ...explanation, alternatives: explanation.alternatives.filter((a) => a.entry === undefined) };
  };
  return {
    explain: complete ? classify : unnamed,
    names: { provider: (slug) => providers.get(slug), cause: (id) => causes.get(id) },
    title: (entry) => rules.get(entry)?.title,
    version,
    complete,
  };
}

/** The parts of an Explanation that make two bounces the same row of a table. */
export const sameness = (e: Explanation): string => e.entry ?? `${e.provider ?? ""} ${e.cause} ${e.kind}`;
