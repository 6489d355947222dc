/** What the standards say of a code, for replies whose words nobody knows. */
import type { RuleCode } from "../model/rule-set.ts";
import type { Basis, CauseId } from "../model/vocabulary.ts";

export interface CodeVerdict {
  by: Extract<Basis, "status" | "reply">;
  code: string;
  name: string;
  meaning: string;
  cause: CauseId;
  /** true where servers use the code for almost anything. */
  vague: boolean;
}

/** Made-up statuses must not fill the memory. */
const MAX_KEPT = 2000;

export class CodeTable {
  private readonly codes: Map<string, RuleCode>;
  /** Answers that were given before: few statuses make up most mail. */
  private readonly byStatus = new Map<string, CodeVerdict | undefined>();

  constructor(codes: readonly RuleCode[]) {
    this.codes = new Map(codes.map((c) => [c.code, c]));
  }

  /**
   * The best that the codes alone say: the enhanced status code, its subject, the reply code.
   * A status that names no cause gives way to a reply code that does.
   */
  lookup(reply: number | undefined, status: string | undefined): CodeVerdict | undefined {
    const byStatus = status === undefined ? undefined : this.status(status);
    const byReply = reply === undefined ? undefined : this.find(String(reply), "reply");
    if (byStatus && (byStatus.cause !== "unknown" || !byReply || byReply.cause === "unknown")) return byStatus;
    return byReply ?? byStatus;
  }

  private status(status: string): CodeVerdict | undefined {
    let verdict = this.byStatus.get(status);
    if (verdict === undefined && !this.byStatus.has(status)) {
      const [, subject, detail] = status.split(".");
      verdict = this.find(`x.${subject}.${detail}`, "status") ?? this.find(`x.${subject}.0`, "status");
      if (this.byStatus.size < MAX_KEPT) this.byStatus.set(status, verdict);
    }
    return verdict;
  }

  private find(code: string, by: CodeVerdict["by"]): CodeVerdict | undefined {
    const found = this.codes.get(code);
    return found && { by, code, name: found.name, meaning: found.meaning, cause: found.cause, vague: found.vague };
  }
}
