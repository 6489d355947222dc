/**
 * Reports: many Explanations, what bounces, where, why, what changed, and what to do first.
 *
 * @example
 *   import { classify, ruleSet } from "smtp-field-manual";
 *   import { readInput } from "smtp-field-manual/inputs";
 *   import { createReport, renderText } from "smtp-field-manual/report";
 *   const report = createReport(ruleSet);
 *   for await (const record of readInput("550 5.1.1 user unknown\n")) {
 *     report.add(record, record.type === "bounce" ? classify(record.text, record) : undefined);
 *   }
 *   console.log(renderText(report.result()));
 */

import type { ReportRules } from "./record.ts";
import { ReportBuilder } from "./report.ts";

export { escapeHtml, renderHtml } from "./html.ts";
export { LIMITS } from "./limits.ts";
export type { ReportExplanation, ReportRecord, ReportRules } from "./record.ts";
export {
  type AddressRow,
  type CauseCount,
  type DomainCount,
  type EntryCount,
  type Priority,
  type ProviderCount,
  REPEATED,
  type Report,
  ReportBuilder,
} from "./report.ts";
export { renderText } from "./text.ts";
export { type Period, SPIKE_RULE, type Spike } from "./timeline.ts";

/**
 * Starts a report.
 * @param rules the causes and providers whose names it prints: a RuleSet
 */
export function createReport(rules: ReportRules): ReportBuilder {
  return new ReportBuilder(rules);
}
