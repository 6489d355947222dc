/** Changes of a file's text for the fixers: they replace single values where they stand and leave all else. */
import { isMap, isScalar, isSeq, type Node, parseDocument, type Scalar, visit } from "yaml";
import type { SourceText } from "../../compiler/source-file.ts";

export interface Change {
  start: number;
  end: number;
  text: string;
}

export function applyChanges(text: string, changes: readonly Change[]): string {
  let out = text;
  for (const c of [...changes].sort((a, b) => b.start - a.start))
    out = out.slice(0, c.start) + c.text + out.slice(c.end);
  return out;
}

/** The frontmatter as YAML, and where it begins in the file. */
export function frontmatterOf(text: string): { yaml: string; start: number } | undefined {
  const open = /^\uFEFF?---[ \t]*\r?\n/.exec(text);
  if (!open) return undefined;
  const close = /^---[ \t]*$/m.exec(text.slice(open[0].length));
  return close ? { yaml: text.slice(open[0].length, open[0].length + close.index), start: open[0].length } : undefined;
}

/**
 * Visits every scalar and list of the frontmatter.
 * @param use gets the node, its own text and its path, and gives the text to put there, or undefined
 */
export function mapValues(
  source: SourceText,
  use: (node: Node, raw: string, path: (string | number)[]) => string | undefined,
): string {
  const found = frontmatterOf(source.text);
  if (!found) return source.text;
  const document = parseDocument(found.yaml, { prettyErrors: false, schema: "core" });
  if (document.errors.length > 0) return source.text;
  const changes: Change[] = [];
  visit(document, {
    Node(key, node, ancestors) {
      if (key === "key" || (!isScalar(node) && !isSeq(node)) || !node.range) return;
      const [from, to] = node.range;
      const raw = found.yaml.slice(from, to);
      const next = use(node, raw, pathOf([...ancestors, node]));
      if (next !== undefined && next !== raw)
        changes.push({ start: found.start + from, end: found.start + to, text: next });
    },
  });
  return applyChanges(source.text, changes);
}

function pathOf(chain: readonly unknown[]): (string | number)[] {
  const path: (string | number)[] = [];
  for (let i = 0; i + 1 < chain.length; i++) {
    const parent = chain[i];
    if (isMap(parent)) {
      const pair = parent.items.find((p) => p === chain[i + 1]);
      if (pair) path.push(String((pair.key as Scalar).value));
    } else if (isSeq(parent)) path.push(parent.items.indexOf(chain[i + 1] as Node));
  }
  return path;
}
