/** What a lint rule is: a small module with one concern, and a test that makes it fail. */
import type { Content, Parsed } from "../../compiler/compile.ts";
import type { SourceFile, SourceText } from "../../compiler/source-file.ts";
import type { Response } from "../../model/index.ts";
import type { Facts } from "./facts.ts";

/** error: the content may not go in like this. warning: a person should look. */
export type LintSeverity = "error" | "warning";

export interface Complaint {
  message: string;
  remedy: string;
  expected?: string | undefined;
  actual?: string | undefined;
}

/** Where in a file: a path in its frontmatter, with the offset in the text that stands there; or a line. */
export type Place = { path: readonly PropertyKey[]; offset?: number } | { line: number; column?: number };

export type Report = (file: SourceFile, place: Place, complaint: Complaint) => void;

interface RuleBase {
  /** The name that stands behind each message and in the list of exceptions. */
  name: string;
  /** What must hold, in a sentence. */
  description: string;
  severity: LintSeverity;
  /** Mends what can be mended without judgement; running it again changes nothing. */
  fix?(source: SourceText, facts: Facts): string;
}

/** A rule looks at each file, at each entry, or at everything at once. */
export type LintRule = RuleBase &
  (
    | { scope: "file"; check(file: SourceFile, report: Report, facts: Facts): void }
    | { scope: "entry"; check(entry: Parsed<Response>, report: Report, facts: Facts): void }
    | { scope: "content"; check(content: Content, report: Report, facts: Facts): void }
  );
