/** The rule set: all entries compiled. The product's data artefact, /rules/v1/rules.json. */
import { z } from "zod";
import { lookupSchema } from "./entry.ts";
import { stepSchema } from "./primitives.ts";
import { tokenSchema } from "./provider.ts";
import { ACTIONS, CAUSE_GROUPS, CAUSES, KINDS, PARTIES, PROVIDER_TYPES, SEVERITIES, STRENGTHS } from "./vocabulary.ts";

/** Readers of version 1 must tolerate new fields and new members of lists; nothing else changes within it. */
export const RULE_SET_SCHEMA = 1;

export const ruleTemplateSchema = z.object({
  text: z.string().describe("The template."),
  strength: z.enum(STRENGTHS),
  regex: z
    .string()
    .describe(
      "The same as a regex for JavaScript, RE2, Rust, PCRE and Hyperscan; ignore case; apply to the unfolded reply.",
    ),
  rank: z.int().describe("Where several templates match one text, the highest rank wins. See compiler/rank.ts."),
});

export const ruleSchema = z.object({
  id: z.string().describe("provider/entry"),
  provider: z.string(),
  title: z.string(),
  cause: z.enum(CAUSES),
  kind: z.enum(KINDS),
  follows_reply: z
    .boolean()
    .describe(
      "true: under a 4xx reply the kind is soft, under a 5xx hard, else as given. false: the kind is as given.",
    ),
  action: z.enum(ACTIONS),
  soft_action: z.enum(ACTIONS).describe("The action when the kind comes out soft."),
  severity: z.enum(SEVERITIES),
  reply: z.array(z.int()),
  status: z.array(z.string()),
  distinctive: z.boolean().describe("true where the words alone identify the provider."),
  blocklist: z.string().nullable(),
  templates: z.array(ruleTemplateSchema),
  meaning: z.string(),
  misleading: z.string().nullable(),
  steps: z.array(stepSchema),
  tell_recipient: z
    .string()
    .nullable()
    .describe("A text for the recipient. null: that of the cause; empty: there is nothing to tell."),
  lookups: z.array(lookupSchema),
  url: z.string().describe("The entry's page, as a path of the site."),
  until: z.string().nullable(),
});
export type Rule = z.infer<typeof ruleSchema>;

export const ruleProviderSchema = z.object({
  slug: z.string(),
  name: z.string(),
  type: z.enum(PROVIDER_TYPES),
  domains: z.array(z.string()),
  mx: z.array(z.string()),
  zones: z.array(z.string()),
  fingerprints: z.array(z.object({ text: z.string(), regex: z.string() })),
  tokens: z.array(tokenSchema),
  url: z.string(),
});
export type RuleProvider = z.infer<typeof ruleProviderSchema>;

export const ruleCauseSchema = z.object({
  id: z.enum(CAUSES),
  name: z.string(),
  group: z.enum(CAUSE_GROUPS),
  because: z.string(),
  kind: z.enum(KINDS),
  follows_reply: z.boolean(),
  action: z.enum(ACTIONS),
  soft_action: z.enum(ACTIONS),
  severity: z.enum(SEVERITIES),
  mend: z.array(z.enum(PARTIES)),
  summary: z.string(),
  steps: z.array(stepSchema),
  tell_recipient: z.string().nullable(),
  lookups: z.array(lookupSchema),
});
export type RuleCause = z.infer<typeof ruleCauseSchema>;

export const ruleCodeSchema = z.object({
  code: z.string().describe("550, or x.7.26 for any class"),
  name: z.string(),
  meaning: z.string(),
  cause: z.enum(CAUSES),
  vague: z.boolean(),
});
export type RuleCode = z.infer<typeof ruleCodeSchema>;

export const ruleSetSchema = z.object({
  schema: z.literal(RULE_SET_SCHEMA),
  version: z.string().describe("The day of the newest change in the content, e.g. 2026.11.23."),
  generated: z.string().describe("SHA-256 of the content of this rule set without this field."),
  license: z.literal("MIT"),
  causes: z.array(ruleCauseSchema),
  providers: z.array(ruleProviderSchema),
  codes: z.array(ruleCodeSchema),
  rules: z.array(ruleSchema),
  redirects: z.array(z.object({ from: z.string(), to: z.array(z.string()) })),
});
export type RuleSet = z.infer<typeof ruleSetSchema>;
