/** smtp-field-manual classify: a stream of records in, a line for each out, in order. */
import { availableParallelism } from "node:os";
import { setFlagsFromString } from "node:v8";
import type { FormId, InputRecord, RecordType } from "../inputs/index.ts";
import { Output } from "./output.ts";
import { MAX_WORKERS, Pool } from "./pool.ts";
import { closingWords, newReading, readSources, stopOnInterrupt } from "./read-sources.ts";
import { Progress } from "./terminal.ts";
import { EXIT } from "./usage-error.ts";
import { COLUMNS, type LineOptions, makeLineWriter } from "./verdict-lines.ts";

export interface ClassifyOptions {
  csv?: boolean;
  full?: boolean;
  all?: boolean;
  recipient?: string;
  mx?: string;
  input?: FormId;
  column?: string;
  output?: string;
  workers?: number;
}

/** From so many records on, or files of so many bytes, workers pay: they take a moment to start. */
const WORKERS_FROM = 20_000;
const WORKERS_FROM_BYTES = 4 << 20;
/** Records handed to a worker at once. */
const BATCH = 1_000;

const TYPES: readonly RecordType[] = ["bounce", "delivery", "unreadable"];

export async function classifyCommand(paths: readonly string[], options: ClassifyOptions): Promise<number> {
  const lineOptions: LineOptions = {
    format: options.csv ? "csv" : "json",
    full: options.full === true,
    types: options.all ? [...TYPES, "other"] : TYPES,
    recipient: options.recipient,
    mx: options.mx,
  };
  const reading = newReading();
  const progress = new Progress();
  const output = new Output(options.output);
  const release = stopOnInterrupt(reading);
  // By default V8 lets each heap grow to a multiple of what lives in it before it collects, and its young generation to
  // 32 MB and more (Node 24): with several threads that is most of the memory. What a batch leaves behind dies at once,
  // so that small heaps cost no time that could be measured: 420 MB became 260.
  setFlagsFromString("--heap-growing-percent=30");
  setFlagsFromString("--semi-space-growth-factor=1");
  const write = makeLineWriter(lineOptions);
  const cores = options.workers ?? Math.min(availableParallelism(), MAX_WORKERS);
  let pool: Pool | undefined;
  let pending: InputRecord[] = [];
  try {
    if (options.csv) await output.write(`${COLUMNS.join(",")}\r\n`);
    const send = async () => {
      if (pending.length === 0) return;
      const records = pending;
      pending = [];
      if (!pool) {
        let text = "";
        for (const record of records) text += write(record);
        await output.write(text);
      } else for await (const bytes of pool.add(records)) await output.write(bytes);
    };
    for await (const batch of readSources(paths.length === 0 ? ["-"] : paths, options, reading, progress)) {
      const isLarge = reading.tally.records > WORKERS_FROM || (reading.bytes ?? 0) > WORKERS_FROM_BYTES;
      if (!pool && cores > 1 && isLarge) {
        await send();
        pool = new Pool(cores, lineOptions);
      }
      for (const record of batch) {
        pending.push(record);
        if (pending.length >= BATCH) await send();
      }
      // A slow source: what is there goes out at once.
      if (!pool) await send();
    }
    await send();
    if (pool) for await (const bytes of pool.finish()) await output.write(bytes);
    await output.end();
  } finally {
    progress.done();
    release();
    await pool?.close();
  }
  if (reading.stopped) {
    process.stderr.write(`Interrupted after ${reading.tally.records} records.\n`);
    return EXIT.interrupted;
  }
  process.stderr.write(closingWords(reading));
  return reading.tally.unreadable > 0 ? EXIT.unreadable : EXIT.done;
}
