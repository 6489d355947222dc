/** Everything that is looked for in a text, in one index: rules, fingerprints, tokens and wrappers. */
import { parseTemplate, type Template } from "../template/index.ts";
import { AnchorIndex } from "./anchor-index.ts";
import { baseOf } from "./rank.ts";
import type { ClassifierProvider, ClassifierRule, ClassifierRuleSet, Use } from "./reading.ts";
import { LEAD_INS, TAILS } from "./wrappers.ts";

/** What a template serves for, as a small number beside its use: the search asks nothing else of most. */
export const RULE = 0;
export const FINGERPRINT = 1;
export const TOKEN = 2;
export const WRAPPER = 3;

export interface Catalogue {
  /** The templates by their number, and what each stands for. */
  readonly templates: readonly Template[];
  readonly uses: readonly Use[];
  readonly kinds: Uint8Array;
  readonly index: AnchorIndex;
}

/** @param rules a rule set; rules of providers that it does not hold are left out */
export function buildCatalogue(rules: ClassifierRuleSet): Catalogue {
  const templates: Template[] = [];
  const uses: Use[] = [];
  const kinds: number[] = [];
  const add = (text: string, kind: number, use: Use) => {
    templates.push(parseTemplate(text));
    kinds.push(kind);
    uses.push(use);
  };
  const providers = new Map(rules.providers.map((p) => [p.slug, p]));
  for (const rule of rules.rules) {
    const provider = providers.get(rule.provider);
    if (!provider) continue;
    for (const { text, strength } of rule.templates) add(text, RULE, ruleUse(rule, provider, strength));
  }
  for (const provider of rules.providers) {
    for (const { text } of provider.fingerprints) add(text, FINGERPRINT, { use: "fingerprint", provider });
    for (const { template, meaning, token } of provider.tokens)
      add(template, TOKEN, { use: "token", provider, meaning, token });
  }
  for (const { template, beforeCode = false, atLineStart = false } of LEAD_INS)
    add(template, WRAPPER, { use: "wrapper", kind: "lead-in", beforeCode, atLineStart });
  for (const template of TAILS)
    add(template, WRAPPER, { use: "wrapper", kind: "tail", beforeCode: false, atLineStart: false });
  return { templates, uses, kinds: Uint8Array.from(kinds), index: new AnchorIndex(templates) };
}

function ruleUse(rule: ClassifierRule, provider: ClassifierProvider, strength: "weak" | "plain" | "strong"): Use {
  return {
    use: "rule",
    rule,
    provider,
    strength,
    base: baseOf(provider.type, rule.distinctive, strength),
    confirmedBase: baseOf(provider.type, rule.distinctive, strength, true),
  };
}
