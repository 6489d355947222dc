import { proseOf, sentencesOf, wordsOf } from "../prose.ts";
import type { LintRule } from "../rule.ts";

/** Longer sentences are read twice. Words. */
const MAX_WORDS = 40;

export const sentenceLength: LintRule = {
  name: "sentence-length",
  description: `Sentences have ${MAX_WORDS} words at most.`,
  severity: "warning",
  scope: "file",
  check(file, report) {
    for (const { text, place, field } of proseOf(file)) {
      if (field === "note" || field === "tableCell") continue;
      for (const sentence of sentencesOf(text)) {
        const count = wordsOf(sentence.text).length;
        if (count > MAX_WORDS)
          report(file, "path" in place ? { ...place, offset: sentence.offset } : place, {
            message: "The sentence is too long to be read once.",
            remedy: "Make two of it.",
            expected: `${MAX_WORDS} words at most`,
            actual: `${count} words: ${sentence.text.slice(0, 80)}…`,
          });
      }
    }
  },
};
