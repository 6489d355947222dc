/** What a report is made from. Structural, so that records of smtp-field-manual/inputs fit as they are. */
import type { Explanation } from "../model/explanation.ts";
import type { RuleCause, RuleProvider } from "../model/rule-set.ts";

/** One attempt: a bounce, a delivery, or something else that was in the input. */
export interface ReportRecord {
  type: "bounce" | "delivery" | "other" | "unreadable";
  text: string;
  recipient?: string;
  mx?: string;
  /** ISO 8601, with or without zone: periods go by its digits as they are. */
  time?: string;
  reason?: string;
  place?: { line: number; file?: string };
}

/** The parts of an Explanation that a report uses. */
export type ReportExplanation = Pick<
  Explanation,
  "cause" | "kind" | "action" | "severity" | "basis" | "title" | "entry" | "provider" | "steps"
>;

/** The names and defaults a report prints; a RuleSet has them. */
export interface ReportRules {
  causes: readonly RuleCause[];
  providers: readonly Pick<RuleProvider, "slug" | "name">[];
}
