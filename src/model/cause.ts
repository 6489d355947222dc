/** A cause: why a reply was given. content/causes/<cause>.mdx */
import { z } from "zod";
import { lookupSchema } from "./entry.ts";
import { line, sourceSchema, stepSchema } from "./primitives.ts";
import { ACTIONS, CAUSE_GROUPS, KINDS, PARTIES, SEVERITIES } from "./vocabulary.ts";

export const causeSchema = z
  .strictObject({
    name: line(4, 60).describe("The cause in a few plain words: Mailbox full."),
    group: z.enum(CAUSE_GROUPS).describe("The group it is listed under."),
    because: line(8, 140).describe("Completes the sentence 'The server refused this because …', without a full stop."),
    kind: z.enum(KINDS).describe("The kind where no code says otherwise."),
    follows_reply: z
      .boolean()
      .describe(
        "true where the same refusal is soft under a 4xx code and hard under a 5xx code; false where the cause alone decides.",
      ),
    action: z.enum(ACTIONS).describe("What software should do."),
    soft_action: z
      .enum(ACTIONS)
      .optional()
      .describe("What software should do when the reply is soft, where that differs."),
    severity: z.enum(SEVERITIES).describe("How much harm it does to go on as before."),
    mend: z.array(z.enum(PARTIES)).min(1).describe("Who can mend it, the likeliest first."),
    summary: line(20, 300).describe("What it means, in one or two sentences."),
    steps: z.array(stepSchema).min(1).max(8).describe("What to do where no entry says better."),
    tell_recipient: line(20, 500)
      .optional()
      .describe("A short text for the recipient, where only they or their admin can act."),
    lookups: z
      .array(lookupSchema)
      .max(4)
      .default([])
      .describe("Links filled from the pasted text, where the entry has none of its own."),
    sources: z.array(sourceSchema).max(8).default([]).describe("Where the facts stand."),
  })
  .describe("Why a reply was given, and what follows from it.");
export type Cause = z.infer<typeof causeSchema>;
