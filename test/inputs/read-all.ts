import { readFileSync } from "node:fs";
import {
  count,
  type FormId,
  type InputRecord,
  newTally,
  type ReadOptions,
  readInput,
  type Source,
} from "../../src/inputs/index.ts";

/** A fixed now, so that years of log lines do not depend on the day of the test. */
export const NOW = Date.parse("2026-11-23T12:00:00Z");

export const fixture = (name: string): Uint8Array =>
  readFileSync(new URL(`../fixtures/inputs/${name}`, import.meta.url));

/** Reads all records, and holds the invariant of the counts. */
export async function readAll(
  source: Source,
  options: ReadOptions = {},
): Promise<{ form: FormId | undefined; records: InputRecord[] }> {
  let form: FormId | undefined;
  const records: InputRecord[] = [];
  const tally = newTally();
  for await (const record of readInput(source, {
    now: NOW,
    ...options,
    onForm: (f) => {
      form = f;
    },
  })) {
    records.push(record);
    count(tally, record);
  }
  if (tally.records !== tally.bounces + tally.deliveries + tally.others + tally.unreadable)
    throw new Error("records in ≠ bounces + deliveries + others + unreadable");
  for (const r of records)
    if (r.type === "unreadable" && !r.reason) throw new Error("an unreadable record has no reason");
  return { form, records };
}
