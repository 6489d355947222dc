/** Which form an input is in, from its first bytes. */
import type { Form, Head } from "./form.ts";
import { FORMS } from "./forms.ts";
import { encodingOf, splitLines } from "./lines.ts";
import { replies } from "./replies.ts";

/** So much of an input is looked at, in bytes. */
export const HEAD_BYTES = 1 << 16;

/** Prepares the first bytes for the detection. */
export function headOf(bytes: Uint8Array, complete: boolean, name?: string): Head {
  const text = new TextDecoder(encodingOf(bytes)).decode(bytes.subarray(0, HEAD_BYTES)).replace(/^\ufeff/, "");
  const lines = splitLines(text);
  // The last line may be cut off in its middle; a single one is all there is.
  if (lines.length > 1 && (!complete || bytes.length > HEAD_BYTES)) lines.pop();
  return {
    bytes,
    text,
    lines: lines.filter((l) => l.trim() !== ""),
    complete: complete && bytes.length <= HEAD_BYTES,
    name,
  };
}

/**
 * Tells the form of an input.
 * @param head its first bytes (HEAD_BYTES are enough), or text
 * @param name the file's name, a hint
 */
export function detectForm(head: Uint8Array | string, name?: string): Form {
  const bytes = typeof head === "string" ? new TextEncoder().encode(head.slice(0, HEAD_BYTES)) : head;
  return detect(headOf(bytes, bytes.length < HEAD_BYTES, name));
}

export function detect(head: Head): Form {
  let best: Form = replies;
  let bestScore = 0;
  for (const form of FORMS) {
    const score = form.detect(head);
    if (score > bestScore) {
      best = form;
      bestScore = score;
    }
  }
  return best;
}
