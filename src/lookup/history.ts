/** What was looked up in this visit: in this tab's storage only, gone with it, clearable. */
import { el } from "./dom.ts";

const KEY = "lookups";
const MAX = 12;

interface Past {
  text: string;
  verdict: string;
}

function read(): Past[] {
  try {
    const list: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    return Array.isArray(list) ? (list as Past[]) : [];
  } catch {
    return [];
  }
}

function write(list: Past[]): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(list));
  } catch {
    // No storage, no history.
  }
}

export function remember(text: string, verdict: string): void {
  const clean = text.trim().slice(0, 4000);
  if (clean.length < 3) return;
  write([{ text: clean, verdict }, ...read().filter((p) => p.text !== clean)].slice(0, MAX));
}

/** Shows the list in its place. */
export function showHistory(place: HTMLElement, open: (text: string) => void): void {
  const list = read();
  place.hidden = list.length === 0;
  place.replaceChildren(
    el(
      "details",
      {},
      el("summary", {}, `Looked up in this visit (${list.length})`),
      el(
        "ul",
        {},
        ...list.map((p) =>
          el("li", {}, el("button", { type: "button", class: "link-button", onclick: () => open(p.text) }, p.verdict)),
        ),
      ),
      el(
        "p",
        { class: "row" },
        el(
          "button",
          {
            type: "button",
            onclick: () => {
              write([]);
              showHistory(place, open);
            },
          },
          "Clear the list",
        ),
        el("span", { class: "note" }, "Kept in this tab only, until you close it."),
      ),
    ),
  );
}
