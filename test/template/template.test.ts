import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fold, matchTemplate, parseTemplate, TemplateError, templateToRegex } from "../../src/template/index.ts";
import { made } from "./arbitrary.ts";

const matches = (template: string, text: string) => matchTemplate(parseTemplate(template), fold(text)) !== undefined;
/** The printed regex, as an engine would use it on folded text. */
const regexMatches = (template: string, text: string) =>
  new RegExp(templateToRegex(parseTemplate(template))).test(fold(text).text);

describe("parse", () => {
  it.each([
    ["a {b", 2, "not closed"],
    ["a } b", 2, "without an opening"],
    ["a {ipp} b c", 2, "no placeholder"],
    ["abc {ip:a:b} d", 4, "two colons"],
    ["abc {ip:A} d", 8, "cannot be a name"],
    ["abc {a{b}} d", 6, "inside a placeholder"],
    ["abc {ip}{email} d", 8, "side by side"],
    ["{...} abc", 0, "edge"],
    ["abc {x|} ", 8, "optional word at the edge"],
    ["abc {x|X} def", 4, "stands twice"],
    ["{ip} {number}", 0, "no whole word"],
    ["", 0, "empty"],
  ])("refuses %j at %i: %s", (source, offset, message) => {
    let error: unknown;
    try {
      parseTemplate(source);
    } catch (e) {
      error = e;
    }
    expect(error).toBeInstanceOf(TemplateError);
    expect((error as TemplateError).message).toContain(message);
    expect((error as TemplateError).offset).toBe(offset);
    expect((error as TemplateError).remedy).not.toBe("");
  });

  it("counts the literal characters that a match is sure to hold", () => {
    expect(parseTemplate("over quota").literals).toBe(9);
    expect(parseTemplate("user {id} {is |}over {quota|the limit}").literals).toBe(4 + 0 + 4 + 5);
  });
});

describe("match", () => {
  it.each([
    ["mailbox full", "552 MAILBOX\r\n full"],
    ["mailbox full", "552-5.2.2 mailbox\r\n552 5.2.2 full"],
    ["the mailbox is full", "550-5.2.2 the mailbox 550-5.2.2 is full"],
    ["the mailbox is full", "550 5.2.2 the mailbox\n5.2.2 is full"],
    ["the mailbox is full", "550-the mailbox 550-is 550 full"],
    ["the mailbox is full", "host mx.example said: 550-Sorry, the mailbox 550 is full"],
    ["limit of 550 messages", "550 over the limit of 550 messages"],
    ["the mailbox is full", "550-5.2.2 the mailbox 550 5.2.2 is full"],
    ["the mailbox is full", "550\n 5.2.2 the mailbox is\r\nfull"],
    ["user 'bob' is gone", "user “bob” is gone"],
    ["box {is |}full of {mail|letters}", "box full of letters"],
    ["from {ip} deferred", "from [x.xx.xx.xx] deferred".replace(/[[\]]/g, "")],
    ["a {{b} c def".replace("}", "}}"), "a {b} c def"],
    ["用户不存在", "550 该用户不存在。"],
    ["over quota", "Ｏｖｅｒ　ｑｕｏｔａ"],
    ["SPF [{domain}] with ip: [{ip}] = did not pass", "spf [example.com] with ip: [203.0.113.7] = did not pass"],
  ])("%j stands in %j", (template, text) => {
    expect(matches(template, text)).toBe(true);
    expect(regexMatches(template, text)).toBe(true);
  });

  it.each([
    ["user unknown", "superuser unknown"],
    ["user unknown", "user unknowns"],
    ["quota {number} MB", "quota lots MB"],
    ["from {ip} deferred", "from a b deferred"],
    [`abc {...} def`, `abc ${"x".repeat(121)} def`],
  ])("%j does not stand in %j", (template, text) => {
    expect(matches(template, text)).toBe(false);
    expect(regexMatches(template, text)).toBe(false);
  });

  it("captures what the placeholders took", () => {
    const text = fold("Messages from 203.0.113.7 to <a@b.example> deferred: 42.");
    const match = matchTemplate(parseTemplate("messages from {ip} to <{email:to}> deferred: {number}"), text);
    expect(match?.captures.map((c) => [c.name, text.slice(c.start, c.end)])).toEqual([
      ["ip", "203.0.113.7"],
      ["to", "a@b.example"],
      ["number", "42."],
    ]);
  });

  it("a text made from a template matches it, and the regex agrees", () => {
    fc.assert(
      fc.property(
        made,
        fc.constantFrom("", "550 5.7.1 ", "(", "é"),
        fc.constantFrom("", ".", " (x)"),
        ({ template, text }, before, behind) => {
          const whole = before + text + behind;
          expect(matches(template, whole)).toBe(true);
          expect(regexMatches(template, whole)).toBe(true);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it("the regex and the matcher agree on texts of other templates and on damaged ones", () => {
    fc.assert(
      fc.property(made, made, fc.nat(200), fc.nat(3), ({ template }, { text }, at, cut) => {
        const damaged = text.slice(0, at) + text.slice(at + cut);
        expect(matches(template, damaged)).toBe(regexMatches(template, damaged));
      }),
      { numRuns: 3000 },
    );
    fc.assert(
      fc.property(made, fc.nat(200), fc.nat(3), ({ template, text }, at, cut) => {
        const damaged = text.slice(0, at) + text.slice(at + cut);
        expect(matches(template, damaged)).toBe(regexMatches(template, damaged));
      }),
      { numRuns: 3000 },
    );
  });

  it("stays linear on texts made to make matchers search", () => {
    const template = parseTemplate("a{b|c} {...} a b {...} a b {...} a b {...} a b {...} zz end");
    const text = fold("ab ".repeat(30_000));
    const started = performance.now();
    expect(matchTemplate(template, text)).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe("fold", () => {
  it("leads every character back to its place", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.boolean(), (text, join) => {
        const folded = fold(text, join);
        for (let i = 0, last = -1; i < folded.length; last = folded.at(i++)) {
          expect(folded.at(i)).toBeGreaterThan(last);
          const unit = text[folded.at(i)] as string;
          if (folded.units[i] !== 0x20) expect(folded.slice(i, i + 1)).toBe(fold(unit).text);
        }
      }),
    );
  });
});
