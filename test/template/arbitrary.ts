/** Random templates and the texts they are made to match. */
import fc from "fast-check";
import { SLOT_KINDS, SLOTS, type SlotKind } from "../../src/template/index.ts";

const word = fc.constantFrom(
  "mailbox",
  "full",
  "user",
  "is",
  "(over)",
  "quota",
  "not",
  "[x]",
  "a.b",
  "said:",
  "don't",
  "2.0",
  "пользователь",
  "用户不存在",
  "très",
  "$5",
  "^",
  "a|b".replace("|", "/"),
);

const words = fc.array(word, { minLength: 1, maxLength: 4 }).map((w) => w.join(" "));

/** Texts that the slot takes, of any length that it allows. */
const slotValue: Record<SlotKind, fc.Arbitrary<string>> = {
  ip: fc.oneof(fc.ipV4(), fc.ipV6(), fc.constantFrom("x.xx.xx.xx", "xxx")),
  email: fc.constantFrom("user@example.com", "a+b@x.org", "o=p@q.example"),
  domain: fc.domain(),
  host: fc.domain(),
  url: fc.constantFrom("https://example.com/a?b=c", "http://x.example/#y"),
  number: fc.integer({ min: 0, max: 1e9 }).map(String),
  id: fc.stringMatching(/^[a-z0-9.+-]{1,40}$/),
  date: fc.constantFrom("2026-11-23 10:00:00", "mon, 23 nov 2026"),
  "...": fc.string({ minLength: 1, maxLength: 100 }).map((s) => s.replace(/[\s\p{C}\p{M}]/gu, "y")),
};

export interface Made {
  template: string;
  text: string;
}

/** A template without a placeholder at its ends, and a text made from it. */
export const made: fc.Arbitrary<Made> = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: words.map((w) => ({ template: w.replaceAll("{", "{{"), text: w })) },
      {
        weight: 2,
        arbitrary: fc
          .constantFrom(...SLOT_KINDS)
          .chain((kind) =>
            slotValue[kind].filter((v) => v.length >= SLOTS[kind].min).map((text) => ({ template: `{${kind}}`, text })),
          ),
      },
      {
        weight: 1,
        arbitrary: fc.tuple(words, words).map(([a, b]) => ({ template: a === b ? a : `{${a}|${b}}`, text: b })),
      },
    ),
    { minLength: 0, maxLength: 5 },
  )
  .chain((middle) =>
    fc.tuple(words, words).map(([head, tail]) => {
      const all = [{ template: head, text: head }, ...middle, { template: tail, text: tail }];
      return { template: all.map((p) => p.template).join(" "), text: all.map((p) => p.text).join(" ") };
    }),
  )
  .filter(({ template }) => /[a-z\p{L}]{3}/u.test(template.replace(/\{[^}]*\}/g, "")));
