/** Who may import whom: the map of ARCHITECTURE.md, held by a test. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, it } from "vitest";

/** For each folder of src, the folders that it may import from. */
const MAY: Record<string, string[]> = {
  model: [],
  template: ["model"],
  classifier: ["model", "template"],
  compiler: ["model", "template", "classifier"],
  inputs: ["model"],
  report: ["model", "classifier"],
  exports: ["model", "template"],
  contribute: ["model", "template", "classifier", "compiler"],
  analyze: ["model", "classifier", "inputs", "report", "lookup"],
  cli: ["model", "template", "classifier", "inputs", "report", "exports", "index.ts"],
};

const sources = readdirSync("src", { recursive: true, withFileTypes: true })
  .filter((f) => f.isFile() && /\.(ts|tsx|mts)$/.test(f.name) && !f.name.endsWith(".d.ts"))
  .map((f) => join(f.parentPath, f.name));

const imports = (file: string) =>
  [...readFileSync(file, "utf8").matchAll(/^(?:import|export)\s+(type\s)?(?:[\w*{}\s,]+\sfrom\s+)?"([^"]+)";/gm)].map(
    (m) => ({
      type: m[1] !== undefined,
      from: m[2] as string,
    }),
  );

const folderOf = (path: string) => path.split("/")[1] as string;

it.each(sources.filter((f) => folderOf(f) in MAY))("%s", (file) => {
  const folder = folderOf(file);
  for (const { from, type } of imports(file)) {
    if (from.startsWith(".")) {
      const target = folderOf(normalize(join(dirname(file), from)));
      if (target !== folder) expect(MAY[folder], `${file} imports ${from}`).toContain(target);
    }
    if (folder === "classifier" || folder === "template" || folder === "report") {
      expect(from, `${file} has a dependency`).toMatch(/^\./);
      // The schemas bring zod along; only their types and the plain vocabulary may come in.
      if (folder !== "template" && /model\//.test(from) && !from.endsWith("/vocabulary.ts"))
        expect(type, `${file} imports ${from} as a value`).toBe(true);
    }
  }
});

it("nothing imports the command line or the pages", () => {
  for (const file of sources.filter((f) => !/^src\/(cli|pages|layouts|components|lookup)\//.test(f))) {
    for (const { from } of imports(file)) expect(from, file).not.toMatch(/\/(cli|pages|layouts|components)\//);
  }
});
