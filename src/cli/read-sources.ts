/** Reads sources one after the other, in batches, with progress, and counts. */
import { count, type FormId, type InputRecord, newTally, readInputBatches, type Tally } from "../inputs/index.ts";
import { SourceError } from "../inputs/source.ts";
import { type InputSource, openSources } from "./sources.ts";
import type { Progress } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

export interface Reading {
  tally: Tally;
  /** The first unreadable records, for the closing words. */
  unreadable: { place: string; reason: string }[];
  stopped: boolean;
  /** The size of all sources together, where it is known. */
  bytes?: number | undefined;
  /** The stream that is being read, to end it when the user does. */
  stream?: { destroy?: () => void };
}

export const newReading = (): Reading => ({ tally: newTally(), unreadable: [], stopped: false });

/** Ends the reading behind the batch that is under way: Ctrl-C. A second Ctrl-C ends the program as usual. */
export function stopOnInterrupt(reading: Reading): () => void {
  const stop = () => {
    reading.stopped = true;
    reading.stream?.destroy?.();
  };
  process.once("SIGINT", stop);
  return () => process.off("SIGINT", stop);
}

/** So many unreadable records are listed; all are counted. */
const MAX_LISTED = 20;

export interface SourceOptions {
  input?: FormId | undefined;
  column?: string | undefined;
}

async function* counted(
  source: InputSource,
  reading: Reading,
  onBytes: (n: number) => void,
): AsyncGenerator<Uint8Array> {
  const stream = source.open();
  reading.stream = stream as { destroy?: () => void };
  try {
    for await (const chunk of stream) {
      onBytes(chunk.length);
      yield chunk;
    }
  } catch (error) {
    // Cut off by the user: what was read up to here counts.
    if (!reading.stopped) throw error;
  }
}

export async function* readSources(
  paths: readonly string[],
  options: SourceOptions,
  reading: Reading,
  progress: Progress,
): AsyncGenerator<InputRecord[]> {
  const sources = [...openSources(paths)];
  const sizes = sources.map((s) => s.size);
  const total = sizes.every((s) => s !== undefined) ? sizes.reduce((a: number, b) => a + (b ?? 0), 0) : undefined;
  reading.bytes = total;
  let bytes = 0;
  // One file needs no name on every line.
  const named = sources.length > 1;
  for (const source of sources) {
    if (reading.stopped) return;
    try {
      const batches = readInputBatches(
        counted(source, reading, (n) => {
          bytes += n;
        }),
        {
          form: options.input ?? source.form,
          column: options.column,
          ...(source.name !== undefined && { name: source.name }),
        },
      );
      for await (const batch of batches) {
        for (const record of batch) {
          count(reading.tally, record);
          if (record.type === "unreadable" && reading.unreadable.length < MAX_LISTED)
            reading.unreadable.push({
              place: `${source.name ?? "input"}:${record.place.line}`,
              reason: record.reason ?? "",
            });
          if (!named) delete record.place.file;
        }
        yield batch;
        progress.update(reading.tally.records, total ? bytes / total : undefined);
        if (reading.stopped) break;
      }
    } catch (error) {
      if (reading.stopped) return;
      if (error instanceof SourceError) throw error;
      const code = (error as NodeJS.ErrnoException).code;
      if (code === "EACCES" || code === "EISDIR" || code === "ENOENT" || code === "EPERM")
        throw new UsageError(`«${source.name}» cannot be read (${code}).`);
      throw error;
    }
  }
}

/** The closing words on stderr: what could not be read, and where. */
export function closingWords(reading: Reading): string {
  const { tally, unreadable } = reading;
  if (tally.unreadable === 0) return "";
  const lines = unreadable.map((u) => `  ${u.place}: ${u.reason.replace(/\p{Cc}/gu, " ")}`);
  const more = tally.unreadable - unreadable.length;
  if (more > 0) lines.push(`  and ${more} more`);
  const what = tally.unreadable === 1 ? "1 record could not be read" : `${tally.unreadable} records could not be read`;
  return `${what} (of ${tally.records}):\n${lines.join("\n")}\n`;
}
