import type { LintRule } from "../rule.ts";

export const blanks: LintRule = {
  name: "blanks",
  description: "No blanks at line ends, no tabs before text, line ends of Unix, one line break at the end of the file.",
  severity: "error",
  scope: "file",
  check(file, report) {
    const mended = mend(file.text);
    if (mended === file.text) return;
    const lines = file.text.split("\n");
    const rest = mended.split("\n");
    const at = lines.findIndex((line, i) => line !== rest[i]);
    report(
      file,
      { line: Math.max(at, 0) + 1 },
      {
        message: "The file has blanks that nobody sees.",
        remedy: "Remove blanks at line ends and tabs; end the file with one line break.",
        actual: JSON.stringify(lines[at] ?? lines.at(-1) ?? "").slice(0, 80),
      },
    );
  },
  fix: ({ text }) => mend(text),
};

function mend(text: string): string {
  const lines = text
    .replace(/^\uFEFF/, "")
    .replace(/\r\n?/g, "\n")
    .split("\n");
  return `${lines
    .map((line) => line.replace(/[ \t\u00a0]+$/, "").replace(/^\t+/, (tabs) => "  ".repeat(tabs.length)))
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trimEnd()}\n`;
}
