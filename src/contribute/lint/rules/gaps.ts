import type { LintRule } from "../rule.ts";

/** What npm run new writes where it cannot know. */
export const GAP = /#\s*write:\s*(.*)/;

export const gaps: LintRule = {
  name: "gaps",
  description: "Nothing that npm run new left open is still open.",
  severity: "error",
  scope: "file",
  check(file, report) {
    file.text.split("\n").forEach((line, i) => {
      const gap = GAP.exec(line);
      if (gap)
        report(
          file,
          { line: i + 1, column: gap.index + 1 },
          {
            message: `A gap is left: ${gap[1]?.trim()}`,
            remedy: "Fill it in, and remove the comment.",
          },
        );
    });
  },
};
