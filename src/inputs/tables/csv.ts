/** CSV, TSV and the like: a column that is named or found holds the server's words. */
import type { Form, Head } from "../form.ts";
import { textChunks } from "../lines.ts";
import { type InputRecord, placeReadings, type ReadOptions, unreadable } from "../record.ts";
import { peek } from "../source.ts";
import { REPLY_START } from "../words.ts";
import { findColumns, readRow } from "./columns.ts";
import { type CsvRow, csvRows, findDelimiter } from "./csv-rows.ts";

/** So many rows are looked at to find the columns. */
const SAMPLE_ROWS = 50;

/** A header names its columns: short, distinct, and none of them a reply, an address or a number. */
function isHeader(fields: readonly string[]): boolean {
  if (fields.length === 0 || new Set(fields).size !== fields.length) return false;
  return (
    fields.every((f) => f.trim().length < 60 && !REPLY_START.test(f) && !/@|^\s*-?\d+([.:/-]\d+)*\s*$/.test(f)) &&
    fields.some((f) => /\p{L}/u.test(f))
  );
}

async function* readCsv(chunks: AsyncIterable<Uint8Array>, options: ReadOptions): AsyncGenerator<InputRecord[]> {
  const { head, all } = await peek(chunks as AsyncGenerator<Uint8Array>, 1 << 16);
  const delimiter =
    findDelimiter(
      new TextDecoder()
        .decode(head)
        .split(/\r?\n/)
        .filter((l) => l.trim() !== "")
        .slice(0, 100),
    ) ?? ",";
  let sample: CsvRow[] | undefined = [];
  let names: string[] = [];
  let columns: ReturnType<typeof findColumns> | undefined;
  let index = 0;
  const read = (row: CsvRow): InputRecord[] => {
    const place = { line: row.line, ...(row.lines > 1 && { lines: row.lines }), index: ++index };
    if (!row.fields) return [unreadable("csv", row.text, place, row.fault ?? "The row could not be read.")];
    const fields = row.fields;
    if (!columns || columns.text === undefined)
      return [
        unreadable(
          "csv",
          row.text,
          place,
          options.column === undefined
            ? "No column with replies was found: name it."
            : `There is no column «${options.column}».`,
        ),
      ];
    const reading = readRow((name) => fields[names.indexOf(name)], columns);
    if (reading.type === "other" && reading.text === "") reading.text = row.text.slice(0, 2000);
    return placeReadings([reading], "csv", place);
  };
  /** Settles the columns with the first rows, then reads those. */
  const settle = (rows: CsvRow[]): InputRecord[] => {
    const first = rows.find((r) => r.fields !== undefined);
    const header = first?.fields && isHeader(first.fields) ? first : undefined;
    const width = Math.max(0, ...rows.map((r) => r.fields?.length ?? 0));
    names = Array.from({ length: width }, (_, i) =>
      (header?.fields?.[i] ?? `column ${i + 1}`).replace(/^\ufeff/, "").trim(),
    );
    const body = rows.filter((r) => r !== header);
    const cells = body.map((r) => new Map(r.fields?.map((f, i) => [names[i] ?? "", f])));
    columns = findColumns(names, cells, options.column);
    const records = body.flatMap(read);
    // The header is no record, but where it stood is known: nothing is lost silently.
    return records;
  };
  for await (const rows of csvRows(textChunks(all), delimiter)) {
    if (sample) {
      sample.push(...rows);
      if (sample.length <= SAMPLE_ROWS) continue;
      const records = settle(sample);
      sample = undefined;
      yield records;
    } else yield rows.flatMap(read);
  }
  if (sample && sample.length > 0) yield settle(sample);
}

function detectCsv(head: Head): number {
  const lines = head.lines.slice(0, 100);
  const delimiter = findDelimiter(lines);
  if (delimiter === undefined || lines.length === 0) return 0;
  const header = (lines[0] as string).split(delimiter).map((f) => f.replace(/^"|"$/g, "").trim());
  if (!isHeader(header) || header.length < 2) {
    // Rows of data without a header: some field of most rows is a reply.
    const replies = lines.filter((l) =>
      l.split(delimiter).some((f, i) => i > 0 && REPLY_START.test(f.replace(/^"/, ""))),
    );
    return replies.length / lines.length > 0.5 && !REPLY_START.test(lines[0] as string) ? 0.6 : 0;
  }
  const named = findColumns(header, [], undefined).by;
  const known = Object.keys(named).length;
  // A single line of prose with a comma is no header.
  if (known === 0) return lines.length > 1 ? 0.15 : 0;
  return Math.min(0.7, 0.45 + 0.1 * known);
}

export const csv: Form = {
  id: "csv",
  title: "CSV with a column of replies",
  detect: (head) =>
    /\.(?:csv|tsv)(?:\.gz)?$/i.test(head.name ?? "") ? Math.max(0.55, detectCsv(head)) : detectCsv(head),
  read: (chunks, options) => readCsv(chunks, options),
};
