/** Entries that would harm: each is refused with a message that names the reason, and none runs. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { checkBody } from "../../src/compiler/body.ts";
import { compile } from "../../src/compiler/compile.ts";
import { SourceFile } from "../../src/compiler/source-file.ts";
import { entry, small } from "../contribute/small.ts";

const FOLDER = "test/fixtures/hostile";
const PATH = "providers/acme/hostile-entry.mdx";

/** The message that each file must draw, among others. */
const REFUSED: Record<string, RegExp> = {
  script: /HTML is not allowed/,
  "script-in-list": /HTML is not allowed/,
  import: /import and export are not allowed/,
  export: /import and export are not allowed/,
  expression: /MDX would run it/,
  "expression-block": /MDX would run it/,
  "expression-open": /MDX would run it/,
  "event-handler": /HTML is not allowed/,
  "event-handler-expression": /HTML is not allowed/,
  component: /no component <Fragment>|HTML is not allowed/,
  spread: /HTML is not allowed/,
  iframe: /HTML is not allowed/,
  style: /HTML is not allowed/,
  "html-comment": /HTML is not allowed/,
  "link-javascript": /kind that is not allowed/,
  "link-javascript-entity": /kind that is not allowed/,
  "link-data": /kind that is not allowed/,
  "link-other-host": /kind that is not allowed/,
  "link-plain-http": /kind that is not allowed/,
  "link-bare": /kind that is not allowed/,
  image: /Images are not allowed/,
  "image-reference": /Images are not allowed/,
  "second-frontmatter": /is not used here|level/,
  "heading-first": /heading of level 1/,
  "heading-skips": /level 4 follows one of level 2/,
  "yaml-bomb": /anchors|aliases/,
  "yaml-alias": /anchors|aliases/,
  "yaml-merge": /fields named <</,
  "yaml-tag": /tags \(!name\)/,
  "yaml-tag-function": /tags \(!!name\)/,
  "yaml-tag-binary": /tags \(!!name\)/,
  "yaml-two-documents": /YAML|missing|no frontmatter/,
  "yaml-duplicate-key": /unique/i,
  "name-proto": /fields named __proto__/,
  "name-proto-quoted": /fields named __proto__/,
  "name-constructor": /Unknown field.*constructor/,
  "cause-constructor": /not in its list/,
  "html-in-title": /no HTML/,
  "source-javascript": /begins with https/,
  "step-link-other-host": /page of this site/,
  "template-regex": /is no placeholder/,
  "template-catastrophic": /side by side/,
  "template-only-slots": /edge of a template|no whole word/,
  "template-nested": /brace inside/,
  "template-many-parts": /more than 40 parts/,
  "template-many-options": /more than 24 alternatives/,
  "no-frontmatter": /no frontmatter/,
};

const names = readdirSync(FOLDER).map((f) => f.replace(".mdx", ""));
const textOf = (name: string) => readFileSync(join(FOLDER, `${name}.mdx`), "utf8");
const faultsOf = (text: string, path = PATH) => compile(small({ [path]: text }));

it("every hostile file is listed here", () => {
  expect(names.sort()).toEqual(Object.keys(REFUSED).sort());
});

it.each(Object.entries(REFUSED))("%s", (name, message) => {
  const { ruleSet, faults } = faultsOf(textOf(name));
  expect(ruleSet).toBeUndefined();
  const own = faults.filter((f) => f.file === PATH);
  expect(own.map((f) => f.message).join("\n")).toMatch(message);
  for (const f of own) {
    expect(f.line).toBeGreaterThan(0);
    expect(f.remedy).not.toBe("");
  }
  expect((globalThis as { hostileRan?: unknown }).hostileRan).toBeUndefined();
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

describe("sizes", () => {
  const within = (ms: number, run: () => void) => {
    const start = performance.now();
    run();
    expect(performance.now() - start).toBeLessThan(ms);
  };
  it("a file of 10 MB is refused at once", () => {
    const text = `${entry()}\n${"word ".repeat(2_000_000)}`;
    within(2000, () => {
      expect(faultsOf(text).faults).toMatchObject([{ rule: "size", file: PATH }]);
    });
  });
  it.each([
    ["open braces", "{".repeat(30_000)],
    ["quotes in quotes", `${"> ".repeat(15_000)}x`],
    ["lists in lists", `${"- ".repeat(15_000)}x`],
    ["open brackets", "[".repeat(30_000)],
    ["open tags", "<a ".repeat(10_000)],
    ["stars", "*a ".repeat(10_000)],
    ["backticks", "`".repeat(30_000)],
    ["images", "![".repeat(15_000)],
  ])("a body of %s takes no time", (_, body) => {
    within(3000, () => {
      const file = new SourceFile({ path: PATH, text: `${entry()}\n${body}` });
      checkBody(file);
    });
  });
  it.each([
    ["lists", `a: ${"[".repeat(30_000)}`],
    ["maps", `a: ${"{a: ".repeat(8000)}`],
    ["dashes", `${"- ".repeat(30_000)}x`],
  ])("YAML of %s in %s is refused and does not crash", (_, yaml) => {
    within(5000, () => {
      const { faults } = faultsOf(`---\n${yaml}\n---\n`);
      expect(faults.filter((f) => f.file === PATH && f.rule === "yaml").length).toBeGreaterThan(0);
    });
  });
});

describe("paths", () => {
  it.each([
    ["providers/../message-blorked.mdx", /folder|place/],
    ["providers/acme/../../etc/passwd.mdx", /place/],
    ["providers/acme/..mdx", /file name/],
    ["providers/acme/%2e%2e.mdx", /file name/],
    ["providers/acme/Message.mdx", /lower-case/],
    ["providers/acme/con\u0000.mdx", /lower-case/],
    ["providers/acme/a b.mdx", /lower-case/],
    ["providers/acme/-x.mdx", /lower-case/],
    ["providers/acme/5.7.1.mdx", /lower-case/],
    ["providers/acme/550.mdx", /meaning/],
    ["providers/acme/constructor.mdx", /reserved/],
    ["providers/constructor/message-blorked.mdx", /reserved/],
    ["providers/prototype/index.mdx", /reserved/],
    ["providers/__proto__/index.mdx", /lower-case/],
    ["causes/constructor.mdx", /no cause/],
    ["codes/__proto__.mdx", /named after the code/],
    ["providers/acme/message-blorked.js", /Only \.mdx/],
    ["astro.config.mdx", /place/],
    [`providers/acme/${"a".repeat(80)}.mdx`, /64 characters/],
  ])("%s", (path, message) => {
    const { ruleSet, faults } = faultsOf(entry(), path);
    expect(ruleSet).toBeUndefined();
    expect(
      faults
        .filter((f) => f.file === path)
        .map((f) => f.message)
        .join("\n"),
    ).toMatch(message);
  });
});

describe("the build", () => {
  const folder = mkdtempSync(join(tmpdir(), "hostile-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  it("prints all hostile entries, writes nothing and runs nothing", () => {
    const content = join(folder, "content");
    cpSync("content/causes", join(content, "causes"), { recursive: true });
    mkdirSync(join(content, "providers/acme"), { recursive: true });
    for (const { path, text } of small()) if (path.startsWith("providers/")) writeFileSync(join(content, path), text);
    const proof = join(folder, "ran");
    const kinds = ["import", "export", "expression", "script", "yaml-tag-function"];
    for (const name of kinds) {
      const text = textOf(name).replaceAll(
        "globalThis.hostileRan = true",
        `process.getBuiltinModule("fs").writeFileSync(${JSON.stringify(proof)}, "ran")`,
      );
      writeFileSync(join(content, `providers/acme/hostile-${name}.mdx`), text);
    }
    const out = join(folder, "out");
    const run = spawnSync(process.execPath, ["scripts/build-rules.ts", "--content", content, "--out", out], {
      encoding: "utf8",
    });
    expect(run.status).toBe(1);
    for (const name of kinds) expect(run.stderr).toContain(`hostile-${name}.mdx:`);
    expect(existsSync(out)).toBe(false);
    expect(existsSync(proof)).toBe(false);
  });
});
