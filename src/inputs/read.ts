/** The one way in: any source, in any form, as records one by one. */
import { detect, HEAD_BYTES, headOf } from "./detect.ts";
import { formById } from "./forms.ts";
import { type InputRecord, type ReadOptions, unreadable } from "./record.ts";
import { peek, type Source, SourceError, unpackedBytes } from "./source.ts";

/**
 * Reads an input in batches of records: the same as readInput, for those who count millions.
 * @throws what the source itself throws while it is read (a disk, a network); never for what it holds
 */
export async function* readInputBatches(source: Source, options: ReadOptions = {}): AsyncGenerator<InputRecord[]> {
  let damage: SourceError | undefined;
  let lastLine = 0;
  async function* bytes(): AsyncGenerator<Uint8Array> {
    try {
      yield* unpackedBytes(source);
    } catch (error) {
      // Damaged packing ends the input, but what came before is read.
      if (!(error instanceof SourceError)) throw error;
      damage = error;
    }
  }
  const { head, all, complete } = await peek(bytes(), HEAD_BYTES);
  const form = options.form === undefined ? detect(headOf(head, complete, options.name)) : formById(options.form);
  options.onForm?.(form.id);
  const withNow = { ...options, now: options.now ?? Date.now() };
  try {
    for await (const batch of form.read(all, withNow)) {
      const last = batch.at(-1)?.place;
      if (last) lastLine = last.line + (last.lines ?? 1) - 1;
      if (options.name !== undefined) for (const record of batch) record.place.file = options.name;
      yield batch;
    }
  } finally {
    await all.return(undefined);
  }
  if (damage) {
    const place = { line: lastLine + 1, ...(options.name !== undefined && { file: options.name }) };
    yield [unreadable(form.id, "", place, damage.message)];
  }
}

/**
 * Reads an input and yields its records one by one, in order. The form is detected where it is not given; gzip is
 * unpacked. Memory does not grow with the input. What cannot be read becomes a record of type «unreadable» with its
 * place and reason, and reading goes on.
 *
 * @example
 *   import { readInput } from "smtp-field-manual/inputs";
 *   for await (const record of readInput("550 5.1.1 user unknown\n452 4.2.2 mailbox full\n")) {
 *     console.log(record.type, record.place.line, record.text);
 *   }
 *
 * @param source text, bytes, a Blob or File, a web ReadableStream, or an (async) iterable such as a Node stream
 * @param options the form, the column, the file's name
 */
export async function* readInput(source: Source, options: ReadOptions = {}): AsyncGenerator<InputRecord> {
  for await (const batch of readInputBatches(source, options)) yield* batch;
}

/** How many records of each type went by. */
export interface Tally {
  records: number;
  bounces: number;
  deliveries: number;
  others: number;
  unreadable: number;
}

export function newTally(): Tally {
  return { records: 0, bounces: 0, deliveries: 0, others: 0, unreadable: 0 };
}

/** Counts a record; always records = bounces + deliveries + others + unreadable. */
export function count(tally: Tally, record: InputRecord): void {
  tally.records++;
  if (record.type === "bounce") tally.bounces++;
  else if (record.type === "delivery") tally.deliveries++;
  else if (record.type === "other") tally.others++;
  else tally.unreadable++;
}
