/** What a change does to the rules. */
import { expect, it } from "vitest";
import { compile } from "../../src/compiler/compile.ts";
import { diffRules, printDifference } from "../../src/contribute/diff.ts";
import type { RuleSet } from "../../src/model/index.ts";
import { blorked, entry, small } from "./small.ts";

function rulesOf(files: Record<string, string | undefined>): RuleSet {
  const { ruleSet, faults } = compile(small(files));
  if (!ruleSet) throw new Error(JSON.stringify(faults));
  return ruleSet;
}

const TEXTS = [
  { from: "acme/message-blorked", text: "550 5.7.1 Message blorked by the Zorg filter" },
  { from: "a corpus", text: "550 5.7.1 Message glorped by the Yarg engine" },
];
const OTHER = "providers/acme/message-glorped.mdx";
const glorped = entry({
  title: "The message is glorped",
  templates: ["Message glorped by the Yarg engine"],
  examples: [{ text: "550 5.7.1 Message glorped by the Yarg engine\n", source: "https://help.acme-mail.com/errors" }],
});
let clock = 0;
const options = { now: () => clock++ };
const base = rulesOf({});

it("finds nothing where nothing changed", () => {
  const d = diffRules(base, rulesOf({}), TEXTS, options);
  expect(d).toMatchObject({ added: [], changed: [], removed: [], unresolved: [], verdicts: [], ties: [], texts: 2 });
  expect(printDifference(d, "main", "text")).toContain("No rule and no verdict changes.");
});

it("finds a new entry, and the texts that it explains", () => {
  const d = diffRules(base, rulesOf({ [OTHER]: glorped }), TEXTS, options);
  expect(d).toMatchObject({ added: ["acme/message-glorped"], changed: [], removed: [], unresolved: [] });
  expect(d.verdicts).toMatchObject([{ from: "a corpus", after: expect.stringContaining("acme/message-glorped") }]);
  expect(d.size.after).toBeGreaterThan(d.size.before);
  expect(d.templates).toEqual({ before: 1, after: 2 });
});

it("names the fields that changed", () => {
  const d = diffRules(
    base,
    rulesOf({ "providers/acme/message-blorked.mdx": entry({ cause: "policy" }) }),
    TEXTS,
    options,
  );
  expect(d.changed).toMatchObject([{ id: "acme/message-blorked", fields: expect.arrayContaining(["cause"]) }]);
  expect(d.verdicts).toHaveLength(1);
});

it("every id ever released resolves: a removed entry is an error, a redirect is none", () => {
  const two = rulesOf({ [OTHER]: glorped });
  expect(diffRules(two, base, TEXTS, options)).toMatchObject({
    removed: ["acme/message-glorped"],
    unresolved: ["acme/message-glorped"],
  });
  const moved = rulesOf({ [OTHER]: "---\nmoved_to: [acme/message-blorked]\n---\n" });
  expect(diffRules(two, moved, TEXTS, options)).toMatchObject({ removed: ["acme/message-glorped"], unresolved: [] });
  expect(diffRules(moved, base, TEXTS, options).unresolved).toEqual(["acme/message-glorped"]);
  expect(diffRules(two, base, TEXTS, { ...options, stillThere: new Set(["acme/message-glorped"]) }).unresolved).toEqual(
    [],
  );
});

it("finds two causes that are equally good for a text", () => {
  // As long as each other, and both stand in the text.
  const rival = entry({
    ...blorked,
    title: "The message is refused by a rule",
    cause: "policy",
    templates: ["Yarg blorked by the message filter"],
    examples: [{ text: "550 5.7.1 Yarg blorked by the message filter\n", source: "https://help.acme-mail.com/errors" }],
  });
  const text = {
    from: "a corpus",
    text: "550 5.7.1 Message blorked by the Zorg filter, Yarg blorked by the message filter",
  };
  const own = entry({ templates: ["Message blorked by the Zorg filter"] });
  const after = rulesOf({ "providers/acme/message-blorked.mdx": own, [OTHER]: rival });
  const d = diffRules(base, after, [text], options);
  expect(d.ties.map((t) => t.entries.toSorted())).toEqual([["acme/message-blorked", "acme/message-glorped"]]);
});

it("prints a comment in which a reply cannot break out of its code", () => {
  const texts = [{ from: "x", text: "550 `a` <script> Message glorped by the Yarg engine\n\n# heading" }];
  const comment = printDifference(diffRules(base, rulesOf({ [OTHER]: glorped }), texts, options), "main", "markdown");
  expect(comment).toContain("**Entries added: 1**");
  expect(comment).toContain("- `acme/message-glorped`");
  expect(comment).toContain("| rule set |");
  expect(comment).not.toMatch(/^# heading/m);
  expect(comment).toContain("`550 'a' <script>");
});
