/** A provider: the party whose words a reply is. content/providers/<slug>/index.mdx */
import { z } from "zod";
import { templateText } from "./entry.ts";
import { day, line, partialDay, slug, sourceSchema, stepLink } from "./primitives.ts";
import { PROVIDER_TYPES } from "./vocabulary.ts";

const domain = z
  .string()
  .max(253)
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, "A domain in lower case, without a leading dot or star.");

export const LINK_KINDS = [
  "documentation",
  "postmaster",
  "feedback-loop",
  "removal",
  "lookup",
  "contact",
  "status",
  "home",
] as const;

export const tokenSchema = z
  .strictObject({
    token: z.string().min(2).max(40).describe("The token as readers see it: gsmtp, [TSS04], S3150."),
    template: templateText.describe("The token in the template language, with enough around it to be recognised."),
    meaning: line(10, 300).describe("What the token means, as far as known."),
  })
  .describe("A token inside replies that readers ask about.");

export const providerSchema = z
  .strictObject({
    name: line(2, 60).describe("The provider's name as people write it."),
    type: z.enum(PROVIDER_TYPES).describe("mailbox, filter, blocklist, server, esp or common."),
    aliases: z.array(line(2, 60)).max(20).default([]).describe("Other and former names."),
    summary: line(20, 400).describe("Who this is, and who runs it, in one or two sentences."),
    domains: z.array(domain).max(200).default([]).describe("Recipient domains that this provider serves."),
    mx: z.array(domain).max(60).default([]).describe("Ends of its MX and answering host names: google.com."),
    zones: z.array(domain).max(40).default([]).describe("A blocklist's DNS zones, as replies name them."),
    fingerprints: z
      .array(templateText)
      .max(60)
      .default([])
      .describe(
        "Templates of what identifies the provider wherever it stands in a reply (never an address of its users).",
      ),
    tokens: z.array(tokenSchema).max(80).default([]).describe("Tokens inside replies, explained."),
    links: z
      .array(
        z.strictObject({
          label: line(4, 90).describe("What the page is."),
          url: stepLink.describe("Its address."),
          kind: z.enum(LINK_KINDS).describe("What it serves for."),
        }),
      )
      .max(20)
      .default([])
      .describe("Postmaster pages, feedback loops, removal forms, contacts."),
    requirements: z
      .array(
        z.strictObject({
          text: line(8, 300).describe("The requirement, in short."),
          since: partialDay.optional(),
        }),
      )
      .max(20)
      .default([])
      .describe("What it asks of senders, in short, with the date where it has one."),
    limits: z
      .array(
        z.strictObject({
          what: line(4, 120).describe("What is limited."),
          value: line(1, 160).describe("The limit, with its unit."),
        }),
      )
      .max(30)
      .default([])
      .describe("Limits that it publishes."),
    history: z
      .array(z.strictObject({ date: partialDay, note: line(8, 300).describe("What changed.") }))
      .max(20)
      .default([])
      .describe("Facts that changed over time, with their date."),
    successor: slug.optional().describe("The provider that took over, where this one has ended."),
    sources: z.array(sourceSchema).min(1, "At least one source.").max(20).describe("Where the facts stand."),
    added: day.describe("The day on which the provider was added."),
  })
  .describe("A provider of replies.");
export type Provider = z.infer<typeof providerSchema>;
