/** A reply code (550) or enhanced status code (x.1.1, any class). content/codes/<code>.mdx */
import { z } from "zod";
import { day, line, replyCode, sourceSchema } from "./primitives.ts";
import { CAUSES } from "./vocabulary.ts";

/** The file name of a code: 550, or x.7.26 for the registry's X.7.26. */
export const codeId = z
  .string()
  .regex(/^([245]\d\d|x\.\d{1,3}\.\d{1,3})$/, "A code file is named after the code: 550.mdx, x.7.26.mdx.");

export const codeSchema = z
  .strictObject({
    name: line(4, 120).describe("The standard's name of the code, or its plain sense."),
    meaning: line(20, 500).describe("What the standard says, in plain words."),
    cause: z
      .enum(CAUSES)
      .describe("The cause to assume where only the code is known; unknown where it says too little."),
    vague: z
      .boolean()
      .default(false)
      .describe("true where servers use it for almost anything, so that the words must decide."),
    classes: z
      .array(z.union([z.literal(2), z.literal(4), z.literal(5)]))
      .max(3)
      .default([])
      .describe("The classes the registry lists it with."),
    replies: z.array(replyCode).max(20).default([]).describe("Reply codes that the registry associates with it."),
    standard: line(3, 80).describe("Where it is defined: RFC 3463; RFC 7372."),
    differs: line(20, 500).optional().describe("Where providers use it in another sense: who, and how."),
    sources: z.array(sourceSchema).min(1).max(8).describe("Where the facts stand."),
  })
  .describe("A code of the standards.");
export type Code = z.infer<typeof codeSchema>;

export const guideSchema = z
  .strictObject({
    title: line(4, 90).describe("The guide's heading."),
    description: line(20, 300).describe("What the reader leaves with, in a sentence or two."),
    order: z.int().min(1).max(999).describe("Its place in the list of guides."),
    group: z.enum(["basics", "causes", "practice", "reference"]).describe("The part of the list it stands in."),
    sources: z.array(sourceSchema).max(20).default([]).describe("Where the facts stand."),
    added: day.describe("The day on which the guide was added."),
    changed: day.optional().describe("The day of its last change in substance."),
  })
  .describe("A guide.");
export type Guide = z.infer<typeof guideSchema>;
