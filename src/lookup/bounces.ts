/** Several bounces in one paste: a table of what they are, with counts; each row opens its first one. */
import type { Explanation } from "../model/explanation.ts";
import { at, el, mark } from "./dom.ts";
import { type Engine, sameness } from "./engine.ts";
import { KIND_PATH } from "./marks.ts";
import { reasonSentence } from "./verdict.ts";
import { ACTION_WORD, KIND_WORD } from "./words.ts";

interface Group {
  text: string;
  explanation: Explanation;
  count: number;
}

/** Bounces of the same entry (or the same cause, where none is known) together, the most frequent first. */
export function groupBounces(texts: readonly string[], engine: Engine): Group[] {
  const groups = new Map<string, Group>();
  for (const text of texts) {
    const explanation = engine.explain(text);
    const key = sameness(explanation);
    const group = groups.get(key);
    if (group) group.count++;
    else groups.set(key, { text, explanation, count: 1 });
  }
  return [...groups.values()].sort((a, b) => b.count - a.count);
}

export function bounceTable(
  groups: readonly Group[],
  total: number,
  left: number,
  engine: Engine,
  open: (text: string) => void,
): HTMLElement {
  return el(
    "section",
    { class: "bounces", "aria-labelledby": "verdict" },
    el(
      "h2",
      { id: "verdict", tabindex: -1 },
      `${total} bounces, ${groups.length} ${groups.length === 1 ? "kind" : "kinds"} of answer`,
    ),
    left > 0 &&
      el(
        "p",
        { class: "aside" },
        `The first ${total} are counted here; ${left} more were left out. `,
        el("a", { href: at("/analyze/") }, "Analyze the whole file"),
        ".",
      ),
    el(
      "div",
      { class: "scroll", tabindex: 0, role: "group", "aria-label": "Bounces" },
      el(
        "table",
        {},
        el(
          "thead",
          {},
          el("tr", {}, ...["Count", "What it is", "Kind", "Action"].map((h) => el("th", { scope: "col" }, h))),
        ),
        el(
          "tbody",
          {},
          ...groups.map((g) =>
            el(
              "tr",
              {},
              el("td", { class: "code" }, String(g.count)),
              el(
                "td",
                {},
                el(
                  "button",
                  { type: "button", class: "link-button", onclick: () => open(g.text) },
                  reasonSentence(g.explanation, engine.names),
                ),
              ),
              el(
                "td",
                {},
                el(
                  "span",
                  { class: `kind kind-${g.explanation.kind}` },
                  mark(KIND_PATH[g.explanation.kind]),
                  KIND_WORD[g.explanation.kind],
                ),
              ),
              el("td", {}, ACTION_WORD[g.explanation.action]),
            ),
          ),
        ),
      ),
    ),
    el("div", { "data-opened": true }),
  );
}
