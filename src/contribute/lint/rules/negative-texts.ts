import { NEGATIVE } from "../../negative.ts";
import type { LintRule } from "../rule.ts";

export const negativeTexts: LintRule = {
  name: "negative-texts",
  description:
    "No entry claims accepted mail, automatic answers, log noise or plain prose, but those that say that it is no bounce.",
  severity: "error",
  scope: "content",
  check({ entries }, report, { classify }) {
    if (!classify) return;
    const byId = new Map(entries.map((e) => [e.id, e]));
    for (const { what, text } of NEGATIVE) {
      const told = classify(text);
      if (told.basis !== "entry" && told.basis !== "phrase") continue;
      if (told.cause === "not-a-bounce") continue;
      // A common phrase that no entry is shown for is still an entry's template.
      const id = told.entry ?? told.alternatives.find((a) => a.template === told.template)?.entry;
      const entry = id === undefined ? undefined : byId.get(id);
      if (!entry) continue;
      const index = entry.data.templates.findIndex((t) => (typeof t === "string" ? t : t.text) === told.template);
      report(
        entry.file,
        { path: ["templates", Math.max(index, 0)] },
        {
          message: `The template claims a text that is no bounce (${what}).`,
          remedy:
            "Take more of the reply's words, so that ordinary sentences do not match; or mark it { text: …, strength: weak }.",
          actual: text.length > 160 ? `${text.slice(0, 157)}…` : text,
        },
      );
    }
  },
};
