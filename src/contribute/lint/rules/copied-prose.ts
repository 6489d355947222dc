import { fold } from "../../../template/index.ts";
import type { LintRule } from "../rule.ts";

/** So many words in a row are not the same by chance. */
const RUN = 9;

const wordsOf = (text: string) => fold(text).text.match(/[\p{L}\p{N}]+/gu) ?? [];

/** The first run of RUN words that both texts share. */
function sharedRun(a: string[], b: ReadonlySet<string>): string | undefined {
  for (let i = 0; i + RUN <= a.length; i++) {
    const run = a.slice(i, i + RUN).join(" ");
    if (b.has(run)) return run;
  }
  return undefined;
}

function runsOf(words: string[]): Set<string> {
  const runs = new Set<string>();
  for (let i = 0; i + RUN <= words.length; i++) runs.add(words.slice(i, i + RUN).join(" "));
  return runs;
}

export const copiedProse: LintRule = {
  name: "copied-prose",
  description: "Meaning and steps are in our own words, not the reply's.",
  severity: "error",
  scope: "entry",
  check({ file, data }, report) {
    const runs = new Set(data.examples.flatMap((x) => [...runsOf(wordsOf(x.text))]));
    const look = (text: string, path: PropertyKey[]) => {
      const run = sharedRun(wordsOf(text), runs);
      if (run !== undefined)
        report(
          file,
          { path },
          {
            message: "The text is copied from the reply: the reader has those words already.",
            remedy: "Say in your own words what they mean.",
            actual: run,
          },
        );
    };
    look(data.meaning, ["meaning"]);
    data.steps.forEach((s, i) => {
      look(s.do, ["steps", i, "do"]);
    });
  },
};

export const repeatedMeaning: LintRule = {
  name: "repeated-meaning",
  description: "Two entries of a provider do not have the same meaning word for word.",
  severity: "warning",
  scope: "content",
  check({ entries }, report) {
    const seen = new Map<string, string>();
    for (const { id, file, data } of entries) {
      const key = `${id.split("/")[0]} ${wordsOf(data.meaning).join(" ")}`;
      const first = seen.get(key);
      if (first === undefined) seen.set(key, id);
      else
        report(
          file,
          { path: ["meaning"] },
          {
            message: `The entry ${first} has the same meaning word for word.`,
            remedy: "Say what is special here, or make both one entry.",
            actual: data.meaning,
          },
        );
    }
  },
};
