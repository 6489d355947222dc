/** CSV: of a whole classification, and the cells of any. */

/** The columns that come from the Explanation. */
export const VERDICT = [
  "cause",
  "kind",
  "action",
  "severity",
  "basis",
  "entry",
  "provider",
  "reply",
  "status",
] as const;

/** The columns of a classification as CSV, and the order of the fields of its JSON lines. */
export const COLUMNS = [
  "file",
  "line",
  "type",
  ...VERDICT,
  "recipient",
  "mx",
  "time",
  "messageId",
  "text",
  "reason",
] as const;

/** A cell of CSV (RFC 4180). A leading = + - @ is defused: spreadsheets would run it as a formula. */
export function csvCell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) && !/^-?\d+(?:\.\d+)?$/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
