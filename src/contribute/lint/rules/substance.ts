import { fold } from "../../../template/index.ts";
import { wordsOf } from "../prose.ts";
import type { LintRule } from "../rule.ts";

export const substance: LintRule = {
  name: "substance",
  description: "The meaning says more than the title and the reply; an example is a whole reply.",
  severity: "error",
  scope: "entry",
  check({ file, data }, report) {
    const meaning = fold(data.meaning).text.replace(/[.!]$/, "");
    if (meaning === fold(data.title).text.replace(/[.!]$/, ""))
      report(
        file,
        { path: ["meaning"] },
        {
          message: "The meaning only repeats the title.",
          remedy: "Say what happened and why, in one or two sentences.",
          actual: data.meaning,
        },
      );
    else if (wordsOf(data.meaning).length < 5)
      report(
        file,
        { path: ["meaning"] },
        {
          message: "The meaning is too short to help.",
          remedy: "Say what happened and why, in one or two sentences.",
          expected: "5 words or more",
          actual: data.meaning,
        },
      );
    if (
      /^(?:write|todo|tbd|fixme|xxx|lorem)\b/i.test(data.title) ||
      /\b(?:TODO|TBD|FIXME|lorem ipsum)\b/.test(`${data.meaning} ${data.steps.map((s) => s.do).join(" ")}`)
    )
      report(
        file,
        { path: ["title"] },
        {
          message: "A gap is still marked as to be written.",
          remedy: "Write it, or leave the field out where it may be.",
        },
      );
    const seen = new Map<string, number>();
    data.steps.forEach((step, i) => {
      const text = fold(step.do).text;
      if (seen.has(text))
        report(
          file,
          { path: ["steps", i, "do"] },
          {
            message: "The same step stands twice.",
            remedy: "Name the party who can do it best, once.",
            actual: step.do,
          },
        );
      seen.set(text, i);
    });
  },
};
