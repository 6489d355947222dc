/** smtp-field-manual report: what bounces, where, why, what changed, what to do first. */
import { writeFileSync } from "node:fs";
import { basename } from "node:path";
import { classify, ruleSet } from "../index.ts";
import type { FormId } from "../inputs/index.ts";
import { createReport, type ReportExplanation, renderHtml, renderText } from "../report/index.ts";
import { Output } from "./output.ts";
import { closingWords, newReading, readSources, stopOnInterrupt } from "./read-sources.ts";
import { Progress, styleFor, wantsColour } from "./terminal.ts";
import { EXIT } from "./usage-error.ts";

export interface ReportOptions {
  json?: boolean;
  html?: boolean;
  output?: string;
  suppress?: string;
  retry?: string;
  input?: FormId;
  column?: string;
}

export async function reportCommand(paths: readonly string[], options: ReportOptions): Promise<number> {
  const reading = newReading();
  const progress = new Progress();
  const report = createReport(ruleSet);
  const release = stopOnInterrupt(reading);
  // Replies repeat: their verdicts are kept a while.
  const known = new Map<string, ReportExplanation>();
  try {
    for await (const batch of readSources(paths, options, reading, progress)) {
      for (const record of batch) {
        if (record.type !== "bounce") {
          report.add(record);
          continue;
        }
        const key = `${record.recipient?.slice(record.recipient.lastIndexOf("@") + 1)}\0${record.mx}\0${record.text}`;
        let e = known.get(key);
        if (!e) {
          if (known.size >= 5000) known.clear();
          e = classify(record.text, record);
          if (record.text.length < 1000) known.set(key, e);
        }
        report.add(record, e);
      }
    }
  } finally {
    progress.done();
    release();
  }
  const result = report.result();
  if (options.suppress !== undefined) writeFileSync(options.suppress, list(result.suppress));
  if (options.retry !== undefined) writeFileSync(options.retry, list(result.retry));
  const output = new Output(options.output);
  const title = `Bounces of ${paths.map((p) => (p === "-" ? "standard input" : basename(p))).join(", ")}`.slice(0, 120);
  const style = styleFor(options.output === undefined && wantsColour(process.stdout));
  await output.write(
    options.json
      ? `${JSON.stringify(result, null, 1)}\n`
      : options.html
        ? renderHtml(result, title)
        : renderText(result, style.bold),
  );
  await output.end();
  if (reading.stopped) {
    process.stderr.write(`Interrupted after ${reading.tally.records} records: the report covers only those.\n`);
    return EXIT.interrupted;
  }
  process.stderr.write(closingWords(reading));
  return reading.tally.unreadable > 0 ? EXIT.unreadable : EXIT.done;
}

const list = (rows: readonly { address: string }[]) => rows.map((r) => `${r.address}\n`).join("");
