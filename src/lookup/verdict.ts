/** The verdict as a sentence: who refused, why, is it final, what now. Pure; pages, copies and shares use it. */
import type { Explanation } from "../model/explanation.ts";
import type { Action, CauseId, Kind, Party, ProviderType } from "../model/vocabulary.ts";

/** What the sentences need to know besides the Explanation. */
export interface Names {
  provider(slug: string): { name: string; type: ProviderType } | undefined;
  cause(id: CauseId): { name: string; because: string; mend: Party[] } | undefined;
}

const FINAL: Record<Kind, string> = {
  hard: "Do not send it again unchanged.",
  soft: "It is not final: the same message may get through later.",
  none: "",
};

const NEXT: Record<Action, string> = {
  retry: "Let your server keep trying.",
  "slow-down": "Keep the mail, but send less and slower.",
  suppress: "Stop sending to this address.",
  "suppress-if-repeated": "Keep the address for now; stop if it happens several times in a row.",
  fix: "Mend what it names, then send again.",
  delist: "Stop the cause, ask the list for removal, then send again.",
  none: "",
};

/** Who speaks: the provider, or a server whose name the words do not tell. */
function speaker(e: Explanation, names: Names): string {
  const provider = e.provider === undefined ? undefined : names.provider(e.provider);
  if (!provider || provider.type === "common") return "The server";
  if (provider.type === "blocklist") return "The receiving server";
  if (provider.type === "server") return `The server (${provider.name})`;
  return provider.name;
}

/** The first sentence: who did what, and why. */
export function reasonSentence(e: Explanation, names: Names): string {
  const who = speaker(e, names);
  const because = names.cause(e.cause)?.because;
  if (e.cause === "not-a-bounce") return "This is not a bounce: the message was taken, or this is an automatic answer.";
  if (e.cause === "unknown")
    return e.reply === undefined && e.status === undefined
      ? "We do not know this text, and it carries no code."
      : "We do not know these words, and the code alone names no reason.";
  if (e.cause === "suppressed") return `${who} did not even try: the address is on its suppression list.`;
  if (e.cause === "message-expired" || e.cause === "connection-failed" || e.cause === "dns-failure")
    return `The message was not delivered because ${because}.`;
  const did = e.kind === "soft" ? "put this off" : "refused this";
  const list = e.blocklist === undefined ? undefined : names.provider(e.blocklist)?.name;
  const named =
    list !== undefined && e.provider !== e.blocklist ? ` (${list})` : list !== undefined ? ` of ${list}` : "";
  const reason = because === undefined ? "of a reason that it does not name" : because;
  return `${who} ${did} because ${/blocklist$/.test(reason) ? reason + named : reason}.`;
}

/** Whether it is final, and what to do. */
export function adviceSentence(e: Explanation): string {
  if (e.kind === "none") return "Nothing has to be done; do not count it as a bounce.";
  const final = e.kind === "hard" && e.action === "suppress" ? "It is final." : FINAL[e.kind];
  return `${final} ${NEXT[e.action]}`.trim();
}

/** How sure the answer is, where that needs saying in the sentence itself. */
export function cautionSentence(e: Explanation): string | undefined {
  if (e.cause === "unknown" || e.basis === "entry" || e.basis === "phrase") return undefined;
  return "We do not know these words: this goes by the code alone, so take it as a hint.";
}

/** The whole verdict in one line. */
export const verdictLine = (e: Explanation, names: Names): string =>
  `${reasonSentence(e, names)} ${adviceSentence(e)}`.trim();

/** Who has to act first: the first step's owner, else the likeliest of the cause. */
export function firstParty(e: Pick<Explanation, "steps" | "cause">, names: Names): Party {
  return e.steps[0]?.who ?? names.cause(e.cause)?.mend[0] ?? "nobody";
}
