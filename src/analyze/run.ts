/** Files in, an analysis out. Memory stays bounded: the classification goes into a Blob piece by piece. */
import { type ClassifierRuleSet, createClassifier } from "../classifier/index.ts";
import { count, type InputRecord, newTally, readInputBatches } from "../inputs/index.ts";
import type { Explanation } from "../model/explanation.ts";
import { COLUMNS, csvCell, VERDICT } from "../report/csv.ts";
import type { ReportExplanation } from "../report/record.ts";
import { ReportBuilder } from "../report/report.ts";
import type { Analysis, FileResult, Options } from "./messages.ts";

/** Replies repeat: so many verdicts are kept a while. */
const KNOWN = 5000;
/** Longer texts are not worth their room. */
const KNOWN_TEXT = 1000;
/** UTF-16 units of CSV that become a Blob of their own. */
const PIECE = 1 << 20;

interface Verdict {
  explanation: ReportExplanation;
  cells: string;
}
const NO_VERDICT = VERDICT.map(() => "").join(",");

/** A row of the classification. */
function row(record: InputRecord, verdict: string): string {
  return `${[
    csvCell(record.place.file ?? ""),
    record.place.line,
    record.type,
    verdict,
    csvCell(record.recipient ?? ""),
    csvCell(record.mx ?? ""),
    csvCell(record.time ?? ""),
    csvCell(record.messageId ?? ""),
    csvCell(record.text),
    csvCell(record.reason ?? ""),
  ].join(",")}\r\n`;
}

async function* counted(file: File, onBytes: (n: number) => void): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      onBytes(value.length);
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/**
 * Reads and classifies files.
 * @param progress called after each batch, with the bytes and records so far and the file under way
 */
export async function analyze(
  files: readonly File[],
  rules: ClassifierRuleSet,
  options: Options,
  progress: (bytes: number, records: number, file: string) => void,
): Promise<Analysis> {
  const classify = createClassifier(rules);
  const report = new ReportBuilder(rules);
  const known = new Map<string, Verdict>();
  const pieces: Blob[] = [];
  let piece = `${COLUMNS.join(",")}\r\n`;
  let bytes = 0;
  let records = 0;

  const verdictOf = (record: InputRecord): Verdict => {
    const { recipient = "", mx = "", text } = record;
    const key = `${recipient.slice(recipient.lastIndexOf("@") + 1)}\0${mx}\0${text}`;
    let verdict = known.get(key);
    if (verdict) return verdict;
    const explanation: Explanation = classify(text, record);
    verdict = { explanation, cells: VERDICT.map((name) => csvCell(String(explanation[name] ?? ""))).join(",") };
    if (known.size >= KNOWN) known.clear();
    if (text.length < KNOWN_TEXT) known.set(key, verdict);
    return verdict;
  };

  const results: FileResult[] = [];
  for (const file of files) {
    const result: FileResult = { name: file.name, size: file.size, ...newTally() };
    results.push(result);
    const chunks = counted(file, (n) => {
      bytes += n;
    });
    try {
      const batches = readInputBatches(chunks, {
        ...options,
        name: file.name,
        onForm: (form) => {
          result.form = form;
        },
      });
      for await (const batch of batches) {
        for (const record of batch) {
          count(result, record);
          if (record.type === "bounce") {
            const { explanation, cells } = verdictOf(record);
            report.add(record, explanation);
            piece += row(record, cells);
          } else {
            report.add(record);
            if (record.type === "unreadable") piece += row(record, NO_VERDICT);
          }
        }
        records += batch.length;
        if (piece.length > PIECE) {
          pieces.push(new Blob([piece]));
          piece = "";
        }
        progress(bytes, records, file.name);
      }
    } catch (error) {
      // The disk, a file that was moved or changed meanwhile: what came before counts, and the next file is read.
      result.fault = error instanceof Error ? error.message : String(error);
    }
  }
  pieces.push(new Blob([piece]));
  return { files: results, report: report.result(), csv: new Blob(pieces, { type: "text/csv;charset=utf-8" }) };
}
