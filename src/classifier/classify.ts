/** The classifier: text in, Explanation out. No dependency, no Node: runs in browsers, workers and on the edge. */
import type { Explanation } from "../model/explanation.ts";
import { buildCatalogue } from "./catalogue.ts";
import { CodeTable } from "./code-table.ts";
import { type Context, Evidence } from "./evidence.ts";
import { Explained } from "./explained.ts";
import { type Prepared, prepare } from "./prepare.ts";
import { TextReader } from "./read-text.ts";
import { type ClassifierRuleSet, claims, type Reading, type RuleMatch } from "./reading.ts";
import { SURE_SCORE } from "./rows.ts";

/** Longer texts are cut here: no reply is near it, and a cut keeps time and memory bounded. UTF-16 units. */
export const MAX_TEXT_LENGTH = 100_000;

export type Classifier = (text: string, context?: Context) => Explanation;

/**
 * Makes a classifier for a rule set. Costs some milliseconds once; keep the result.
 * @param rules a rule set of schema 1 (rules.json), or a slim one
 * @returns the function that explains a text; it never throws and its time is linear in the text's length
 */
export function createClassifier(rules: ClassifierRuleSet): Classifier {
  const causes = new Map(rules.causes.map((c) => [c.id, c]));
  const providers = new Map(rules.providers.map((p) => [p.slug, p]));
  const codes = new CodeTable(rules.codes);
  const reader = new TextReader(buildCatalogue(rules), new Evidence(rules.providers));

  return (given, context) => {
    const raw = typeof given === "string" ? given : given === undefined || given === null ? "" : String(given);
    const truncated = raw.length > MAX_TEXT_LENGTH;
    const text = truncated ? raw.slice(0, MAX_TEXT_LENGTH) : raw;
    const prepared = prepare(text, reader.take(text, false));
    if (prepared.text !== text) reader.take(prepared.text, false);
    let read = reader.read(context);
    if (needsJoin(read.best, prepared.text)) {
      // Perhaps the text was folded inside words: read it once more without the breaks.
      reader.take(prepared.text, true);
      const joined = reader.read(context);
      if ((joined.best?.score ?? 0) > (read.best?.score ?? 0)) read = joined;
    }
    return explain(prepared, read, truncated);
  };

  function explain(prepared: Prepared, read: Reading, truncated: boolean): Explanation {
    let winner = read.best;
    const isSure = winner?.inside && winner.use.strength !== "weak";
    const byCode = isSure ? undefined : codes.lookup(read.located);
    // Weak words, and words of the wrapper, lose to a code that says something definite.
    if (byCode && !byCode.vague && byCode.cause !== "unknown") winner = undefined;

    const use = winner?.use;
    const isOwn = winner !== undefined && claims(winner);
    return new Explained({
      prepared,
      read,
      codes,
      winner,
      isOwn,
      // The advice is that of the words' owner where it is known, else of common words that say the same.
      rule: use && (isOwn || use.provider.type === "common" ? use.rule : read.common?.use.rule),
      byCode: use ? undefined : byCode,
      causeInfo: use?.causeInfo ?? causes.get(byCode?.cause ?? "unknown") ?? causes.get("unknown"),
      provider: isOwn
        ? use?.provider.slug
        : read.confirmed.find((slug) => RECEIVERS.has(providers.get(slug)?.type ?? "common")),
      truncated,
    });
  }
}

/** Providers that answer for a recipient: to know one is to know who refused. */
const RECEIVERS = new Set<string>(["mailbox", "filter", "esp"]);

/** Worth a second reading with the line breaks removed: no sure match, and lines that may be folded inside words. */
function needsJoin(best: RuleMatch | undefined, text: string): boolean {
  if (best && best.score >= SURE_SCORE) return false;
  return mayBeCutAtWidth(text);
}

/** So few lines tell no width: any break may be a cut. */
const FEW_BREAKS = 3;
/** Nobody folds narrower. */
const MIN_WIDTH = 30;

/** Whether lines were cut at a width: two of one length, one behind the other. Words alone seldom fill lines so evenly. */
function mayBeCutAtWidth(text: string): boolean {
  let breaks = 0;
  let previous = -1;
  let from = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", from)) {
    const length = text.charCodeAt(at - 1) === 0x0d ? at - 1 - from : at - from;
    if (length > 0 && at + 1 < text.length) breaks++;
    if (length >= MIN_WIDTH && length === previous) return true;
    previous = length;
    from = at + 1;
  }
  return breaks > 0 && breaks <= FEW_BREAKS;
}
