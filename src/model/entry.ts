/** An entry: one response of one provider that a reader would look up by itself. One MDX file. */
import { z } from "zod";
import {
  day,
  entryId,
  line,
  partialDay,
  replyCode,
  slug,
  sourceSchema,
  sourceUrl,
  statusCode,
  stepLink,
  stepSchema,
} from "./primitives.ts";
import { ACTIONS, CAUSES, KINDS, SEVERITIES, STRENGTHS } from "./vocabulary.ts";

/** The provider's words in the template language (src/template). */
export const templateText = z
  .string()
  .min(4, "A template needs at least 4 characters.")
  .max(400, "A template has 400 characters at most: keep the words that matter.")
  .describe(
    "The provider's words; {ip} {email} {domain} {host} {url} {number} {id} {date} {...} stand for what varies, {a|b} for alternatives.",
  );

export const templateSchema = z
  .union([
    templateText,
    z.strictObject({
      text: templateText,
      strength: z
        .enum(STRENGTHS)
        .describe("weak: a lead-in or hint; plain: ordinary words; strong: settles the matter."),
    }),
  ])
  .describe("A template, or a template with its strength (plain where none is given).");

export const exampleSchema = z
  .strictObject({
    text: z
      .string()
      .min(3)
      .max(4000)
      .describe("A real reply, verbatim but for private data (use 203.0.113.7, example.com)."),
    source: sourceUrl.describe("Where the reply was seen."),
    recipient: z
      .string()
      .max(254)
      .optional()
      .describe("The recipient's address, where the reply alone does not name its provider."),
    mx: z
      .string()
      .max(253)
      .optional()
      .describe("The MX host that answered, where the reply alone does not name its provider."),
  })
  .describe("A real reply. It must classify to its own entry.");

export const lookupSchema = z
  .strictObject({
    label: line(4, 80).describe("What the link does: Look up this IP at Spamhaus."),
    url: stepLink.describe("The address, with {ip}, {domain} or {email} where the captured value goes."),
  })
  .describe("A link that is filled from the pasted text.");

/** The whole frontmatter of an entry that is a response. */
export const responseSchema = z
  .strictObject({
    title: line(8, 90).describe("What it means, in plain words; it is the page's heading."),
    cause: z.enum(CAUSES).describe("Why: the most specific cause that the words support."),
    kind: z.enum(KINDS).optional().describe("Only where it differs from what the cause and the reply code give."),
    action: z.enum(ACTIONS).optional().describe("Only where it differs from the cause's."),
    severity: z.enum(SEVERITIES).optional().describe("Only where it differs from the cause's."),
    reply: z.array(replyCode).max(16).default([]).describe("The reply codes it is seen with."),
    status: z.array(statusCode).max(16).default([]).describe("The enhanced status codes it is seen with."),
    templates: z.array(templateSchema).min(1, "At least one template.").max(60).describe("The provider's words."),
    distinctive: z
      .boolean()
      .default(true)
      .describe("false where many servers use the same words: the provider is then claimed only with other evidence."),
    blocklist: slug.optional().describe("The blocklist whose listing the reply reports, as a provider slug."),
    meaning: line(20, 400).describe("One or two plain sentences: what happened and why."),
    misleading: line(20, 300)
      .optional()
      .describe("Where code or words mislead (a 5xx that clears by itself): what is really so."),
    steps: z.array(stepSchema).min(1, "At least one step.").max(10).describe("What to do, in order."),
    tell_recipient: z
      .union([z.literal("none"), line(20, 500)])
      .optional()
      .describe(
        "A short text for the recipient, where only they or their admin can act; the cause's where it is left out, none where that does not fit.",
      ),
    lookups: z.array(lookupSchema).max(4).default([]).describe("Links filled from the pasted text."),
    examples: z.array(exampleSchema).min(1, "At least one real example.").max(12).describe("Real replies."),
    not: z
      .array(z.string().min(3).max(1000))
      .max(8)
      .default([])
      .describe("Texts that look alike and that this entry must not claim."),
    sources: z.array(sourceSchema).min(1, "At least one source.").max(12).describe("Where the facts stand."),
    added: day.describe("The day on which the entry was added."),
    changed: day.optional().describe("The day of its last change in substance."),
    until: day.optional().describe("The day since which the provider no longer sends it, as far as known."),
    history: z
      .array(z.strictObject({ date: partialDay, note: line(8, 300).describe("What changed.") }))
      .max(8)
      .default([])
      .describe("Facts that changed over time, with their date."),
  })
  .describe("One response of one provider.");

/** The frontmatter of an entry that has moved: its id goes on to resolve. */
export const redirectSchema = z
  .strictObject({
    moved_to: z.array(entryId).min(1).max(6).describe("The entry's new id; several where it was split."),
  })
  .describe("An entry that was moved or split.");

export const entrySchema = z.union([redirectSchema, responseSchema]);

export type EntryTemplate = z.infer<typeof templateSchema>;
export type Example = z.infer<typeof exampleSchema>;
export type Response = z.infer<typeof responseSchema>;
export type Redirect = z.infer<typeof redirectSchema>;
