/** The classifier's public face. */
export { type Classifier, createClassifier, MAX_TEXT_LENGTH } from "./classify.ts";
export type { Context } from "./evidence.ts";
export type { ClassifierProvider, ClassifierRule, ClassifierRuleSet } from "./reading.ts";
