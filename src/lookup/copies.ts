/** An explanation as text, Markdown or JSON, to pass on. */
import type { Explanation } from "../model/explanation.ts";
import { firstParty, type Names, verdictLine } from "./verdict.ts";
import { ACTION_WORD, KIND_WORD, PARTY_DOOR, PARTY_SIDE, SEVERITY_WORD } from "./words.ts";

/** An address that works for whoever gets the copy. */
const full = (link: string) => (link.startsWith("/") ? location.origin + link : link);

export function asText(e: Explanation, names: Names, page: string | undefined): string {
  return [
    verdictLine(e, names),
    "",
    e.meaning,
    ...(e.misleading ? [e.misleading] : []),
    "",
    `Acts first: ${PARTY_SIDE[firstParty(e, names)]}`,
    `Kind: ${KIND_WORD[e.kind]}; action: ${ACTION_WORD[e.action]}; severity: ${SEVERITY_WORD[e.severity]}`,
    "",
    "What to do:",
    ...e.steps.map((s, i) => `${i + 1}. (${PARTY_DOOR[s.who]}) ${s.do}${s.link ? ` ${full(s.link)}` : ""}`),
    ...(page ? ["", full(page)] : []),
  ].join("\n");
}

export function asMarkdown(text: string, e: Explanation, names: Names, page: string | undefined): string {
  return [
    `**${verdictLine(e, names)}**`,
    "",
    ...text
      .trim()
      .split(/\r?\n/)
      .map((l) => `> ${l}`),
    "",
    e.meaning,
    "",
    `| Acts first | Kind | Action | Severity |`,
    `|---|---|---|---|`,
    `| ${PARTY_SIDE[firstParty(e, names)]} | ${KIND_WORD[e.kind]} | ${ACTION_WORD[e.action]} | ${SEVERITY_WORD[e.severity]} |`,
    "",
    ...e.steps.map((s, i) => `${i + 1}. *${PARTY_DOOR[s.who]}:* ${s.do}${s.link ? ` <${full(s.link)}>` : ""}`),
    ...(page ? ["", `[${e.title}](${full(page)})`] : []),
  ].join("\n");
}

export const asJson = (e: Explanation): string => JSON.stringify(e, null, 2);
