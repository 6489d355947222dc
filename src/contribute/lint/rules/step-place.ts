import { wordsOf } from "../prose.ts";
import type { LintRule } from "../rule.ts";

/** Advice that fits every bounce and helps with none. */
const VAGUE =
  /^(?:please )?(?:contact|ask|check|fix|review|verify|correct|resolve|investigate|see)(?: with| to| and \w+)? (?:the|your|any|all) (?:\w+ )?(?:settings?|configuration|admin(?:istrator)?|provider|server|issue|problem|error|message|mail|address|support|account|policy|policies|documentation)(?: and try again)?\.?$/i;

export const stepPlace: LintRule = {
  name: "step-place",
  description: "A step names the record, header, page, form or person.",
  severity: "warning",
  scope: "entry",
  check({ file, data }, report) {
    data.steps.forEach((step, i) => {
      if (step.link !== undefined) return;
      // A file, a setting or a record is a place.
      if (/[/_=]|\b[A-Z]{2,}\b/.test(step.do)) return;
      if (VAGUE.test(step.do) || wordsOf(step.do).length < 4)
        report(
          file,
          { path: ["steps", i, "do"] },
          {
            message: "The step does not say where to do it.",
            remedy: "Name the record, the header, the page or the form; or add a link.",
            actual: step.do,
          },
        );
    });
  },
};
