/** The answer to one bounce: the verdict, then the evidence, then what to do. */
import type { Explanation } from "../model/explanation.ts";
import type { Step } from "../model/primitives.ts";
import { BASIS_MEANING, type Party } from "../model/vocabulary.ts";
import { contributionBox } from "./contribute.ts";
import { asJson, asMarkdown, asText } from "./copies.ts";
import { copyText } from "./copy.ts";
import { at, el, mark } from "./dom.ts";
import type { Engine } from "./engine.ts";
import { exhibit } from "./exhibit.ts";
import { KIND_PATH } from "./marks.ts";
import { shareBox } from "./share.ts";
import { adviceSentence, cautionSentence, firstParty, type Names, reasonSentence } from "./verdict.ts";
import { ACTION_WORD, BASIS_WORD, DOORS, KIND_WORD, PARTY_DOOR, PARTY_SIDE, SEVERITY_WORD } from "./words.ts";

/** The page of the entry that won, else of the cause, else of the code. */
export function pageOf(e: Explanation): string | undefined {
  if (e.entry) return at(`/providers/${e.entry}/`);
  if (e.cause !== "unknown") return at(`/causes/${e.cause}/`);
  const code = e.status ?? e.reply;
  return code === undefined ? undefined : at(`/codes/${code}/`);
}

export function answer(text: string, e: Explanation, engine: Engine, repository: string | undefined): HTMLElement {
  const { names } = engine;
  const isKnown = e.cause !== "unknown";
  const box = el("article", { "aria-labelledby": "verdict" });
  box.append(verdict(text, e, names));
  if (!isKnown || e.basis === "status" || e.basis === "reply" || e.basis === "none")
    box.append(section("Not in the manual yet", "unknown", unknown(e, engine), contributionBox(text, e, repository)));
  if (e.cause !== "not-a-bounce" || e.steps.length > 0)
    box.append(section("What to do", "what-to-do", ...doors(e.steps)));
  if (e.tellRecipient) box.append(section("What to tell the recipient", "tell", tell(e.tellRecipient)));
  if (e.lookups.length > 0)
    box.append(
      section(
        "Look up",
        "lookups",
        el(
          "ul",
          { class: "plain" },
          ...e.lookups.map((l) => el("li", {}, el("a", { href: l.url, rel: "noreferrer" }, l.label))),
        ),
      ),
    );
  box.append(section("Your text, marked", "evidence", exhibit(text, e, names)));
  box.append(section("How we know", "why", ...why(e, engine)));
  return box;
}

function section(title: string, id: string, ...children: (Node | undefined)[]): HTMLElement {
  return el(
    "section",
    { class: "sec", "aria-labelledby": `a-${id}` },
    el("h2", { id: `a-${id}` }, title),
    el("div", {}, ...children),
  );
}

function fact(term: string, ...value: (Node | string | undefined)[]): HTMLElement {
  return el("div", {}, el("dt", {}, term), el("dd", {}, ...value));
}

function verdict(text: string, e: Explanation, names: Names): HTMLElement {
  const page = pageOf(e);
  const caution = cautionSentence(e);
  const button = (label: string, value: () => string) =>
    el(
      "button",
      {
        type: "button",
        onclick: ((event: Event) => void copyText(value(), event.currentTarget as HTMLElement)) as EventListener,
      },
      label,
    );
  const kind = el(
    "a",
    { class: `kind kind-${e.kind}`, href: at(`/reference/#kind-${e.kind}`) },
    mark(KIND_PATH[e.kind]),
    KIND_WORD[e.kind],
  );
  const cause = names.cause(e.cause);
  return el(
    "div",
    { class: `verdict verdict-${e.kind}` },
    el("h2", { id: "verdict", tabindex: -1 }, reasonSentence(e, names)),
    el("p", { class: "advice" }, adviceSentence(e)),
    caution !== undefined && el("p", { class: "aside" }, caution),
    el(
      "dl",
      { class: "facts" },
      fact("Who must act first", PARTY_SIDE[firstParty(e, names)]),
      fact("Kind", kind),
      fact("Action", el("a", { href: at(`/reference/#action-${e.action}`) }, ACTION_WORD[e.action])),
      fact("Severity", el("a", { href: at(`/reference/#severity-${e.severity}`) }, SEVERITY_WORD[e.severity])),
      fact(
        "Cause",
        e.cause === "unknown" ? "Not known" : el("a", { href: at(`/causes/${e.cause}/`) }, cause?.name ?? e.cause),
      ),
    ),
    el("p", {}, e.meaning),
    e.misleading !== undefined && el("p", { class: "aside" }, el("strong", {}, "Misleading: "), e.misleading),
    e.truncated && el("p", { class: "aside" }, "The text is very long: only its first 100,000 characters were read."),
    el(
      "div",
      { class: "row no-print" },
      button("Copy as text", () => asText(e, names, page)),
      button("Markdown", () => asMarkdown(text, e, names, page)),
      button("JSON", () => asJson(e)),
      page !== undefined && el("a", { href: page }, e.entry ? "The full entry, with sources" : "Read more"),
    ),
    shareBox(text, page),
  );
}

/** Steps under the door through which the reader comes. */
function doors(steps: readonly Step[]): HTMLElement[] {
  return DOORS.flatMap((who: Party) => {
    const list = steps.filter((s) => s.who === who);
    if (list.length === 0) return [];
    return [
      el(
        "section",
        {},
        el("h3", {}, PARTY_DOOR[who]),
        el(
          "ol",
          { class: "steps" },
          ...list.map((s) =>
            el(
              "li",
              {},
              s.do,
              s.link !== undefined && " ",
              s.link !== undefined &&
                el(
                  "a",
                  { href: s.link, "aria-label": `${linkLabel(s.link)}: ${s.do.slice(0, 60)}` },
                  linkLabel(s.link),
                ),
            ),
          ),
        ),
      ),
    ];
  });
}

const linkLabel = (link: string) =>
  link.startsWith("http") ? new URL(link).hostname.replace(/^www\./, "") : "Read\u00a0on";

function tell(text: string): HTMLElement {
  return el(
    "div",
    {},
    el("blockquote", { class: "aside" }, el("p", {}, text)),
    el(
      "p",
      { class: "no-print" },
      el(
        "button",
        {
          type: "button",
          onclick: ((event: Event) => void copyText(text, event.currentTarget as HTMLElement)) as EventListener,
        },
        "Copy this text",
      ),
    ),
  );
}

function unknown(e: Explanation, engine: Engine): HTMLElement {
  const code = e.status ?? e.reply;
  const box = el("div", {});
  if (code !== undefined)
    box.append(
      el(
        "p",
        {},
        "By the standard, ",
        el("a", { class: "code", href: at(`/codes/${code}/`) }, String(code)),
        ` says: ${e.meaning || e.title}`,
      ),
    );
  const near = e.alternatives.filter((a) => a.entry);
  if (near.length > 0)
    box.append(
      el("p", {}, "The nearest entries:"),
      el("ul", {}, ...near.slice(0, 5).map((a) => el("li", {}, entryLink(a.entry as string, engine)))),
    );
  return box;
}

const entryLink = (entry: string, engine: Engine) => {
  const provider = engine.names.provider(entry.split("/")[0] as string);
  const title = engine.title(entry) ?? entry;
  return el(
    "a",
    { href: at(`/providers/${entry}/`) },
    provider && provider.type !== "common" ? `${provider.name}: ${title}` : title,
  );
};

/** Which rule matched and why, what contradicts, what else it could be. */
function why(e: Explanation, engine: Engine): HTMLElement[] {
  const out: HTMLElement[] = [
    el(
      "p",
      {},
      el("a", { href: at(`/reference/#basis-${e.basis}`) }, BASIS_WORD[e.basis]),
      `. ${BASIS_MEANING[e.basis]}`,
    ),
  ];
  if (e.template !== undefined)
    out.push(
      el(
        "p",
        {},
        "The words that matched: ",
        el("code", { class: "template" }, e.template),
        e.entry && el("br"),
        e.entry && " of ",
        e.entry && entryLink(e.entry, engine),
      ),
    );
  if (e.possibleProviders.length > 0) {
    const list = e.possibleProviders.map((p) => engine.names.provider(p)?.name ?? p);
    out.push(el("p", {}, `These words are also used by ${list.join(", ")}; the text alone does not tell who spoke.`));
  }
  for (const d of e.disagreements) out.push(el("p", { class: "aside" }, d));
  const others = e.alternatives.filter((a) => a.entry !== e.entry);
  if (others.length > 0) {
    out.push(
      el("h3", {}, "Other readings"),
      el(
        "ul",
        {},
        ...others
          .slice(0, 6)
          .map((a) =>
            el(
              "li",
              {},
              a.entry
                ? entryLink(a.entry, engine)
                : el("a", { href: at(`/causes/${a.cause}/`) }, engine.names.cause(a.cause)?.name ?? a.cause),
              el("span", { class: "note" }, ` ${BASIS_WORD[a.basis]}`),
            ),
          ),
      ),
    );
  }
  const same = e.cause === "unknown" ? undefined : e.cause;
  if (same)
    out.push(
      el(
        "p",
        {},
        "Related: ",
        el("a", { href: at(`/causes/${same}/#wordings`) }, "how others word this cause"),
        e.provider !== undefined && ", ",
        e.provider !== undefined &&
          el(
            "a",
            { href: at(`/providers/${e.provider}/`) },
            `more of ${engine.names.provider(e.provider)?.name ?? e.provider}`,
          ),
        e.status !== undefined && ", ",
        e.status !== undefined && el("a", { href: at(`/codes/${e.status}/`) }, `the code ${e.status}`),
      ),
    );
  return out;
}
