/** What the page and its worker tell each other. */
import type { FormId, Tally } from "../inputs/index.ts";
import type { Report } from "../report/report.ts";

/** The addresses of the rule data. */
export interface RuleFiles {
  rules: string;
  details: string;
  domains: string;
}

export interface Options {
  form?: FormId | undefined;
  column?: string | undefined;
}

/** To the worker. */
export interface Request extends Options {
  files: readonly File[];
  data: RuleFiles;
}

export interface FileResult extends Tally {
  name: string;
  size: number;
  /** What it was read as; undefined where nothing could be read. */
  form?: FormId;
  /** Why it could not be read to its end. */
  fault?: string;
}

export interface Analysis {
  files: FileResult[];
  report: Report;
  /** The whole classification: every bounce, and what could not be read. */
  csv: Blob;
}

/** From the worker. */
export type Message =
  | { type: "progress"; bytes: number; total: number; records: number; file: string }
  | { type: "done"; analysis: Analysis }
  | { type: "failed"; reason: string };
