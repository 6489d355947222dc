/** Every example must classify to its own entry, and no text that an entry disowns may be claimed by it. */
import { createClassifier } from "../classifier/index.ts";
import type { Explanation } from "../model/explanation.ts";
import type { Rule, RuleSet } from "../model/rule-set.ts";
import type { ProviderType } from "../model/vocabulary.ts";
import type { Content } from "./compile.ts";

/** Tries all examples against the rule set; a loss becomes a fault at the example. */
export function checkExamples(content: Content, ruleSet: RuleSet): void {
  const classify = createClassifier(ruleSet);
  const types = new Map(ruleSet.providers.map((p) => [p.slug, p.type]));
  const rules = new Map(ruleSet.rules.map((r) => [r.id, r]));
  for (const { id, file, data } of content.entries) {
    const rule = rules.get(id);
    if (!rule) continue;
    data.examples.forEach((example, i) => {
      const told = classify(example.text, { recipient: example.recipient, mx: example.mx });
      if (told.entry === id || isShared(id, rule, told, types)) return;
      const [message, remedy] = explainLoss(id, told, rule.distinctive);
      file.faultAt(
        ["examples", i, "text"],
        "example",
        message,
        remedy,
        id,
        told.entry ?? `${told.cause} (known by ${told.basis})`,
      );
    });
    data.not.forEach((text, i) => {
      if (classify(text).entry === id) {
        file.faultAt(
          ["not", i],
          "example",
          "The entry claims a text that it says is not its own.",
          "Make the template that matches it more specific.",
          undefined,
          text.slice(0, 120),
        );
      }
    });
  }
}

/**
 * Words that nobody owns, and stock words of server software, may be won by another entry of
 * the same cause: there is no evidence by which one could be right and the other wrong. Their own
 * template must match all the same.
 */
function isShared(id: string, rule: Rule, told: Explanation, types: ReadonlyMap<string, ProviderType>): boolean {
  const type = types.get(rule.provider);
  const shared = type === "common" || type === "server";
  return shared && told.cause === rule.cause && told.alternatives.some((a) => a.entry === id);
}

function explainLoss(id: string, told: Explanation, distinctive: boolean): [message: string, remedy: string] {
  const own = told.alternatives.find((a) => a.entry === id);
  if (!own) {
    return [
      "No template of this entry matches its example.",
      "Compare the words: take a run of the example's own words into a template, with placeholders for what varies.",
    ];
  }
  if (told.entry === undefined) {
    return [
      "The example's words do not identify the provider.",
      distinctive
        ? "Add words that only this provider uses."
        : "Give the example an mx or recipient, or add a fingerprint to the provider that stands in the text.",
    ];
  }
  return [
    `The entry ${told.entry} wins this example with «${told.template}».`,
    `Make the own template «${own.template}» longer, or mark it strong; or make the other one narrower; or, if both say the same, keep one entry.`,
  ];
}
