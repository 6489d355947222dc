/**
 * From what was pasted or dropped to the bounces in it. This is the one place where the page decides
 * how many bounces a text holds; src/inputs can take it over.
 */

/** More than this is a log: the page explains the first ones and says so. */
export const MAX_BOUNCES = 2000;

const CODE = /(?:^|[^\d.\w])[245][0-7]\d[ :-]|\b[245]\.\d{1,3}\.\d{1,3}\b/;
/** A line that begins a record of its own: a stamp of a log, or a reply code. */
const STAMP =
  /^(?:[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d |\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\d{1,2}\/[A-Z][a-z]{2}\/\d{4}|<\d{1,3}>|\{"?)/;
const REPLY = /^(?:smtp; ?)?[245][0-7]\d(?:[ -]|$)/i;
/** Fields of a whole message: it is one bounce, however many lines it has. */
const MESSAGE = /^(?:return-path|received|content-type|diagnostic-code|final-recipient|mime-version|reporting-mta): /im;

/** @returns the bounces of a text, in order; one where nothing says that there are more */
export function splitBounces(text: string): string[] {
  const trimmed = text.trim();
  if (!trimmed.includes("\n")) return [text];
  if (MESSAGE.test(trimmed)) return [text];
  const lines = trimmed.split(/\r?\n/);
  const byLine = records(lines);
  if (byLine.length > 1) return byLine;
  const blocks = trimmed.split(/(?:\r?\n[ \t]*){2,}/).filter((b) => CODE.test(b));
  if (blocks.some(goesOn)) return [text];
  return blocks.length > 1 && blocks.every((b) => CODE.test(b.slice(0, 200))) ? blocks : [text];
}

/** A block ends amid a reply of several lines (550-… without 550 …): blank lines stand between its lines. */
function goesOn(block: string): boolean {
  const last = [...block.matchAll(/(?:^|\s)([245][0-7]\d)-/g)].at(-1);
  return last !== undefined && !new RegExp(`\\s${last[1]} `).test(block.slice(last.index));
}

/** Lines as records, with continuation lines (550-…, indented ones) kept with theirs. */
function records(lines: readonly string[]): string[] {
  const out: string[] = [];
  let open = "";
  for (const line of lines) {
    if (line.trim() === "") {
      open = "";
      continue;
    }
    const code = /^(?:smtp; ?)?([245][0-7]\d)([ -])/i.exec(line);
    const begins = STAMP.test(line) || REPLY.test(line);
    if (open !== "" && code?.[1] === open && out.length > 0) {
      out[out.length - 1] += `\n${line}`;
      if (code[2] === " ") open = "";
      continue;
    }
    if (!begins) {
      // A line that begins nothing belongs to the record before it, or there are no records here.
      if (out.length === 0) return [];
      out[out.length - 1] += `\n${line}`;
      continue;
    }
    out.push(line);
    open = code?.[2] === "-" ? (code[1] as string) : "";
  }
  return out.filter((r) => CODE.test(r));
}
