/** The classifier at build time: marks the deciding parts of examples. */
import { type Classifier, type Context, createClassifier } from "../classifier/index.ts";
import type { SpanRole } from "../model/vocabulary.ts";
import { getManual } from "./manual.ts";

let classifier: Classifier | undefined;

/** Roles worth a mark on a page without explanations: what decides, not what varies. */
const MARKED: readonly SpanRole[] = ["reply", "status", "words", "token"];

/** @returns the text in pieces; those with a role are marked */
export function explainExample(text: string, context: Context): { text: string; role?: SpanRole }[] {
  classifier ??= createClassifier(getManual().ruleSet);
  const pieces: { text: string; role?: SpanRole }[] = [];
  let from = 0;
  for (const span of classifier(text, context).spans) {
    if (!MARKED.includes(span.role) || span.start < from) continue;
    if (span.start > from) pieces.push({ text: text.slice(from, span.start) });
    pieces.push({ text: text.slice(span.start, span.end), role: span.role });
    from = span.end;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}
