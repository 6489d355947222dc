/**
 * Where a rule does not apply. Each line says why, and is removed when the rule no longer complains:
 * an exception that nobody needs is itself an error.
 */
export interface Exception {
  rule: string;
  /** Path below content/; * stands for any name. */
  file: string;
  /** A part of the text that the rule complains of. */
  about?: string;
  reason: string;
}

export const EXCEPTIONS: readonly Exception[] = [];
