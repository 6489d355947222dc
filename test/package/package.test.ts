/**
 * The package as people get it: packed, installed into an empty project, run from there by every Node at hand.
 * Needs dist/rules (npm run build:rules); builds dist/lib where it is missing or older than the source.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");
const TSC = join(ROOT, "node_modules/typescript/bin/tsc");

const newest = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((f) => f.isFile())
    .reduce((n, f) => Math.max(n, statSync(join(f.parentPath, f.name)).mtimeMs), 0);

/** The Nodes of this machine that the package is for, each version once. */
const NODES = new Map<string, string>();
for (const path of [process.execPath, "/usr/bin/node", "/usr/local/bin/node"]) {
  if (!existsSync(path)) continue;
  const version = execFileSync(path, ["--version"], { encoding: "utf8" }).trim();
  const major = version.slice(1).split(".")[0] ?? "";
  if (Number(major) >= 20 && !NODES.has(major)) NODES.set(major, path);
}
if (!NODES.has("20")) console.warn("SKIPPED: no Node 20 on this machine; the package is tried with what is here.");

/** The code in docstrings that imports the package: indented by three blanks or more behind the asterisk. */
function examplesOf(file: string): string[] {
  const blocks: string[] = [];
  let block: string[] = [];
  for (const line of readFileSync(join(ROOT, file), "utf8").split("\n")) {
    const m = /^\s*\* {3,}(\S.*)$/.exec(line);
    if (m) block.push(line.replace(/^\s*\* {3,5}/, ""));
    else {
      blocks.push(block.join("\n"));
      block = [];
    }
  }
  return blocks.filter((b) => b.includes('from "smtp-field-manual'));
}
const EXAMPLES = ["src/index.ts", "src/inputs/read.ts", "src/report/index.ts"].flatMap((file) =>
  examplesOf(file).map((code, i) => ({ name: `${file} ${i + 1}`, code })),
);

let folder = "";
let installed: string | undefined;

beforeAll(() => {
  const lib = join(ROOT, "dist/lib/index.js");
  if (!existsSync(lib) || statSync(lib).mtimeMs < newest(join(ROOT, "src")))
    execFileSync(process.execPath, [TSC, "-p", "tsconfig.build.json"], { cwd: ROOT, stdio: "pipe" });
  folder = mkdtempSync(join(tmpdir(), "sfm-package-"));
  const packed = execFileSync("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", folder], {
    cwd: ROOT,
    encoding: "utf8",
    stdio: "pipe",
  });
  const [info] = JSON.parse(packed) as { filename: string; files: { path: string }[] }[];
  const project = join(folder, "project");
  execFileSync("mkdir", [project]);
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "empty", private: true, type: "module" }));
  const tarball = join(folder, info?.filename ?? "");
  // From npm's cache where it has all; else from the registry.
  for (const from of ["--offline", "--prefer-offline"]) {
    const done = spawnSync("npm", ["install", from, "--no-audit", "--no-fund", "--ignore-scripts", tarball], {
      cwd: project,
      encoding: "utf8",
    });
    if (done.status === 0) {
      installed = project;
      break;
    }
    console.warn(`npm install ${from}: ${done.stderr.split("\n")[0]}`);
  }
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const project = () => {
  if (installed === undefined) throw new Error("The package could not be installed.");
  return installed;
};

describe("the packed package", () => {
  it("holds the library, the program and the rules, and nothing else", () => {
    const files = readdirSync(join(project(), "node_modules/smtp-field-manual"), { recursive: true }).map(String);
    for (const wanted of [
      "package.json",
      "dist/lib/index.js",
      "dist/lib/index.d.ts",
      "dist/lib/cli/main.js",
      "dist/lib/cli/classify-worker.js",
      "dist/lib/inputs/index.d.ts",
      "dist/lib/report/index.d.ts",
      "dist/rules/rules.json",
      "dist/rules/rule-set.js",
    ])
      expect(files).toContain(wanted);
    expect(files.filter((f) => /(?:^|\/)(?:src|test|content|site)(?:\/|$)/.test(f))).toEqual([]);
    expect(files.filter((f) => f.endsWith(".ts") && !f.endsWith(".d.ts"))).toEqual([]);
  });

  for (const [major, node] of NODES) {
    describe(`with Node ${major}`, () => {
      const run = (args: string[], input = "") =>
        spawnSync(node, args, {
          cwd: project(),
          encoding: "utf8",
          maxBuffer: 1 << 26,
          input,
          env: { ...process.env, NODE_OPTIONS: "" },
        });
      it("the library classifies, reads and reports", () => {
        writeFileSync(
          join(project(), "use.js"),
          `import { classify, createClassifier, ruleSet } from "smtp-field-manual";
import { readInput } from "smtp-field-manual/inputs";
import { createReport, renderHtml } from "smtp-field-manual/report";
import rules from "smtp-field-manual/rules.json" with { type: "json" };
const report = createReport(ruleSet);
for await (const r of readInput("550 5.1.1 user unknown\\n452 4.2.2 over quota\\n")) report.add(r, classify(r.text, r));
console.log(JSON.stringify({ cause: classify("550 5.1.1 user unknown").cause, again: createClassifier(rules)("550 5.1.1 user unknown").cause, bounces: report.result().totals.bounces, html: renderHtml(report.result()).length > 500 }));
`,
        );
        const { stdout, stderr, status } = run(["use.js"]);
        expect(status, stderr).toBe(0);
        expect(JSON.parse(stdout)).toEqual({
          cause: "recipient-unknown",
          again: "recipient-unknown",
          bounces: 2,
          html: true,
        });
      });
      it("the program runs, with workers, too", () => {
        const main = "node_modules/smtp-field-manual/dist/lib/cli/main.js";
        expect(run([main, "--version"]).stdout).toMatch(/^\d+\.\d+\.\d+ \(rules \d{4}\.\d\d\.\d\d\)\n$/);
        expect(run([main, "explain", "550 5.1.1 user unknown"]).stdout).toContain("recipient-unknown");
        const many = run([main, "classify", "--workers", "2"], "550 5.1.1 user unknown\n".repeat(30_000));
        expect(many.status, many.stderr).toBe(0);
        expect(many.stdout.trimEnd().split("\n")).toHaveLength(30_000);
        const bin = join(project(), "node_modules/.bin/smtp-field-manual");
        expect(spawnSync(bin, ["--help"], { encoding: "utf8" }).stdout).toContain("Usage: smtp-field-manual");
      });
      for (const [i, { name, code }] of EXAMPLES.entries())
        it(`the example of ${name} runs`, () => {
          writeFileSync(join(project(), `example-${i}.js`), code);
          const { stderr, status } = run([`example-${i}.js`]);
          expect(status, `${code}\n${stderr}`).toBe(0);
        });
    });
  }

  it("there are examples for all three entry points", () => {
    for (const entry of ['"smtp-field-manual"', '"smtp-field-manual/inputs"', '"smtp-field-manual/report"'])
      expect(
        EXAMPLES.some((e) => e.code.includes(entry)),
        entry,
      ).toBe(true);
  });

  it("its types hold in a strict project", () => {
    writeFileSync(
      join(project(), "types.ts"),
      `import { classify, type Explanation, type CauseId } from "smtp-field-manual";
import { type FormId, type InputRecord, readInput } from "smtp-field-manual/inputs";
import { createReport, type Report } from "smtp-field-manual/report";
import { ruleSet } from "smtp-field-manual";
const e: Explanation = classify("550", { recipient: "a@example.com", mx: "mx.example.com" });
const cause: CauseId = e.cause;
// @ts-expect-error a cause is one of a closed list
const wrong: CauseId = "no-such-cause";
// @ts-expect-error the text is needed
classify();
const form: FormId = "postfix";
// @ts-expect-error a form is one of a closed list
const noForm: FormId = "word";
async function f(stream: ReadableStream<Uint8Array>): Promise<Report> {
  const report = createReport(ruleSet);
  for await (const r of readInput(stream, { form })) {
    const record: InputRecord = r;
    const line: number = record.place.line;
    // @ts-expect-error a place has no column
    record.place.column;
    report.add(record, line > 0 && record.type === "bounce" ? classify(record.text, record) : undefined);
  }
  return report.result();
}
export { cause, wrong, noForm, f };
`,
    );
    writeFileSync(
      join(project(), "tsconfig.json"),
      JSON.stringify({
        compilerOptions: {
          strict: true,
          exactOptionalPropertyTypes: true,
          module: "NodeNext",
          moduleResolution: "NodeNext",
          target: "ES2023",
          lib: ["ES2023", "DOM", "DOM.AsyncIterable"],
          types: [],
          noEmit: true,
        },
        files: ["types.ts"],
      }),
    );
    const done = spawnSync(process.execPath, [TSC, "-p", project()], { encoding: "utf8" });
    expect(done.stdout).toBe("");
    expect(done.status).toBe(0);
  });

  it("the project itself can import the package by its name", () => {
    const done = spawnSync(
      process.execPath,
      [
        "--input-type=module",
        "-e",
        'import { classify } from "smtp-field-manual"; console.log(classify("550 5.1.1 user unknown").cause)',
      ],
      { cwd: ROOT, encoding: "utf8" },
    );
    expect(done.stdout.trim(), done.stderr).toBe("recipient-unknown");
  });
});
