/** The search for the winner skips most candidates: it must find what looking at all of them finds. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { buildCatalogue } from "../../src/classifier/catalogue.ts";
import { Evidence } from "../../src/classifier/evidence.ts";
import { TextReader } from "../../src/classifier/read-text.ts";
import { rules } from "../rules.ts";

const reader = new TextReader(buildCatalogue(rules.ruleSet), new Evidence(rules.ruleSet.providers));
const examples = rules.content.entries.flatMap((e) => e.data.examples.map((x) => x.text));

it("the winner is the first of all matches that decide", () => {
  const piece = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...examples) },
    fc.constantFrom(
      "host mx.example.com[192.0.2.1] said: ",
      "smtp;",
      " (in reply to RCPT TO command)",
      "\n",
      " - gsmtp",
    ),
    fc.string({ maxLength: 20 }),
  );
  const context = fc.option(
    fc.record({
      mx: fc.constantFrom("mx01.mail.icloud.com", "gmail-smtp-in.l.google.com", "mx1.qq.com", "mx.example.com"),
    }),
    { nil: undefined },
  );
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 4 }), context, fc.boolean(), (pieces, given, join) => {
      const text = pieces.join(" ");
      reader.take(text, join);
      const reading = reader.read(given);
      const deciding = reading.matches.filter(
        ({ use, confirmed }) =>
          !(use.strength === "weak" && !use.rule.distinctive && !confirmed && use.provider.type !== "common"),
      );
      expect(reading.best?.use.rule.id).toBe(deciding[0]?.use.rule.id);
      expect(reading.best?.score).toBe(deciding[0]?.score);
      expect(reading.best?.use.source).toBe(deciding[0]?.use.source);
    }),
    { numRuns: 2000 },
  );
});
