/** Kind, and where codes and words contradict each other. */
import type { CauseId, Kind } from "../model/vocabulary.ts";

/** The class that a reply's codes give: 2, 4, 5, or undefined. The reply code goes before the status. */
export function classOf(reply: number | undefined, status: string | undefined): number | undefined {
  if (reply !== undefined) return Math.floor(reply / 100);
  return status === undefined ? undefined : Number(status[0]);
}

/** hard, soft or none: as the cause says, or as the reply code says where the cause follows it. */
export function kindOf(
  verdict: { kind: Kind; follows_reply: boolean },
  reply: number | undefined,
  status: string | undefined,
): Kind {
  if (!verdict.follows_reply || verdict.kind === "none") return verdict.kind;
  const c = classOf(reply, status);
  return c === 4 ? "soft" : c === 5 ? "hard" : verdict.kind;
}

/** The contradictions of a reply, each as a sentence for people. */
export function disagreementsOf(d: {
  cause: CauseId;
  causeName: string;
  kind: Kind;
  reply: number | undefined;
  status: string | undefined;
  byWords: boolean;
  codeCause: CauseId | undefined;
}): string[] {
  const out: string[] = [];
  if (d.reply !== undefined && d.status !== undefined && String(d.reply)[0] !== d.status[0]) {
    out.push(
      `The reply code ${d.reply} and the status ${d.status} are of different classes: one says ${classWord(d.reply)}, the other ${classWord(Number(d.status[0]) * 100)}.`,
    );
  }
  const c = classOf(d.reply, d.status);
  const code = d.reply ?? d.status;
  if (d.byWords && c === 5 && d.kind === "soft")
    out.push(
      `The code ${code} says permanent, but the words describe something that can clear (${d.causeName.toLowerCase()}): the words decide.`,
    );
  if (d.byWords && c === 4 && d.kind === "hard")
    out.push(
      `The code ${code} says temporary, but the words describe something that will not clear by itself (${d.causeName.toLowerCase()}): the words decide.`,
    );
  if (c === 2 && d.kind !== "none" && d.cause !== "unknown")
    out.push(`The code ${code} means success, but the words describe a refusal.`);
  if (
    d.byWords &&
    d.status !== undefined &&
    d.codeCause !== undefined &&
    d.codeCause !== "unknown" &&
    d.codeCause !== d.cause
  ) {
    out.push(
      `By the standard, ${d.status} would mean «${d.codeCause.replaceAll("-", " ")}»; the words say otherwise and decide.`,
    );
  }
  return out;
}

const classWord = (reply: number) => (reply < 300 ? "success" : reply < 500 ? "temporary" : "permanent");
