/** The rule set in the formats of other engines. The table is the one place that lists them. */
import type { RuleSet } from "../model/rule-set.ts";

export interface ExportFormat {
  /** What --format takes. */
  name: string;
  /** What it is for, in a few words. */
  title: string;
  /** Prints the rule set. Pure: the same rules give the same text. */
  print(rules: RuleSet): string;
}

export const EXPORT_FORMATS: readonly ExportFormat[] = [
  {
    name: "json",
    title: "the whole rule set, for programs (rules.schema.json describes it)",
    print: (rules) => `${JSON.stringify(rules, null, 1)}\n`,
  },
];

export function exportFormat(name: string): ExportFormat | undefined {
  return EXPORT_FORMATS.find((f) => f.name === name);
}
