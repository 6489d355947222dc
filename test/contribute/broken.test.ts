/** A folder with every sort of fault: one run prints them all, each with its place and its remedy. */
import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { formatFault } from "../../src/compiler/fault.ts";
import { readContent } from "../../src/compiler/read-content.ts";
import { lint } from "../../src/contribute/lint/lint.ts";
import { small } from "./small.ts";

const FOLDER = "test/fixtures/broken";
const broken = Object.fromEntries(readContent(FOLDER).map((f) => [f.path, f.text]));
const { faults } = lint(small({ "providers/acme/message-blorked.mdx": undefined, ...broken }), {
  today: "2026-11-23",
  exceptions: [],
});

it("prints all faults at once", async () => {
  const text = faults.map((f) => `${f.severity} ${formatFault(f)}`).join("\n\n");
  await expect(`${text}\n`).toMatchFileSnapshot("../fixtures/broken-faults.txt");
});

it("finds faults of the compiler and of the rules in one run", () => {
  const rules = new Set(faults.map((f) => f.rule));
  for (const rule of ["schema", "template", "example", "reference", "path", "body"])
    expect(rules, rule).toContain(rule);
  for (const rule of [
    "private-data",
    "link-form",
    "gaps",
    "dates",
    "sorted-codes",
    "plain-words",
    "blanks",
    "dead-pages",
  ])
    expect(rules, rule).toContain(rule);
});

it("says for every fault where it is and how to mend it", () => {
  for (const f of faults) {
    expect(f.file, f.message).toMatch(/^providers\/acme\//);
    expect(f.message, f.message).toMatch(/^[\p{Lu}«].*[.:?]|^«/u);
    expect(f.remedy, f.message).toMatch(/^[\p{Lu}«].*\.|\)$/u);
  }
});

it("fails the command, and warnings alone do not", () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ["scripts/check-content.ts", "--content", FOLDER, ...args], { encoding: "utf8" });
  const all = run();
  expect(all.status).toBe(1);
  expect(all.stderr).toContain("test/fixtures/broken/providers/acme/everything-wrong.mdx:");
  expect(all.stdout).toMatch(/\d+ errors, \d+ warnings/);
  expect(run("--rule", "plain-words").status).toBe(0);
  expect(run("--rules").stdout.split("\n").length).toBeGreaterThan(20);
});
