/** Reads the content folder from disk. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { SourceText } from "./source-file.ts";

/**
 * @param folder the content folder
 * @returns every file below it, hidden ones apart, with paths relative to it
 */
export function readContent(folder: string): SourceText[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((f) => f.isFile() && !f.name.startsWith("."))
    .map((f) => {
      const path = join(f.parentPath, f.name);
      return { path: relative(folder, path).split(sep).join("/"), text: readFileSync(path, "utf8") };
    });
}
