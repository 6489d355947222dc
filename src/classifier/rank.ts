/**
 * The rank: which of several matching templates wins. One number, printed in the rule set, so that
 * other engines can follow it.
 *
 * A template's base says how far its words can be trusted:
 *
 *   1    weak: a lead-in or a hint, whoever says it
 *   1.9  words that a provider shares with many, where nothing else confirms it (distinctive: false)
 *   2    words that many use (type common)
 *   3    stock words of server software
 *   3.5  a blocklist's own words or address
 *   4    words that identify their mailbox provider, filter or sending service
 *   5    words of a provider that other evidence confirms (only the classifier can know this)
 *
 * A strong template adds 0.4: it goes before all plain ones of its base. Within one base the number of
 * literal characters decides, weighted by whether the entry's codes agree with the reply's.
 */

import type { ProviderType, Strength } from "../model/vocabulary.ts";
import { codeNumber } from "./codes.ts";

const BY_TYPE: Record<ProviderType, number> = { common: 2, server: 3, blocklist: 3.5, mailbox: 4, filter: 4, esp: 4 };
const WEAK = 1;
const SHARED = 1.9;
const CONFIRMED = 5;
const STRONG_BONUS = 0.4;
/** More literal characters than this say no more. */
const MAX_LITERALS = 999;

/** The base of a template (see above). */
export function baseOf(type: ProviderType, distinctive: boolean, strength: Strength, confirmed = false): number {
  if (strength === "weak") return WEAK;
  // A blocklist's name in a reply is no evidence of who speaks: it is what the reply speaks of.
  const canConfirm = type === "mailbox" || type === "filter" || type === "esp";
  const base =
    confirmed && canConfirm ? CONFIRMED : distinctive || confirmed || type === "common" ? BY_TYPE[type] : SHARED;
  return strength === "strong" ? base + STRONG_BONUS : base;
}

/** The rank that the rule set prints: base first, then literal characters. */
export function rankOf(type: ProviderType, distinctive: boolean, strength: Strength, literals: number): number {
  return pointsOf(baseOf(type, distinctive, strength)) + Math.min(literals, MAX_LITERALS);
}

export type Agreement = "agree" | "absent" | "disagree";

const WEIGHT: Record<Agreement, number> = { agree: 1.15, absent: 1, disagree: 0.7 };

/** The points of a base, a whole number. */
export const pointsOf = (base: number) => Math.round(base * 2000);

/** The rank of a match in one text, from the points of its base. */
export function scoreOfPoints(points: number, literals: number, agreement: Agreement): number {
  return points + Math.min(literals, MAX_LITERALS) * WEIGHT[agreement];
}

/** The rank of a match in one text. */
export function scoreOf(base: number, literals: number, agreement: Agreement): number {
  return scoreOfPoints(pointsOf(base), literals, agreement);
}

/** The codes of an entry as numbers in a row: how many replies, how many statuses, and these. */
export function packCodes({ reply, status }: { reply: readonly number[]; status: readonly string[] }): number[] {
  return [reply.length, status.length, ...reply, ...status.map(codeNumber)];
}

/**
 * Whether the codes of an entry agree with those of a reply.
 * @param codes a list in which those of the entry stand as packCodes gives them
 * @param at where they begin
 * @param reply as codeNumber gives it, 0 where the reply has none; the status as well
 */
export function agreementOf(codes: ArrayLike<number>, at: number, reply: number, status: number): Agreement {
  const replies = at + 2 + (codes[at] as number);
  const byReply = compare(codes, at + 2, replies, reply);
  const byStatus = compare(codes, replies, replies + (codes[at + 1] as number), status);
  if (byStatus === UNTOLD && byReply === UNTOLD) return "absent";
  if (byStatus === NO && byReply !== YES) return "disagree";
  if (byReply === NO && byStatus !== YES) return "disagree";
  return byStatus === NO || byReply === NO ? "absent" : "agree";
}

const UNTOLD = 0;
const YES = 1;
const NO = 2;

/** Whether a code is in the list from `from` to before `to`; UNTOLD where one of the two is nothing. */
function compare(codes: ArrayLike<number>, from: number, to: number, code: number): number {
  if (code === 0 || from === to) return UNTOLD;
  for (let k = from; k < to; k++) if (codes[k] === code) return YES;
  return NO;
}
