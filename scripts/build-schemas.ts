/**
 * Writes the JSON Schemas of the frontmatter from the zod schemas: schemas/, which is kept in the
 * repository, and .astro/collections/, where the Astro extension of VS Code looks for them.
 *
 *   npm run build:schemas [-- --check]
 *
 *   --check    write nothing; end with 1 where a file in schemas/ is out of date
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { readContent } from "../src/compiler/read-content.ts";
import { kindOfFile, schemaFiles } from "../src/contribute/schemas.ts";

const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
const FOLDER = "schemas";
const EDITOR = ".astro/collections";

const read = (path: string) => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
};

if (values.check) {
  const stale = schemaFiles().filter(([name, text]) => read(join(FOLDER, name)) !== text);
  for (const [name] of stale) console.error(`${join(FOLDER, name)} is out of date: run npm run build:schemas`);
  if (stale.length > 0) process.exitCode = 1;
} else {
  mkdirSync(FOLDER, { recursive: true });
  mkdirSync(EDITOR, { recursive: true });
  for (const [name, text] of schemaFiles()) {
    writeFileSync(join(FOLDER, name), text);
    writeFileSync(join(EDITOR, name), text);
  }
  // The extension finds a file's schema by its address, in lower case.
  const entries = Object.fromEntries(
    readContent("content").flatMap(({ path }) => {
      const kind = kindOfFile(path);
      return kind ? [[pathToFileURL(resolve("content", path)).href.toLowerCase(), kind]] : [];
    }),
  );
  const collections = schemaFiles().map(([name]) => ({ hasSchema: true, name: name.replace(".schema.json", "") }));
  writeFileSync(join(EDITOR, "collections.json"), JSON.stringify({ collections, entries }, null, 2));
  console.log(
    `${FOLDER}: ${collections.length} schemas; ${EDITOR}: ${Object.keys(entries).length} files known to the editor.`,
  );
}
