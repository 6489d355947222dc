/** The Explanation: what the classifier answers for one text. */
import { z } from "zod";
import { lookupSchema } from "./entry.ts";
import { stepSchema } from "./primitives.ts";
import { ACTIONS, BASES, CAUSES, KINDS, SEVERITIES, SPAN_ROLES } from "./vocabulary.ts";

export const spanSchema = z.object({
  start: z.int().describe("Offset of the first UTF-16 code unit in the text as given."),
  end: z.int().describe("Offset behind the last."),
  role: z.enum(SPAN_ROLES).describe("What the part is."),
  value: z.string().describe("The part's value, cleaned: an address without brackets."),
  ref: z.string().optional().describe("What explains it: an entry id, a code, a provider slug."),
  note: z.string().optional().describe("The explanation itself, where it is short: a token's meaning."),
});
export type Span = z.infer<typeof spanSchema>;

export const alternativeSchema = z.object({
  cause: z.enum(CAUSES),
  basis: z.enum(BASES),
  entry: z.string().optional(),
  provider: z.string().optional(),
  template: z.string().optional().describe("The template that matched."),
});
export type Alternative = z.infer<typeof alternativeSchema>;

export const explanationSchema = z.object({
  cause: z.enum(CAUSES),
  kind: z.enum(KINDS),
  action: z.enum(ACTIONS),
  severity: z.enum(SEVERITIES),
  basis: z.enum(BASES).describe("How we know: exact words, common words, a code, or nothing."),
  title: z.string().describe("The entry's title, or the cause's name."),
  entry: z
    .string()
    .optional()
    .describe("The entry that won, where its provider is known or its words are common property."),
  provider: z.string().optional().describe("The provider whose words these are, where that is known."),
  blocklist: z.string().optional().describe("The blocklist whose listing the reply reports."),
  possibleProviders: z.array(z.string()).describe("Providers that use these words, where the words alone do not tell."),
  reply: z.int().optional(),
  status: z.string().optional(),
  meaning: z.string(),
  misleading: z.string().optional(),
  steps: z.array(stepSchema),
  tellRecipient: z.string().optional(),
  lookups: z.array(lookupSchema).describe("Links, filled from the captures."),
  template: z.string().optional().describe("The template that matched."),
  disagreements: z.array(z.string()).describe("Where codes and words contradict each other: in words."),
  captures: z.record(z.string(), z.string()).describe("ip, domain, email, url, … found in the text."),
  spans: z.array(spanSchema).describe("The marked parts of the text, in order, without overlap."),
  alternatives: z.array(alternativeSchema).describe("The other readings, best first."),
  truncated: z.boolean().describe("true where the text was longer than MAX_TEXT_LENGTH and only its start was read."),
});
export type Explanation = z.infer<typeof explanationSchema>;
