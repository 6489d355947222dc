/**
 * Compiles content/ into the rule set: dist/rules/. Prints every fault and writes nothing when there is one.
 *
 *   node scripts/build-rules.ts [--content DIR] [--out DIR] [--check] [--only provider,…]
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { compile } from "../src/compiler/compile.ts";
import { formatFault } from "../src/compiler/fault.ts";
import { readContent } from "../src/compiler/read-content.ts";
import { ruleSetFiles } from "../src/compiler/write.ts";

const { values } = parseArgs({
  options: {
    content: { type: "string", default: "content" },
    out: { type: "string", default: "dist/rules" },
    check: { type: "boolean", default: false },
    only: { type: "string" },
  },
});

const started = performance.now();
const { ruleSet, content, faults } = compile(readContent(values.content));
const only = values.only?.split(",").map((p) => `providers/${p}/`);
const shown = only ? faults.filter((f) => only.some((p) => f.file.startsWith(p))) : faults;
for (const fault of shown) console.error(`${formatFault({ ...fault, file: join(values.content, fault.file) })}\n`);
const seconds = ((performance.now() - started) / 1000).toFixed(1);
const sum = `${content.providers.length} providers, ${content.entries.length} entries, ${content.causes.length} causes, ${content.codes.length} codes`;
if (shown.length > 0 || (!values.check && ruleSet === undefined)) {
  console.error(
    `${shown.length} ${shown.length === 1 ? "fault" : "faults"} in ${sum}; nothing was written. (${seconds} s)`,
  );
  process.exitCode = 1;
} else if (values.check || ruleSet === undefined) {
  console.log(`No faults${only ? ` in ${values.only}` : ""}: ${sum}. (${seconds} s)`);
} else {
  rmSync(values.out, { recursive: true, force: true });
  mkdirSync(values.out, { recursive: true });
  for (const [name, text] of ruleSetFiles(ruleSet)) writeFileSync(join(values.out, name), text);
  console.log(`${values.out}: rule set ${ruleSet.version}: ${sum}. (${seconds} s)`);
}
