/** The paste box: text in (typed, pasted, dropped, from the address), answer out, as one types. */
import { announce } from "./announce.ts";
import { answer } from "./answer.ts";
import { bounceTable, groupBounces } from "./bounces.ts";
import { type Engine, startEngine } from "./engine.ts";
import { remember, showHistory } from "./history.ts";
import { legible } from "./legible.ts";
import { MAX_BOUNCES, splitBounces } from "./split.ts";
import { verdictLine } from "./verdict.ts";

/** Files beyond this are logs for the analysis, and would only block the page. */
const MAX_FILE = 5_000_000;
/** Typing pauses this long before an answer is put into the history. */
const SETTLED = 1500;

export function serveLookup(): void {
  const form = document.querySelector<HTMLFormElement>("[data-lookup]");
  const box = form?.querySelector<HTMLTextAreaElement>("textarea");
  const place = document.querySelector<HTMLElement>("[data-answer]");
  const past = document.querySelector<HTMLElement>("[data-history]");
  if (form && box && place && past) start(form, box, place, past);
}

function start(form: HTMLFormElement, box: HTMLTextAreaElement, place: HTMLElement, past: HTMLElement): void {
  let engine: Engine | undefined;
  let shown = "";
  let settle = 0;

  const run = (again = false) => {
    const text = box.value;
    if (!engine || (text === shown && !again)) return;
    shown = text;
    clearTimeout(settle);
    if (text.trim() === "") {
      place.replaceChildren();
      return;
    }
    const started = performance.now();
    const all = splitBounces(legible(text));
    const texts = all.slice(0, MAX_BOUNCES);
    const sentence =
      texts.length > 1 ? several(texts, all.length - texts.length, engine) : one(texts[0] ?? text, engine);
    performance.measure("verdict", { start: started, end: performance.now() });
    if (sentence === "") return;
    announce(sentence);
    settle = window.setTimeout(() => {
      remember(text, sentence);
      showHistory(past, fill);
    }, SETTLED);
  };

  const one = (text: string, engine: Engine): string => {
    const explanation = engine.explain(text);
    // The rest of the rules is on its way and may know these words: better a moment's wait than a wrong "unknown".
    if (!engine.complete && explanation.basis !== "entry" && explanation.basis !== "phrase") return "";
    place.replaceChildren(answer(text, explanation, engine, form.dataset.repository));
    return verdictLine(explanation, engine.names);
  };

  const several = (texts: readonly string[], left: number, engine: Engine): string => {
    const groups = groupBounces(texts, engine);
    const table = bounceTable(groups, texts.length, left, engine, (text) => {
      const opened = table.querySelector("[data-opened]");
      const article = answer(text, engine.explain(text), engine, form.dataset.repository);
      // The table's heading keeps its id: there is one verdict on the page.
      for (const node of article.querySelectorAll("#verdict")) node.id = "verdict-opened";
      article.setAttribute("aria-labelledby", "verdict-opened");
      opened?.replaceChildren(article);
      article.querySelector<HTMLElement>("#verdict-opened")?.focus();
    });
    place.replaceChildren(table);
    return `${texts.length} bounces of ${groups.length} kinds.`;
  };

  const fill = (text: string) => {
    box.value = text;
    run(true);
    place.scrollIntoView({ block: "nearest" });
  };

  const fromAddress = (): boolean => {
    if (!location.hash.startsWith("#t=")) return false;
    try {
      box.value = decodeURIComponent(location.hash.slice(3));
    } catch {
      box.value = location.hash.slice(3);
    }
    run(true);
    return true;
  };

  const read = async (file: File | undefined) => {
    if (!file) return;
    const text = await file.slice(0, MAX_FILE).text();
    fill(text);
    if (file.size > MAX_FILE) announce("The file is large: only its start was read.");
  };

  box.addEventListener("input", () => run());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run(true);
    document.getElementById("verdict")?.focus();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  form.querySelector("[data-clear]")?.addEventListener("click", () => {
    box.value = "";
    if (location.hash) history.replaceState(null, "", location.pathname);
    run();
    box.focus();
  });
  const picker = form.querySelector<HTMLInputElement>("input[type=file]");
  picker?.addEventListener("change", () => void read(picker.files?.[0]));
  const drop = form.querySelector<HTMLElement>("[data-drop]");
  drop?.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("drag");
  });
  drop?.addEventListener("dragleave", () => drop.classList.remove("drag"));
  drop?.addEventListener("drop", (event) => {
    drop.classList.remove("drag");
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    void read(file);
  });
  // A chip that is chosen twice does not change the address, so it is filled here, too.
  form.addEventListener("click", (event) => {
    const chip = (event.target as Element).closest<HTMLAnchorElement>("[data-chip]");
    if (chip && chip.hash === location.hash) fromAddress();
  });
  window.addEventListener("hashchange", fromAddress);

  const filled = fromAddress();
  showHistory(past, fill);
  if (!filled) box.focus({ preventScroll: true });
  const { rules = "", details = "" } = form.dataset;
  startEngine(rules, details, filled, refresh)
    .then((started) => {
      engine = started;
      run(true);
    })
    .catch(() => {
      place.textContent = "The rules could not be loaded. Reload the page to try again.";
    });

  /** Answers once more when meanings and steps have come, unless somebody is reading with the keyboard. */
  function refresh(): void {
    if (shown !== "" && !place.contains(document.activeElement)) run(true);
  }
}
