/**
 * The library: explain a bounce with the rules that this package carries.
 *
 *     import { classify } from "smtp-field-manual";
 *     classify("550 5.1.1 user unknown").cause; // "recipient-unknown"
 */
import data from "#rule-set";
import { type Classifier, type Context, createClassifier } from "./classifier/index.ts";
import type { Explanation } from "./model/explanation.ts";
import type { RuleSet } from "./model/rule-set.ts";

export {
  type Classifier,
  type ClassifierRuleSet,
  type Context,
  createClassifier,
  MAX_TEXT_LENGTH,
} from "./classifier/index.ts";
export type { Alternative, Explanation, Span } from "./model/explanation.ts";
export type { Step } from "./model/primitives.ts";
export type { Rule, RuleCause, RuleCode, RuleProvider, RuleSet } from "./model/rule-set.ts";
export * from "./model/vocabulary.ts";

/** The rule set of this package, the same as `smtp-field-manual/rules.json`. */
export const ruleSet: RuleSet = data as RuleSet;

let bundled: Classifier | undefined;

/**
 * Explains one bounce.
 * @param text a reply, a log line, a delivery notice: any string
 * @param context what else is known: the recipient's address or domain, the MX host that answered
 * @returns the Explanation; it always comes, whatever the text, in time linear in the text's length
 */
export function classify(text: string, context?: Context): Explanation {
  bundled ??= createClassifier(ruleSet);
  return bundled(text, context);
}
