/** A content file, taken apart: frontmatter as data with the place of every value, and the body. */
import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from "yaml";
import type { z } from "zod";
import type { Fault } from "./fault.ts";

export interface SourceText {
  /** Path below the content folder, with forward slashes: providers/gmail/index.mdx */
  path: string;
  text: string;
}

/** The largest entry that anybody would read; more is an accident or an attack. Characters. */
export const MAX_FILE_LENGTH = 64 * 1024;

export class SourceFile {
  readonly path: string;
  readonly text: string;
  readonly data: unknown;
  readonly body: string;
  /** The line on which the body begins, from 1. */
  readonly bodyLine: number;
  readonly faults: Fault[] = [];
  private readonly document: Document | undefined;
  private readonly lines = new LineCounter();
  private readonly lineOffset: number;

  /** Takes a file apart; what is wrong stands in `faults`. Never throws. */
  constructor({ path, text }: SourceText) {
    this.path = path;
    this.text = text;
    this.lineOffset = 1;
    this.body = "";
    this.bodyLine = 1;
    if (text.length > MAX_FILE_LENGTH) {
      this.fault(
        "size",
        1,
        1,
        "The file is too large.",
        "Keep an entry to what a reader needs; long background belongs into a guide.",
        `${MAX_FILE_LENGTH} characters at most`,
        `${text.length} characters`,
      );
      return;
    }
    const normalized = text.replace(/^\uFEFF/, "");
    const open = /^---[ \t]*\r?\n/.exec(normalized);
    const close = open ? /^---[ \t]*$/m.exec(normalized.slice(open[0].length)) : null;
    if (!open || !close) {
      this.fault(
        "frontmatter",
        1,
        1,
        "The file has no frontmatter.",
        "Begin the file with a line ---, then the fields, then a line ---.",
      );
      return;
    }
    const yaml = normalized.slice(open[0].length, open[0].length + close.index);
    const rest = normalized.slice(open[0].length + close.index + close[0].length);
    this.body = rest.replace(/^\r?\n/, "");
    this.bodyLine = 1 + yaml.split("\n").length + 1;
    this.document = parseDocument(yaml, {
      lineCounter: this.lines,
      uniqueKeys: true,
      schema: "core",
      prettyErrors: false,
      strict: true,
    });
    for (const error of this.document.errors) {
      const { line, col } = this.lines.linePos(error.pos[0]);
      this.fault(
        "yaml",
        line + 1,
        col,
        `The frontmatter is not valid YAML: ${error.message.split("\n")[0]}`,
        "Quote a text that holds `: `, ` #` or begins with a sign, and indent with blanks.",
      );
    }
    if (this.document.errors.length > 0) return;
    if (this.forbidden(this.document)) return;
    if (!isMap(this.document.contents)) {
      this.fault(
        "frontmatter",
        2,
        1,
        "The frontmatter is not a list of fields.",
        "Write fields as `name: value`, one a line.",
      );
      return;
    }
    this.data = this.document.toJS({ maxAliasCount: 0 });
  }

  /** Anchors, aliases, tags and merge keys: nobody needs them here, and they are how YAML becomes a bomb or code. */
  private forbidden(document: Document): boolean {
    let found = false;
    const report = (node: Node, what: string) => {
      found = true;
      const { line, col } = this.lines.linePos(node.range?.[0] ?? 0);
      this.fault("yaml", line + 1, col, `YAML ${what} are not allowed.`, "Write the value out.");
    };
    visit(document, (_key, node) => {
      if (isAlias(node)) report(node, "aliases (*name)");
      else if ((isScalar(node) || isCollection(node)) && node.anchor) report(node, "anchors (&name)");
      else if ((isScalar(node) || isCollection(node)) && node.tag && !node.tag.startsWith("tag:yaml.org,2002:"))
        report(node, "tags (!name)");
      else if (isPair(node) && isScalar(node.key) && (node.key.value === "__proto__" || node.key.value === "<<"))
        report(node.key, `fields named ${String(node.key.value)}`);
    });
    return found;
  }

  /** The place of a value in the frontmatter, by its path; the nearest parent where it is missing. */
  place(path: readonly PropertyKey[]): { line: number; column: number } {
    const keys = path.map((p) => (typeof p === "symbol" ? String(p) : p));
    for (let length = keys.length; length > 0; length--) {
      const part = keys.slice(0, length);
      const node = this.document?.getIn(part, true);
      const range = isScalar(node) || isCollection(node) ? node.range : undefined;
      if (range) {
        const { line, col } = this.lines.linePos(range[0]);
        return { line: line + this.lineOffset, column: col };
      }
    }
    return { line: 1, column: 1 };
  }

  fault(
    rule: string,
    line: number,
    column: number,
    message: string,
    remedy: string,
    expected?: string,
    actual?: string,
  ): void {
    this.faults.push({ file: this.path, line, column, rule, message, remedy, expected, actual });
  }

  /** Adds a fault at a value of the frontmatter. */
  faultAt(
    path: readonly PropertyKey[],
    rule: string,
    message: string,
    remedy: string,
    expected?: string,
    actual?: string,
  ): void {
    const { line, column } = this.place(path);
    this.fault(rule, line, column, message, remedy, expected, actual);
  }

  /** Validates the frontmatter; every disagreement becomes a fault at its place. */
  parse<S extends z.ZodType>(schema: S): z.output<S> | undefined {
    if (this.data === undefined) return undefined;
    const result = schema.safeParse(this.data);
    if (result.success) return result.data;
    for (const issue of flatten(result.error.issues))
      this.faultAt(issue.path, "schema", ...explainIssue(issue, this.data));
    return undefined;
  }
}

type Issue = z.core.$ZodIssue;

/** A union's failure is the failure of its likeliest member: the one with the fewest complaints. */
function flatten(issues: readonly Issue[], base: readonly PropertyKey[] = []): Issue[] {
  return issues.flatMap((issue) => {
    const path = [...base, ...issue.path];
    if (issue.code === "invalid_union" && issue.errors.length > 0) {
      const best = [...issue.errors].sort((a, b) => weight(a) - weight(b))[0] as Issue[];
      return flatten(best, path);
    }
    return [{ ...issue, path } as Issue];
  });
}

/** Wrong type at the top of a member says that another member was meant. */
const weight = (issues: readonly Issue[]) =>
  issues.reduce((sum, i) => sum + (i.path.length === 0 && i.code === "invalid_type" ? 100 : 1), 0);

function explainIssue(
  issue: Issue,
  data: unknown,
): [message: string, remedy: string, expected: string | undefined, actual: string | undefined] {
  const name =
    issue.path.length > 0
      ? issue.path
          .map((p) => (typeof p === "number" ? `[${p + 1}]` : String(p)))
          .join(".")
          .replace(/\.\[/g, "[")
      : "frontmatter";
  const value = issue.path.reduce<unknown>(
    (at, key) => (at === null || typeof at !== "object" ? undefined : (at as Record<PropertyKey, unknown>)[key]),
    data,
  );
  const actual = value === undefined ? undefined : truncate(JSON.stringify(value) ?? String(value));
  switch (issue.code) {
    case "unrecognized_keys":
      return [
        `Unknown field${issue.keys.length > 1 ? "s" : ""} in ${name}: ${issue.keys.join(", ")}.`,
        "Remove it, or correct its spelling.",
        undefined,
        undefined,
      ];
    case "invalid_type":
      return value === undefined
        ? [`The field ${name} is missing.`, `Add ${name}.`, issue.expected, undefined]
        : [`The field ${name} has the wrong form.`, `Write ${article(issue.expected)}.`, issue.expected, actual];
    case "invalid_value":
      return [
        `The field ${name} has a value that is not in its list.`,
        "Choose one of the list.",
        issue.values.map(String).join(", "),
        actual,
      ];
    default:
      return [`The field ${name} is not right: ${issue.message}`, remedyOf(issue), undefined, actual];
  }
}

const article = (expected: string) => (/^[aeiou]/.test(expected) ? `an ${expected}` : `a ${expected}`);
const truncate = (s: string) => (s.length > 120 ? `${s.slice(0, 117)}…` : s);

function remedyOf(issue: Issue): string {
  if (issue.code === "too_big") return "Shorten it.";
  if (issue.code === "too_small") return "Add what is missing.";
  return "Write it as the message says.";
}
