/** The kinds that an entry can come out as, by the codes it is seen with. */
import { kindOf } from "../classifier/verdict.ts";
import type { Action, Kind } from "../model/vocabulary.ts";
import type { Entry } from "./manual.ts";

export function kindsOf({ rule }: Entry): Kind[] {
  const kinds = new Set<Kind>(
    rule.reply.length > 0
      ? rule.reply.map((r) => kindOf(rule, r, undefined))
      : rule.status.map((s) => kindOf(rule, undefined, s)),
  );
  if (kinds.size === 0) kinds.add(rule.kind);
  return [...kinds].sort();
}

/** The actions that go with these kinds, the likelier first. */
export const actionsOf = (entry: Entry): Action[] => [
  ...new Set(kindsOf(entry).map((k) => (k === "soft" ? entry.rule.soft_action : entry.rule.action))),
];
