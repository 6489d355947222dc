/** Opens what the user names: files, folders, Maildirs, standard input. */
import { createReadStream, type Dirent, existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { FormId } from "../inputs/index.ts";
import { UsageError } from "./usage-error.ts";

export interface InputSource {
  /** The file's path, or undefined for standard input. */
  name: string | undefined;
  /** Its size in bytes, as far as known. */
  size: number | undefined;
  /** A form that is known from where it lies: every file of a Maildir is one mail. */
  form: FormId | undefined;
  open(): AsyncIterable<Uint8Array>;
}

const CHUNK = 1 << 16;

function file(path: string, form?: FormId): InputSource {
  return {
    name: path,
    size: statSync(path).size,
    form,
    open: () => createReadStream(path, { highWaterMark: CHUNK }) as AsyncIterable<Uint8Array>,
  };
}

const names = (folder: string): Dirent[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((f) => !f.name.startsWith("."))
    .sort((a, b) => (a.name < b.name ? -1 : 1));

/** A folder's files: the mails of a Maildir (cur, new), else every file in it, one level deep. */
function* folder(path: string): Generator<InputSource> {
  const isMaildir = existsSync(join(path, "cur")) || existsSync(join(path, "new"));
  if (isMaildir) {
    for (const part of ["cur", "new"]) {
      const inside = join(path, part);
      if (!existsSync(inside)) continue;
      for (const entry of names(inside)) if (entry.isFile()) yield file(join(inside, entry.name), "mail");
    }
  } else for (const entry of names(path)) if (entry.isFile()) yield file(join(path, entry.name));
}

export function standardInput(): InputSource {
  return { name: undefined, size: undefined, form: undefined, open: () => process.stdin as AsyncIterable<Uint8Array> };
}

/**
 * Opens paths in order, one after the other; «-» is standard input.
 * @throws UsageError where a path does not exist or cannot be read, before anything is read
 */
export function* openSources(paths: readonly string[]): Generator<InputSource> {
  const kinds = paths.map((path) => {
    if (path === "-") return "input" as const;
    try {
      const s = statSync(path);
      return s.isDirectory() ? ("folder" as const) : ("file" as const);
    } catch {
      throw new UsageError(`There is no file «${path}».`);
    }
  });
  for (let i = 0; i < paths.length; i++) {
    const path = paths[i] as string;
    if (kinds[i] === "input") yield standardInput();
    else if (kinds[i] === "folder") yield* folder(path);
    else yield file(path);
  }
}
