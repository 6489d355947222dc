/** A fault in the content: what is wrong, where, what was expected, and how to mend it. */
export interface Fault {
  /** Path of the file, as it was given to the compiler. */
  file: string;
  /** Line and column, from 1. */
  line: number;
  column: number;
  /** The name of the check that found it. */
  rule: string;
  message: string;
  expected?: string | undefined;
  actual?: string | undefined;
  remedy: string;
}

/** Prints a fault for people: place first, so that editors and terminals make it a link. */
export function formatFault(f: Fault): string {
  const lines = [`${f.file}:${f.line}:${f.column}  ${f.message}  [${f.rule}]`];
  if (f.actual !== undefined) lines.push(`    found     ${indent(f.actual)}`);
  if (f.expected !== undefined) lines.push(`    expected  ${indent(f.expected)}`);
  lines.push(`    mend      ${indent(f.remedy)}`);
  return lines.join("\n");
}

const indent = (text: string) => text.replace(/\n/g, `\n${" ".repeat(14)}`);

/** By file, then place: the order in which people work through them. */
export function sortFaults(faults: Fault[]): Fault[] {
  return faults.sort((a, b) =>
    a.file < b.file
      ? -1
      : a.file > b.file
        ? 1
        : a.line - b.line || a.column - b.column || (a.message < b.message ? -1 : 1),
  );
}
