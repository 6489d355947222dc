/** Events in JSON: what one service sends to a webhook or writes to a log. */
import type { FormId, Reading } from "../record.ts";

export type Json = Record<string, unknown>;

export interface EventFormat {
  id: FormId;
  title: string;
  /** The public document that the reading follows. */
  document: string;
  /** Whether a value is this service's. Strict: several services use the same names. */
  recognises(value: Json): boolean;
  /** Reads one event: one reading for each recipient, never none. */
  read(value: Json): Reading[];
}

export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A field that should be an object; an empty one where it is not. */
export const obj = (value: unknown): Json => (isObject(value) ? value : {});
/** A field that should be text; numbers become text. */
export const str = (value: unknown): string | undefined =>
  typeof value === "string"
    ? value.trim() === ""
      ? undefined
      : value
    : typeof value === "number"
      ? String(value)
      : undefined;
/** A field that should be a list of objects; a single one counts as a list. */
export const list = (value: unknown): Json[] =>
  Array.isArray(value) ? value.filter(isObject) : isObject(value) ? [value] : [];

/** At least one reading: an event that names no recipient is still one record. */
export const orOne = (readings: Reading[], otherwise: Reading): Reading[] =>
  readings.length > 0 ? readings : [otherwise];
