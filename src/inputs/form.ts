/** What a form is: something that recognises itself in the head of an input, and reads it. */
import type { FormId, InputRecord, Reading, ReadOptions } from "./record.ts";

/** The first part of an input, for the detection. */
export interface Head {
  bytes: Uint8Array;
  text: string;
  /** The first lines that are not blank; the last is left out where it may be cut off. */
  lines: string[];
  /** Whether the head is the whole input. */
  complete: boolean;
  name: string | undefined;
}

export interface Form {
  id: FormId;
  /** What people call it. */
  title: string;
  /** How sure it is, from 0 (not at all) to 1. The form with the highest score reads the input. */
  detect(head: Head): number;
  /** Reads the input, as batches of records in order. Never throws for what the input holds. */
  read(chunks: AsyncIterable<Uint8Array>, options: ReadOptions & { now: number }): AsyncIterable<InputRecord[]>;
}

/** A log that has one line for each event. */
export interface LogFormat {
  id: FormId;
  title: string;
  /** Whether a line has this log's shape: cheap, and never for other logs' lines. */
  recognises(line: string): boolean;
  /** Starts a reading. The parser answers undefined for lines that are not of this log. */
  start(options: { now: number }): LineParser;
}
export type LineParser = (line: string) => readonly Reading[] | undefined;

/** The part of the lines that a test holds for; 0 where there are none. */
export function share(lines: readonly string[], test: (line: string) => boolean): number {
  if (lines.length === 0) return 0;
  let n = 0;
  for (const line of lines) if (test(line)) n++;
  return n / lines.length;
}
