import { describe, expect, it } from "vitest";
import { compile } from "../../src/compiler/compile.ts";
import { readContent } from "../../src/compiler/read-content.ts";
import { ruleSetFiles } from "../../src/compiler/write.ts";
import { rules } from "../rules.ts";

describe("the rule set", () => {
  it("is the same bytes for the same content, in whatever order the files come", () => {
    const again = compile(readContent("content").reverse());
    expect(again.ruleSet && ruleSetFiles(again.ruleSet)).toEqual(ruleSetFiles(rules.ruleSet));
  });

  it("has for every printed regex a form that JavaScript takes, and a rank", () => {
    for (const rule of rules.ruleSet.rules) {
      for (const t of rule.templates) {
        expect(() => new RegExp(t.regex, "iu"), `${rule.id}: ${t.regex}`).not.toThrow();
        expect(t.rank).toBeGreaterThan(0);
      }
    }
  });

  it("knows every example by its words", () => {
    for (const { data } of rules.content.entries) {
      for (const x of data.examples) {
        const told = rules.classify(x.text, { recipient: x.recipient, mx: x.mx });
        // The compiler has checked that the entry itself wins, common and stock words apart.
        expect(told.cause, x.text).toBe(data.cause);
        expect(["entry", "phrase"]).toContain(told.basis);
      }
    }
  });
});
