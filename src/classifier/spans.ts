/** What each part of the pasted text is: marked parts in order, without overlap. */
import type { Span } from "../model/explanation.ts";
import type { SpanRole } from "../model/vocabulary.ts";
import type { TextPart } from "./parts.ts";
import type { Located } from "./reply.ts";

export interface Marked {
  start: number;
  end: number;
  role: SpanRole;
  ref: string | undefined;
  note: string | undefined;
}

/** So many spans are marked at most: a log of thousands of addresses is not read part by part. */
const MAX_SPANS = 400;

/**
 * Lays the parts over the text: codes and tokens first, then values, then fingerprints, the words
 * and wrappers, which are split around what lies inside them.
 */
export function buildSpans(
  text: string,
  located: Located,
  parts: readonly TextPart[],
  marked: readonly Marked[],
): Span[] {
  const spans: Span[] = [];
  const taken = new Uint8Array(text.length);
  const put = (start: number, end: number, role: SpanRole, value: string, ref?: string, note?: string) => {
    taken.fill(1, start, end);
    const span: Span = { start, end, role, value };
    if (ref !== undefined) span.ref = ref;
    if (note !== undefined) span.note = note;
    spans.push(span);
  };
  const whole = (start: number, end: number, role: SpanRole, value: string, ref?: string, note?: string) => {
    if (end <= start || spans.length >= MAX_SPANS) return;
    for (let i = start; i < end; i++) if (taken[i]) return;
    put(start, end, role, value, ref, note);
  };
  /** Puts the free stretches of a range that hold more than white space. */
  const around = (start: number, end: number, role: SpanRole, ref?: string, note?: string) => {
    let from = start;
    for (let i = start; i <= end; i++) {
      if (i < end && !taken[i]) continue;
      let a = from;
      let b = i;
      while (a < b && /\s/.test(text[a] as string)) a++;
      while (b > a && /\s/.test(text[b - 1] as string)) b--;
      if (b > a && /[\p{L}\p{N}]/u.test(text.slice(a, b)) && spans.length < MAX_SPANS)
        put(a, b, role, text.slice(a, b), ref, note);
      from = i + 1;
    }
  };

  const { reply, status } = located;
  const byLength = (a: Marked, b: Marked) => a.end - a.start - (b.end - b.start);
  const tokens = marked.filter((m) => m.role === "token").sort(byLength);
  const fingerprints = marked.filter((m) => m.role === "fingerprint").sort(byLength);
  const putToken = (t: Marked) => whole(t.start, t.end, "token", text.slice(t.start, t.end), t.ref, t.note);
  if (reply) whole(reply.start, reply.end, "reply", reply.value, reply.value);
  if (status) {
    // A token of the shape of a status, as in [#4.16.1], is the provider's own and no status.
    for (const t of tokens) if (t.start <= status.start && t.end >= status.end) putToken(t);
    whole(status.start, status.end, "status", status.value, status.value);
  }
  for (const t of tokens) putToken(t);
  for (const p of parts) whole(p.start, p.end, p.role, p.value);
  for (const f of fingerprints) around(f.start, f.end, "fingerprint", f.ref, f.note);
  for (const w of marked.filter((m) => m.role === "words")) around(w.start, w.end, "words", w.ref, w.note);
  for (const w of located.wrappers) around(w.start, w.end, "wrapper");
  return spans.sort((a, b) => a.start - b.start);
}
