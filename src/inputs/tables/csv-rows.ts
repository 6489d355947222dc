/**
 * Rows out of CSV (RFC 4180) as it streams, by whole records: csv-parse reads each record that has quotes in it,
 * the others need no parser. A record whose quotes never end costs only its first line.
 */
import { parse } from "csv-parse/browser/esm/sync";
import { lineBatches } from "../lines.ts";

export interface CsvRow {
  /** The fields; undefined where the row could not be read. */
  fields: string[] | undefined;
  line: number;
  lines: number;
  text: string;
  fault?: string;
}

/** A quoted field that runs on longer than this has lost its closing quote. */
const MAX_ROW_LINES = 200;
const MAX_ROW_LENGTH = 1 << 20;

export const DELIMITERS = [",", ";", "\t", "|"] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** The delimiter that splits the most of the lines into the same number of fields, two at least. */
export function findDelimiter(lines: readonly string[]): Delimiter | undefined {
  let best: Delimiter | undefined;
  let bestScore = 0;
  for (const d of DELIMITERS) {
    const counts = new Map<number, number>();
    let n = 0;
    for (const line of lines) {
      // Rows that go on over several lines cannot be counted by line.
      if ((line.split('"').length - 1) % 2 === 1) continue;
      n++;
      const fields = countFields(line, d);
      counts.set(fields, (counts.get(fields) ?? 0) + 1);
    }
    for (const [fields, times] of counts) {
      // More fields make chance less likely.
      const score = n === 0 || fields < 2 ? 0 : (times / n) * (1 - 1 / fields);
      if (score > bestScore) {
        best = d;
        bestScore = score;
      }
    }
  }
  return bestScore >= 0.4 ? best : undefined;
}

function countFields(line: string, delimiter: string): number {
  let n = 1;
  let quoted = false;
  for (const c of line) {
    if (c === '"') quoted = !quoted;
    else if (c === delimiter && !quoted) n++;
  }
  return n;
}

/** Whether quotes are open behind a line. A quote opens a field only at its start. */
function staysOpen(line: string, open: boolean, delimiter: string): boolean {
  let quoted = open;
  let atStart = !open;
  for (let i = 0; i < line.length; i++) {
    const c = line[i];
    if (quoted) {
      if (c === '"') {
        if (line[i + 1] === '"') i++;
        else quoted = false;
      }
    } else if (c === '"' && atStart) quoted = true;
    atStart = !quoted && c === delimiter;
  }
  return quoted;
}

function parseRow(text: string, delimiter: string): string[] {
  const rows: string[][] = parse(text, { delimiter, relax_column_count: true, relax_quotes: true, bom: true });
  return rows[0] ?? [];
}

/**
 * Reads rows.
 * @param chunks decoded text
 * @param delimiter what separates the fields
 * @returns batches of rows, blank lines left out
 */
export async function* csvRows(chunks: AsyncIterable<string>, delimiter: Delimiter): AsyncGenerator<CsvRow[]> {
  /** Lines of a record whose quotes are still open. */
  let open: { line: number; text: string }[] = [];
  let openLength = 0;
  const rows: CsvRow[] = [];
  const emit = (lines: readonly { line: number; text: string }[]) => {
    const text = lines.map((l) => l.text).join("\n");
    const place = { line: lines[0]?.line ?? 1, lines: lines.length, text };
    if (!text.includes('"')) rows.push({ ...place, fields: text.split(delimiter) });
    else
      try {
        rows.push({ ...place, fields: parseRow(text, delimiter) });
      } catch (error) {
        rows.push({
          ...place,
          fields: undefined,
          fault: error instanceof Error ? error.message.slice(0, 200) : "fault",
        });
      }
  };
  const takeLine = (line: number, text: string) => {
    if (open.length === 0 && text.trim() === "") return;
    open.push({ line, text });
    openLength += text.length;
    if (!staysOpen(text, open.length > 1, delimiter)) {
      emit(open);
      open = [];
      openLength = 0;
    } else if (open.length >= MAX_ROW_LINES || openLength > MAX_ROW_LENGTH) giveUp();
  };
  /** The first of the open lines has a quote that does not end: report it, and read the others by themselves. */
  const giveUp = () => {
    const [first, ...others] = open;
    open = [];
    openLength = 0;
    if (!first) return;
    rows.push({
      fields: undefined,
      line: first.line,
      lines: 1,
      text: first.text,
      fault: "A quote opens in it and does not end.",
    });
    for (const { line, text } of others) takeLine(line, text);
  };
  for await (const { first, lines } of lineBatches(chunks)) {
    for (let i = 0; i < lines.length; i++) takeLine(first + i, lines[i] as string);
    if (rows.length > 0) yield rows.splice(0);
  }
  while (open.length > 0) giveUp();
  if (rows.length > 0) yield rows;
}
