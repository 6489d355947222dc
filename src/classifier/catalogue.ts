/** Everything that is looked for in a text, in one index: rules, fingerprints, tokens and wrappers. */
import { Matcher, parseTemplate, type Template } from "../template/index.ts";
import { AnchorIndex } from "./anchor-index.ts";
import type { ClassifierRuleSet, Use, WrapperUse } from "./reading.ts";
import { LEAD_INS, PROBES, TAILS } from "./wrappers.ts";

/** Templates by their number, and what each stands for: first those of rules, then fingerprints, tokens, wrappers. */
export interface Catalogue {
  readonly uses: readonly Use[];
  /** How much each says, see Template. */
  readonly literals: Uint16Array;
  /** The number behind the last rule's template, the last fingerprint and the last token. */
  readonly rulesEnd: number;
  readonly fingerprintsEnd: number;
  readonly tokensEnd: number;
  readonly index: AnchorIndex;
  readonly matcher: Matcher;
}

/** @param rules a rule set; rules of providers that it does not hold are left out */
export function buildCatalogue(rules: ClassifierRuleSet): Catalogue {
  const templates: Template[] = [];
  const uses: Use[] = [];
  const add = (text: string, use: Use) => {
    templates.push(parseTemplate(text));
    uses.push(use);
  };
  const providers = new Map(rules.providers.map((p) => [p.slug, p]));
  const causes = new Map(rules.causes.map((c) => [c.id, c]));
  for (const rule of rules.rules) {
    const provider = providers.get(rule.provider);
    if (!provider) continue;
    const causeInfo = causes.get(rule.cause);
    for (const { text, strength } of rule.templates)
      add(text, { use: "rule", rule, provider, causeInfo, source: text, strength });
  }
  const rulesEnd = templates.length;
  for (const provider of rules.providers)
    for (const { text } of provider.fingerprints) add(text, { use: "fingerprint", provider });
  const fingerprintsEnd = templates.length;
  for (const provider of rules.providers)
    for (const { template, meaning, token } of provider.tokens)
      add(template, { use: "token", provider, meaning, token });
  const tokensEnd = templates.length;
  const addWrapper = (kind: WrapperUse["kind"], template: string, beforeCode = false, atLineStart = false) =>
    add(template, { use: "wrapper", kind, beforeCode, atLineStart, hasHost: /\{(?:\w+:)?host\}/.test(template) });
  for (const { template, beforeCode, atLineStart } of LEAD_INS)
    addWrapper("lead-in", template, beforeCode, atLineStart);
  for (const template of TAILS) addWrapper("tail", template);
  for (const template of PROBES) addWrapper("probe", template);
  const literals = Uint16Array.from(templates, (t) => t.literals);
  return {
    uses,
    literals,
    rulesEnd,
    fingerprintsEnd,
    tokensEnd,
    index: new AnchorIndex(templates),
    matcher: new Matcher(templates),
  };
}
