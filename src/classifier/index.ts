/** The classifier's public face. */
export {
  type Classifier,
  type ClassifierRuleSet,
  createClassifier,
  MAX_TEXT_LENGTH,
} from "./classify.ts";
export type { Context } from "./evidence.ts";
