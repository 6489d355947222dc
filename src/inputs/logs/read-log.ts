/** Reads logs line by line; a file may hold the lines of several programs. */
import { type Form, type LineParser, type LogFormat, share } from "../form.ts";
import { lineBatches, textChunks } from "../lines.ts";
import { type FormId, type InputRecord, placeReadings, type ReadOptions, unreadable } from "../record.ts";
import { exim } from "./exim.ts";
import { postfix } from "./postfix.ts";
import { sendmail } from "./sendmail.ts";
import { LOG_TIME } from "./syslog.ts";

export const LOG_FORMATS: readonly LogFormat[] = [postfix, exim, sendmail];

/**
 * A parser for the lines of all logs, the given one first.
 * @returns records for a log line; undefined where it is no log's
 */
export function logLineReader(options: ReadOptions & { now: number }, first?: FormId) {
  const formats = [...LOG_FORMATS].sort((a, b) => Number(b.id === first) - Number(a.id === first));
  const parsers: [FormId, LineParser][] = formats.map((f) => [f.id, f.start(options)]);
  return (line: string, number: number): InputRecord[] | undefined => {
    for (const [id, parse] of parsers) {
      const readings = parse(line);
      if (readings) return placeReadings(readings, id, { line: number });
    }
    return undefined;
  };
}

async function* readLog(
  id: FormId,
  chunks: AsyncIterable<Uint8Array>,
  options: ReadOptions & { now: number },
): AsyncGenerator<InputRecord[]> {
  const parse = logLineReader(options, id);
  for await (const { first, lines } of lineBatches(textChunks(chunks))) {
    const records: InputRecord[] = [];
    for (let i = 0; i < lines.length; i++) {
      const line = lines[i] as string;
      if (line.trim() === "") continue;
      const place = { line: first + i };
      const found = parse(line, first + i);
      if (found) for (const r of found) records.push(r);
      else if (LOG_TIME.test(line))
        records.push(
          ...placeReadings([{ type: "other", text: line, reason: "log line of another program" }], id, place),
        );
      else records.push(unreadable(id, line, place, "The line has not the shape of this log's lines."));
    }
    yield records;
  }
}

/** One form for each log. */
export const LOG_FORMS: readonly Form[] = LOG_FORMATS.map((format) => ({
  id: format.id,
  title: format.title,
  detect(head) {
    const own = share(head.lines, (l) => format.recognises(l));
    // A few lines of it among those of other programs make it a log of this kind, too; one quoted in prose does not.
    return own === 0 || share(head.lines, (l) => LOG_TIME.test(l)) < 0.5 ? 0 : 0.6 + 0.4 * own;
  },
  read: (chunks, options) => readLog(format.id, chunks, options),
}));
