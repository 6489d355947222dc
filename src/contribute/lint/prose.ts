/** The texts of a file that we wrote ourselves, for the rules of style: fields and body, each with its place. */

import { type MarkdownNode, parseMarkdown } from "../../compiler/markdown.ts";
import type { SourceFile } from "../../compiler/source-file.ts";
import type { Place } from "./rule.ts";

export interface Prose {
  text: string;
  place: Place;
  /** The field's name, or "body". */
  field: string;
}

/** Fields in which people write sentences; `text` is one only in a list of requirements. */
const FIELDS = new Set(
  "title meaning misleading do tell_recipient label note summary because description differs what name".split(" "),
);

const cache = new WeakMap<SourceFile, Prose[]>();

export function proseOf(file: SourceFile): Prose[] {
  let prose = cache.get(file);
  if (!prose) {
    prose = [...fieldsOf(file.data, []), ...bodyOf(file)];
    cache.set(file, prose);
  }
  return prose;
}

function* fieldsOf(value: unknown, path: PropertyKey[]): Generator<Prose> {
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) yield* fieldsOf(item, [...path, i]);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      const at = [...path, key];
      if (typeof item === "string" && (FIELDS.has(key) || (key === "text" && path[0] === "requirements")))
        yield { text: item, place: { path: at }, field: key };
      else if (key !== "examples" && key !== "templates") yield* fieldsOf(item, at);
    }
  }
}

/** Paragraphs, list items, cells and headings of the body; code becomes «…», since it is somebody else's words. */
function bodyOf(file: SourceFile): Prose[] {
  if (file.body.trim() === "") return [];
  const found: Prose[] = [];
  let root: MarkdownNode;
  try {
    root = parseMarkdown(file.body);
  } catch {
    return []; // reported by the compiler
  }
  const walk = (node: MarkdownNode, depth: number) => {
    if (node.type === "paragraph" || node.type === "heading" || node.type === "tableCell") {
      const start = node.position?.start ?? { line: 1, column: 1 };
      found.push({
        text: plain(node),
        place: { line: file.bodyLine + start.line - 1, column: start.column },
        field: node.type === "paragraph" ? "body" : node.type,
      });
    } else if (depth < 60) for (const child of node.children ?? []) walk(child, depth + 1);
  };
  walk(root, 0);
  return found;
}

function plain(node: MarkdownNode): string {
  if (node.type === "inlineCode") return "«…»";
  if (node.type === "break") return " ";
  return (node.value ?? "") + (node.children ?? []).map(plain).join("");
}

/** The sentences of a text, with their offsets. */
export function sentencesOf(text: string): { text: string; offset: number }[] {
  const found: { text: string; offset: number }[] = [];
  let from = 0;
  // A sentence ends with a sign, a blank and a capital, unless the sign belongs to a short form.
  for (const m of text.matchAll(/[.!?:;]["')\]]?\s+(?=["'(«]?[\p{Lu}\d«])/gu)) {
    const end = m.index + m[0].length;
    if (/\b(?:e\.g|i\.e|etc|vs|No|St|Dr|Mr|Inc|Ltd|Co|approx)\.\s*$/.test(text.slice(from, end))) continue;
    found.push({ text: text.slice(from, end).trim(), offset: from });
    from = end;
  }
  const rest = text.slice(from).trim();
  if (rest) found.push({ text: rest, offset: from });
  return found;
}

export const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}][\p{L}\p{N}'’.-]*/gu) ?? [];
