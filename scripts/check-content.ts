/**
 * Compiles content/, runs the lint rules over it and prints every fault with its place and its remedy.
 *
 *   npm run check:content [-- options]
 *
 *   --fix              mend what needs no judgement, then check
 *   --only NAME,…      show faults of these providers, folders or entries only (gmail, causes, gmail/mailbox-full)
 *   --rule NAME,…      show faults of these rules only
 *   --errors           show errors only
 *   --oldest N         list the N sources whose `checked` day is oldest (default 5)
 *   --rules            list the rules
 *   --json             all faults as JSON
 *   --content DIR      the content folder (default content)
 *
 * Ends with 1 where there is an error; warnings alone do not fail.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { formatFault } from "../src/compiler/fault.ts";
import { readContent } from "../src/compiler/read-content.ts";
import { fixAll, type LintFault, lint } from "../src/contribute/lint/lint.ts";
import { RULES } from "../src/contribute/lint/rules/index.ts";
import { oldestSources, printCounts, summarize } from "../src/contribute/summary.ts";

const { values } = parseArgs({
  options: {
    fix: { type: "boolean", default: false },
    only: { type: "string" },
    rule: { type: "string" },
    errors: { type: "boolean", default: false },
    oldest: { type: "string", default: "5" },
    rules: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    content: { type: "string", default: "content" },
    help: { type: "boolean", short: "h", default: false },
  },
});

const today = new Date().toISOString().slice(0, 10);
// The exceptions belong to the manual's own content; in another folder they may be idle.
const options = { today, whole: values.content === "content" };

if (values.help) {
  console.log(/\/\*\*\n([\s\S]*?) \*\//.exec(readFileSync(import.meta.filename, "utf8"))?.[1]?.replace(/^ \* ?/gm, ""));
} else if (values.rules) {
  for (const r of RULES)
    console.log(`${r.name.padEnd(24)}${r.severity.padEnd(9)}${r.fix ? "--fix  " : "       "}${r.description}`);
} else check();

function check(): void {
  const started = performance.now();
  let result = lint(readContent(values.content), options);
  if (values.fix) {
    const changed = fixAll(readContent(values.content), result.facts);
    for (const { path, text } of changed) writeFileSync(join(values.content, path), text);
    console.error(`${changed.length} ${changed.length === 1 ? "file" : "files"} mended.`);
    if (changed.length > 0) result = lint(readContent(values.content), options);
  }
  const shown = result.faults.filter(isWanted);
  const errors = shown.filter((f) => f.severity === "error").length;
  if (values.json) console.log(JSON.stringify(shown, null, 1));
  else {
    for (const fault of shown) {
      const mark = fault.severity === "error" ? "error" : "warning";
      console.error(
        `${formatFault({ ...fault, file: join(values.content, fault.file), rule: `${mark}: ${fault.rule}` })}\n`,
      );
    }
    printSummary(result.compiled.content);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`\n${plural(errors, "error")}, ${plural(shown.length - errors, "warning")}. (${seconds} s)`);
    if (!values.fix && shown.some((f) => f.fixable)) console.log("npm run check:content -- --fix mends some of them.");
  }
  if (errors > 0) process.exitCode = 1;
}

function isWanted(fault: LintFault): boolean {
  const only = values.only?.split(",");
  const rules = values.rule?.split(",");
  if (values.errors && fault.severity !== "error") return false;
  if (rules && !rules.includes(fault.rule)) return false;
  const path = fault.file.replace(/^providers\//, "").replace(/\.mdx$/, "");
  return !only || only.some((o) => path === o || path.startsWith(`${o}/`));
}

function printSummary(content: Parameters<typeof summarize>[0]): void {
  const sum = summarize(content);
  console.log(
    `${sum.providers.length} providers, ${content.entries.length} entries, ${sum.templates} templates, ${sum.examples} examples\n`,
  );
  console.log(printCounts("Entries by provider", sum.providers));
  console.log(printCounts("\nEntries by cause", sum.causes));
  console.log(printCounts("\nSources by kind", sum.sources));
  const oldest = oldestSources(content, Number(values.oldest));
  if (oldest.length > 0) {
    console.log("\nOldest checks");
    for (const s of oldest) console.log(`  ${s.checked}  ${join(values.content, s.file)}:${s.line}  ${s.url}`);
  }
}

function plural(n: number, word: string): string {
  return `${n} ${word}${n === 1 ? "" : "s"}`;
}
