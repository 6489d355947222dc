/** The tools over the real content: masks, templates, the safety check, the lint rules and the guide for contributors. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createClassifier } from "../../src/classifier/index.ts";
import { checkBody } from "../../src/compiler/body.ts";
import { compile } from "../../src/compiler/compile.ts";
import { formatFault } from "../../src/compiler/fault.ts";
import { readContent } from "../../src/compiler/read-content.ts";
import { lint } from "../../src/contribute/lint/lint.ts";
import { maskPrivate } from "../../src/contribute/mask.ts";
import { NEGATIVE } from "../../src/contribute/negative.ts";
import { proposeTemplates } from "../../src/contribute/reply.ts";
import { fold, matchTemplate, parseTemplate } from "../../src/template/index.ts";
import { small } from "./small.ts";

const sources = readContent("content");
const { facts, faults, compiled } = lint(sources, { today: "2999-12-31" });
const { content } = compiled;
const { classify, isPublicHost } = facts;
if (!classify) throw new Error("The content cannot be compiled.");

describe("the content", () => {
  it("has no error of a lint rule", () => {
    const errors = faults.filter((f) => f.severity === "error");
    expect(errors.map(formatFault).join("\n\n")).toBe("");
  });
  it.each(NEGATIVE)("claims no text that is no bounce: $what: $text", ({ text }) => {
    const told = classify(text);
    if (told.basis === "entry" || told.basis === "phrase") expect(told.cause).toBe("not-a-bounce");
  });
});

it("the whole content is read in less time than a person notices", () => {
  const files = facts.files;
  const start = performance.now();
  for (const file of files) checkBody(file);
  expect(performance.now() - start).toBeLessThan(5000);
});

it("does not change what the manual says of a reply", () => {
  let changed = 0;
  let all = 0;
  for (const { id, data } of content.entries) {
    for (const x of data.examples) {
      all++;
      const masked = maskPrivate(x.text, { isPublicHost }).text;
      if (
        classify(masked, { recipient: x.recipient, mx: x.mx }).entry !== id &&
        classify(x.text, { recipient: x.recipient, mx: x.mx }).entry === id
      )
        changed++;
    }
  }
  expect(changed / all).toBeLessThan(0.005);
});

it("proposes only templates that match the reply", () => {
  for (const { data } of content.entries.filter((_, i) => i % 7 === 0)) {
    for (const x of data.examples.slice(0, 1)) {
      const folded = fold(x.text);
      for (const t of proposeTemplates(x.text, isPublicHost))
        expect(matchTemplate(parseTemplate(t), folded), t).toBeDefined();
    }
  }
});

it("finds a template for nearly every reply of the manual", () => {
  const examples = content.entries.flatMap((e) => e.data.examples.slice(0, 1));
  const without = examples.filter((x) => proposeTemplates(x.text, isPublicHost).length === 0);
  expect(without.length / examples.length).toBeLessThan(0.1);
});

describe("CONTRIBUTING.md", () => {
  const guide = readFileSync("CONTRIBUTING.md", "utf8");
  const [, path = "", text = ""] =
    /`content\/(providers\/[\w/-]+\.mdx)`[\s\S]*?```mdx\n([\s\S]*?)```/.exec(guide) ?? [];
  const provider = path.replace(/[^/]*$/, "index.mdx");
  const page = sources.find((s) => s.path === provider);

  it("has an entry that compiles and wins its examples", () => {
    expect(page, provider).toBeDefined();
    const { ruleSet, faults, content } = compile(small({ [path]: text, [provider]: page?.text }));
    expect(faults.map(formatFault).join("\n")).toBe("");
    const id = path.replace(/^providers\//, "").replace(/\.mdx$/, "");
    const tell = createClassifier(ruleSet as NonNullable<typeof ruleSet>);
    const examples = content.entries.find((e) => e.id === id)?.data.examples ?? [];
    expect(examples.length).toBeGreaterThan(0);
    for (const x of examples) expect(tell(x.text).entry).toBe(id);
  });
  it("has an entry that no lint rule complains of", () => {
    const found = lint([...sources.filter((s) => s.path !== path), { path, text }], { today: "2999-12-31" }).faults;
    expect(
      found
        .filter((f) => f.file === path && f.severity === "error")
        .map(formatFault)
        .join("\n"),
    ).toBe("");
  });
  it("names only commands and files that exist", () => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
    for (const [, name = ""] of guide.matchAll(/npm run ([\w:]+)/g)) expect(Object.keys(scripts)).toContain(name);
    for (const [, file = ""] of guide.matchAll(/\]\((?!https?:|#)([^)#]+)/g))
      expect(() => readFileSync(file), file).not.toThrow(/ENOENT/);
  });
});
