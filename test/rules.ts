/** The compiled content and a classifier over it: once for each test file that asks. */
import { createClassifier } from "../src/classifier/index.ts";
import { compile } from "../src/compiler/compile.ts";
import { formatFault } from "../src/compiler/fault.ts";
import { readContent } from "../src/compiler/read-content.ts";

const compiled = compile(readContent("content"));
if (!compiled.ruleSet) throw new Error(`The content has faults:\n${compiled.faults.map(formatFault).join("\n")}`);

export const rules = {
  ruleSet: compiled.ruleSet,
  content: compiled.content,
  classify: createClassifier(compiled.ruleSet),
};
