/** What the standards say of a code, for replies whose words nobody knows. */
import type { RuleCode } from "../model/rule-set.ts";
import type { Basis, CauseId } from "../model/vocabulary.ts";
import type { FoundCodes } from "./codes.ts";

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
  private readonly byCode = new Map<string, CodeVerdict>();
  private readonly byReply = new Map<number, CodeVerdict>();
  /** Answers that were given before, by the status as a number: few statuses make up most mail. */
  private readonly byStatus = new Map<number, CodeVerdict | undefined>();

  constructor(codes: readonly RuleCode[]) {
    for (const { code, name, meaning, cause, vague } of codes) {
      if (code.includes(".")) this.byCode.set(code, { by: "status", code, name, meaning, cause, vague });
      else this.byReply.set(Number(code), { by: "reply", code, name, meaning, cause, vague });
    }
  }

  /**
   * The best that the codes alone say: the enhanced status code, its subject, the reply code.
   * A status that names no cause gives way to a reply code that does.
   */
  lookup({ reply, status }: FoundCodes): CodeVerdict | undefined {
    const byStatus = status && this.status(status.number);
    const byReply = reply && this.byReply.get(reply.number);
    if (byStatus && (byStatus.cause !== "unknown" || !byReply || byReply.cause === "unknown")) return byStatus;
    return byReply ?? byStatus;
  }

  private status(status: number): CodeVerdict | undefined {
    let verdict = this.byStatus.get(status);
    if (verdict === undefined && !this.byStatus.has(status)) {
      const subject = Math.floor(status / 1000) % 1000;
      verdict = this.byCode.get(`x.${subject}.${status % 1000}`) ?? this.byCode.get(`x.${subject}.0`);
      if (this.byStatus.size < MAX_KEPT) this.byStatus.set(status, verdict);
    }
    return verdict;
  }
}
