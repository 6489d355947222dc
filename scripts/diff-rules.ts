/**
 * What a change does: compiles the content of a base and of the working tree, and prints what differs.
 *
 *   npm run diff:rules [-- BASE] [options]
 *
 *   BASE               a git ref (main, origin/main, v1.2.0) or a content folder; main where none is given
 *   --markdown         as a comment for a pull request
 *   --json             everything, as JSON
 *   --content DIR      the content folder to compare (default content)
 *   --corpus DIR       more stored texts (default test/corpus): a text a line, or JSON lines with `text`
 *
 * Ends with 1 where an id that was released no longer resolves.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readContent } from "../src/compiler/read-content.ts";
import { diffRules, printDifference, type StoredText } from "../src/contribute/diff.ts";
import { lint } from "../src/contribute/lint/lint.ts";
import { NEGATIVE } from "../src/contribute/negative.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    markdown: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    content: { type: "string", default: "content" },
    corpus: { type: "string", default: "test/corpus" },
    help: { type: "boolean", short: "h", default: false },
  },
});
const base = positionals[0] ?? "main";

if (values.help) {
  console.log(/\/\*\*\n([\s\S]*?) \*\//.exec(readFileSync(import.meta.filename, "utf8"))?.[1]?.replace(/^ \* ?/gm, ""));
} else main();

function main(): void {
  const before = withBase(base, load);
  const after = load(values.content);
  const texts: StoredText[] = [
    ...after.texts,
    ...before.texts,
    ...NEGATIVE.map((n) => ({ from: `negative set, ${n.what}`, text: n.text })),
    ...corpusTexts(values.corpus),
  ];
  const difference = diffRules(before.ruleSet, after.ruleSet, texts, { stillThere: after.ids });
  console.log(
    values.json
      ? JSON.stringify(difference, null, 1)
      : printDifference(difference, base, values.markdown ? "markdown" : "text"),
  );
  for (const [name, { faults }] of [
    [base, before],
    [values.content, after],
  ] as const)
    if (faults > 0) console.error(`\n${name} has ${faults} faults: the files that have them are left out here.`);
  if (difference.unresolved.length > 0) process.exitCode = 1;
}

function load(folder: string) {
  const { facts, compiled } = lint(readContent(folder), { today: "2999-12-31", rules: [], exceptions: [] });
  if (!facts.ruleSet) {
    console.error(`${folder} cannot be compiled: npm run check:content`);
    process.exit(1);
  }
  const texts: StoredText[] = compiled.content.entries.flatMap(({ id, data }) => [
    ...data.examples.map(({ text, recipient, mx }) => ({ from: id, text, recipient, mx })),
    ...data.not.map((text) => ({ from: `${id}, not`, text })),
  ]);
  const ids = new Set(readContent(folder).map((f) => f.path.replace(/^providers\//, "").replace(/\.mdx$/, "")));
  return { ruleSet: facts.ruleSet, ids, texts, faults: compiled.faults.length };
}

/** The base's content in a folder: as it is, or taken out of git for a moment. */
function withBase<T>(name: string, use: (folder: string) => T): T {
  if (existsSync(name) && statSync(name).isDirectory()) return use(name);
  const folder = mkdtempSync(join(tmpdir(), "diff-rules-"));
  try {
    if (name.startsWith("-")) throw new Error("not a ref");
    const tar = execFileSync("git", ["archive", "--format=tar", name, "content"], {
      maxBuffer: 1 << 29,
      stdio: ["ignore", "pipe", "pipe"],
    });
    execFileSync("tar", ["-x", "-C", folder], { input: tar });
    return use(join(folder, "content"));
  } catch (error) {
    console.error(
      `«${name}» is neither a folder nor a git ref with content: ${(error as { stderr?: Buffer }).stderr?.toString().trim() || error}`,
    );
    process.exit(2);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Texts of the open corpora, where they are. */
function corpusTexts(folder: string): StoredText[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((f) => {
    if (!f.isFile() || !/\.(?:txt|jsonl|log)$/.test(f.name)) return [];
    const lines = readFileSync(join(f.parentPath, f.name), "utf8")
      .split("\n")
      .filter((l) => l.trim() && !l.startsWith("#"));
    return lines.slice(0, 20_000).flatMap((line) => {
      const text = f.name.endsWith(".jsonl") ? textOf(line) : line;
      return text ? [{ from: f.name, text }] : [];
    });
  });
}

function textOf(line: string): string | undefined {
  try {
    const record = JSON.parse(line) as Record<string, unknown>;
    return [record.text, record.reply, record.response].find((v): v is string => typeof v === "string");
  } catch {
    return undefined;
  }
}
