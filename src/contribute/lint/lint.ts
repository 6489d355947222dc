/** Runs the rules over compiled content. Pure: it reads no file and no clock. */
import { type Compiled, compile } from "../../compiler/compile.ts";
import { type Fault, sortFaults } from "../../compiler/fault.ts";
import type { SourceFile, SourceText } from "../../compiler/source-file.ts";
import { EXCEPTIONS, type Exception } from "./exceptions.ts";
import { Facts } from "./facts.ts";
import type { Complaint, LintRule, LintSeverity, Place, Report } from "./rule.ts";
import { RULES } from "./rules/index.ts";

export interface LintFault extends Fault {
  severity: LintSeverity;
  /** `npm run check:content -- --fix` mends it. */
  fixable: boolean;
}

export interface LintOptions {
  /** The day of the run, written 2026-11-23. */
  today: string;
  rules?: readonly LintRule[];
  exceptions?: readonly Exception[];
  /** false where only a part of the content is looked at, so that an exception may rightly be idle. */
  whole?: boolean;
}

export interface Linted {
  compiled: Compiled;
  facts: Facts;
  /** The compiler's faults and the rules' complaints, by place. */
  faults: LintFault[];
}

/**
 * Compiles content files and runs the rules over what could be read, whatever the compiler found.
 * @param sources all files of the content folder
 */
export function lint(sources: readonly SourceText[], options: LintOptions): Linted {
  const { rules = RULES, exceptions = EXCEPTIONS, whole = true } = options;
  const compiled = compile(sources);
  const facts = new Facts(compiled.content, compiled.ruleSet ?? soundRules(sources, compiled), options.today);
  const faults: LintFault[] = compiled.faults.map((f) => ({ ...f, severity: "error", fixable: false }));
  const used = new Set<Exception>();
  for (const rule of rules) {
    const report: Report = (file, place, complaint) => {
      const fault = faultOf(rule, file, place, complaint);
      const exception = exceptions.find((x) => x.rule === rule.name && covers(x, fault));
      if (exception) used.add(exception);
      else faults.push(fault);
    };
    run(rule, facts, report);
  }
  for (const x of exceptions) {
    if (used.has(x) || !whole) continue;
    faults.push({
      file: x.file,
      line: 1,
      column: 1,
      rule: "exception",
      severity: "error",
      fixable: false,
      message: `The exception from «${x.rule}» is no longer needed.`,
      remedy: "Remove it from src/contribute/lint/exceptions.ts.",
      actual: x.reason,
    });
  }
  sortFaults(faults);
  return { compiled, facts, faults };
}

function run(rule: LintRule, facts: Facts, report: Report): void {
  if (rule.scope === "file") for (const file of facts.files) rule.check(file, report, facts);
  else if (rule.scope === "entry") for (const entry of facts.content.entries) rule.check(entry, report, facts);
  else rule.check(facts.content, report, facts);
}

/** The rules of the files that have no fault, so that texts can be tried even while others are broken. */
function soundRules(sources: readonly SourceText[], compiled: Compiled) {
  let rest = sources;
  let last = compiled;
  for (let round = 0; round < 4 && last.ruleSet === undefined; round++) {
    const files = new Set(last.faults.map((f) => f.file));
    // Without its page a provider's entries are nobody's.
    const folders = last.faults.flatMap((f) =>
      f.file.endsWith("/index.mdx") || f.message.endsWith("has no page.") ? [f.file.replace(/[^/]*$/, "")] : [],
    );
    rest = rest.filter((s) => !files.has(s.path) && !folders.some((f) => s.path.startsWith(f)));
    last = compile(rest);
  }
  return last.ruleSet;
}

function faultOf(rule: LintRule, file: SourceFile, place: Place, complaint: Complaint): LintFault {
  const { message, remedy, expected, actual } = complaint;
  return {
    file: file.path,
    ...resolve(file, place),
    rule: rule.name,
    severity: rule.severity,
    fixable: rule.fix !== undefined,
    message,
    remedy: rule.fix ? `${remedy} (npm run check:content -- --fix does it.)` : remedy,
    expected,
    actual,
  };
}

/** A place in the text of a value is found in the file's lines; a folded text keeps its first line. */
function resolve(file: SourceFile, place: Place): { line: number; column: number } {
  if ("line" in place) return { line: place.line, column: place.column ?? 1 };
  const start = file.place(place.path);
  if (place.offset === undefined) return start;
  const value = place.path.reduce<unknown>(
    (at, key) => (at === null || typeof at !== "object" ? undefined : (at as Record<PropertyKey, unknown>)[key]),
    file.data,
  );
  if (typeof value !== "string") return start;
  const lines = file.text.split("\n");
  const before = value.slice(0, place.offset).split("\n");
  const wanted = value.slice(place.offset, place.offset + 12).split("\n")[0] as string;
  const isBlock = /^[|>]/.test((lines[start.line - 1] ?? "").slice(start.column - 1));
  const line = start.line + (isBlock ? before.length : 0);
  const column = (lines[line - 1] ?? "").indexOf(wanted);
  return column >= 0 ? { line, column: column + 1 } : start;
}

function covers(exception: Exception, fault: LintFault): boolean {
  const pattern = exception.file.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", "[^/]*");
  if (!new RegExp(`^${pattern}$`).test(fault.file)) return false;
  const { about } = exception;
  return about === undefined || `${fault.message}\n${fault.actual ?? ""}`.toLowerCase().includes(about.toLowerCase());
}

/**
 * Mends what the rules can mend, rule after rule, until nothing changes.
 * @returns the files that changed, with their new texts
 */
export function fixAll(sources: readonly SourceText[], facts: Facts, rules: readonly LintRule[] = RULES): SourceText[] {
  return sources.flatMap((source) => {
    let { text } = source;
    for (let round = 0; round < 5; round++) {
      const before = text;
      for (const rule of rules) text = rule.fix?.({ path: source.path, text }, facts) ?? text;
      if (text === before) break;
    }
    return text === source.text ? [] : [{ path: source.path, text }];
  });
}
