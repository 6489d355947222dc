import { isScalar, parseDocument } from "yaml";
import type { SourceText } from "../../../compiler/source-file.ts";
import type { LintRule } from "../rule.ts";
import { mapValues } from "../yaml-text.ts";

/** Single quotes where a double-quoted text needs no escape. */
function mend(source: SourceText): string {
  return mapValues(source, (node, raw) => {
    if (!isScalar(node) || node.type !== "QUOTE_DOUBLE" || typeof node.value !== "string") return undefined;
    if (raw.includes("\\") || raw.includes("\n") || node.value.includes("'")) return undefined;
    const single = `'${node.value}'`;
    const read = parseDocument(single).contents;
    return isScalar(read) && read.value === node.value ? single : undefined;
  });
}

export const quotes: LintRule = {
  name: "quotes",
  description: "Quoted texts in the frontmatter use single quotes where they can.",
  severity: "warning",
  scope: "file",
  check(file, report) {
    const mended = mend(file);
    if (mended === file.text) return;
    const lines = mended.split("\n");
    const at = file.text.split("\n").findIndex((line, i) => line !== lines[i]);
    report(
      file,
      { line: at + 1 },
      {
        message: "Double quotes where single ones do.",
        remedy: "Use single quotes: nothing needs an escape there.",
        actual: file.text.split("\n")[at]?.trim().slice(0, 100),
      },
    );
  },
  fix: mend,
};
