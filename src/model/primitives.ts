/** Building blocks that several schemas share. Limits carry their reason. */
import { z } from "zod";
import { PARTIES, SOURCE_KINDS } from "./vocabulary.ts";

/** Names that JavaScript objects already have: a record keyed by them would misbehave. */
const RESERVED = new Set(["constructor", "prototype", "tostring", "valueof", "hasownproperty"]);

/** A path part: lower-case words joined by hyphens. It says the meaning, so a bare code or an ordinal is no slug. */
export const slug = z
  .string()
  .max(64, "A slug has 64 characters at most, so that addresses stay readable.")
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "A slug is lower-case letters, digits and single hyphens.")
  .refine((s) => !RESERVED.has(s), "This name is reserved by the language; choose another.")
  .describe("Lower-case words joined by hyphens.");

/** An entry's slug: as slug, and it must say a meaning. */
export const entrySlug = slug
  .refine((s) => /[a-z]{3}/.test(s), "A slug says the meaning, not only a code: gmail/unauthenticated-sender.")
  .refine((s) => !/-[0-9]$/.test(s), "A slug does not end in an ordinal (-2): say what differs.");

/** An entry's id: provider slug, a slash, entry slug. */
export const entryId = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*\/[a-z0-9]+(-[a-z0-9]+)*$/, "An id is provider/entry, e.g. gmail/mailbox-full.")
  .describe("provider/entry: the path of the file below content/providers, without .mdx.");

/** A day, year first (ISO 8601). */
export const day = z.iso.date("A date is written 2026-11-23.").describe("A day, written 2026-11-23.");

/** A year, a month or a day: facts are rarely known to the day. */
export const partialDay = z
  .string()
  .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, "A date is written 2026, 2026-11 or 2026-11-23.")
  .describe("A year, month or day, written 2026, 2026-11 or 2026-11-23.");

/** A secure web address. Parameters may stay; private data may not. */
export const httpsUrl = z
  .string()
  .max(500, "An address has 500 characters at most.")
  .regex(/^https:\/\/[^\s<>"'`\\^{}|]+$/, "An address begins with https:// and has no blanks, quotes or brackets.")
  .describe("An https address.");

/** Where an archived or http-only public document was read. */
export const sourceUrl = z
  .string()
  .max(500, "An address has 500 characters at most.")
  .regex(/^https?:\/\/[^\s<>"'`\\^{}|]+$/, "A source is a web address that begins with https:// (or http://).")
  .describe("The public address of the document that was opened.");

/** Where a step leads: a page of this site, or an https address. */
export const stepLink = z
  .string()
  .max(500)
  .regex(
    /^(\/[a-z0-9][a-z0-9./#-]*|https:\/\/[^\s<>"'`\\^|]+)$/,
    "A link is a page of this site (/guides/authentication/) or an https address.",
  )
  .describe(
    "A page of this site (/guides/…/) or an https address; {ip}, {domain} and {email} are filled from the text.",
  );

/** One line of plain text: no line breaks, no HTML. */
export const line = (min: number, max: number) =>
  z
    .string()
    .trim()
    .min(min, `Too short: at least ${min} characters.`)
    .max(max, `Too long: ${max} characters at most.`)
    .refine((s) => !/[\r\n]/.test(s), "One line only; fold it with > in YAML if it is long.")
    .refine((s) => !/<[a-z/!]/i.test(s), "Plain text only: no HTML.");

/** One thing to do, and who can do it. */
export const stepSchema = z
  .strictObject({
    who: z.enum(PARTIES).describe("Who can carry out the step."),
    do: line(8, 400).describe("What to do, as an instruction: which record, header, page, form."),
    link: stepLink.optional().describe("Where to do it or read on."),
  })
  .describe("One thing to do, and who can do it.");
export type Step = z.infer<typeof stepSchema>;

/** Where a fact stands. */
export const sourceSchema = z
  .strictObject({
    url: sourceUrl,
    kind: z
      .enum(SOURCE_KINDS)
      .describe("official: the provider documents it. observed: a public place shows the words."),
    checked: day.describe("The day on which somebody opened the source and found the fact there."),
    note: line(4, 200).optional().describe("What the source shows, where that is not plain."),
  })
  .describe("A document that was opened and shows the fact.");
export type Source = z.infer<typeof sourceSchema>;

/** A reply code of RFC 5321 section 4.2 that refuses or defers, or 2xx in the code pages. */
export const replyCode = z.int().min(200).max(599).describe("A three-digit SMTP reply code (RFC 5321 section 4.2).");

/** An enhanced status code, RFC 3463: class.subject.detail. */
export const statusCode = z
  .string()
  .regex(/^[245]\.\d{1,3}\.\d{1,3}$/, "An enhanced status code is class.subject.detail, e.g. 5.7.26.")
  .describe("An enhanced status code (RFC 3463), e.g. 5.7.26.");
