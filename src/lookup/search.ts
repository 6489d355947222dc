/**
 * The search dialog over Pagefind. A code is searched quoted, since Pagefind takes 5.7.1 for the start
 * of 5.7.12, and its own page comes first; a pasted message is no search but a case for the lookup.
 */
import { BASE, el } from "./dom.ts";

interface Result {
  url: string;
  meta: { title: string; context?: string };
  excerpt: string;
}
interface Pagefind {
  options(options: object): Promise<void>;
  filters(): Promise<Record<string, Record<string, number>>>;
  search(query: string | null, options?: object): Promise<{ results: { data(): Promise<Result> }[] }>;
}

const SHOWN = 12;
let pagefind: Promise<Pagefind> | undefined;

/** Pagefind, loaded when somebody searches for the first time. */
export function loadPagefind(): Promise<Pagefind> {
  pagefind ??= (import(/* @vite-ignore */ `${BASE}pagefind/pagefind.js`) as Promise<Pagefind>).then(async (p) => {
    await p.options({ ranking: { termSimilarity: 8, pageLength: 0.1 }, excerptLength: 18 });
    return p;
  });
  return pagefind;
}

const CODE = /^\s*(?:([245]\d\d)[ -]?#?)?\s*([245]\.\d{1,3}\.\d{1,3})?\s*$/;

/** The code that a query consists of, the enhanced one where it has both. */
export function codeOf(query: string): string | undefined {
  const m = CODE.exec(query);
  return m?.[2] ?? m?.[1];
}

/** Longer than anybody types, with a code in it or several lines: somebody pasted a bounce. */
export const looksPasted = (query: string): boolean =>
  query.length > 300 ||
  (query.length > 45 && /(?:^|\D)[245][0-7]\d[ -]|[245]\.\d{1,3}\.\d{1,3}|@/.test(query)) ||
  query.trim().split(/\s+/).length > 9;

export async function find(query: string, filters: Record<string, string> = {}): Promise<Result[]> {
  const p = await loadPagefind();
  const code = codeOf(query);
  const asked = code === undefined ? query : `"${code}"`;
  const lists = [await p.search(asked.trim() || null, { filters })];
  if (code !== undefined && Object.keys(filters).length === 0)
    lists.unshift(await p.search(null, { filters: { code } }));
  const results = await Promise.all(
    lists
      .flatMap((l) => l.results)
      .slice(0, SHOWN)
      .map((r) => r.data()),
  );
  const seen = new Set<string>();
  return results.filter((r) => !seen.has(r.url) && seen.add(r.url));
}

const plain = (html: string) => new DOMParser().parseFromString(html, "text/html").body.textContent ?? "";

export function serveSearch(): void {
  const dialog = document.querySelector<HTMLDialogElement>("[data-search]");
  const input = dialog?.querySelector<HTMLInputElement>("input");
  const list = dialog?.querySelector<HTMLUListElement>("ul");
  const status = dialog?.querySelector<HTMLElement>("[data-search-status]");
  if (!dialog || !input || !list || !status) return;
  const selects = [...dialog.querySelectorAll<HTMLSelectElement>("[data-filter]")];
  let opener: HTMLElement | null = null;
  let chosen = -1;
  let run = 0;

  const links = () => [...list.querySelectorAll<HTMLAnchorElement>("a")];
  const choose = (index: number) => {
    const all = links();
    chosen = all.length === 0 ? -1 : (index + all.length) % all.length;
    all.forEach((a, i) => {
      a.parentElement?.setAttribute("aria-selected", String(i === chosen));
      a.classList.toggle("on", i === chosen);
    });
    const current = all[chosen];
    if (current) {
      input.setAttribute("aria-activedescendant", current.parentElement?.id ?? "");
      current.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };
  const show = (rows: [href: string, title: string, note: string][], words: string) => {
    list.replaceChildren(
      ...rows.map(([href, title, note], i) =>
        el(
          "li",
          { role: "option", id: `result-${i}`, "aria-selected": "false" },
          el("a", { href, tabindex: -1 }, title, el("small", {}, note)),
        ),
      ),
    );
    input.setAttribute("aria-expanded", String(rows.length > 0));
    status.textContent = words;
    choose(rows.length > 0 ? 0 : -1);
  };
  const search = async () => {
    const query = input.value;
    const mine = ++run;
    if (looksPasted(query)) {
      const row: [string, string, string] = [
        `${BASE}#t=${encodeURIComponent(query)}`,
        "Open this text in the lookup",
        query.slice(0, 160),
      ];
      show([row], "This looks like a bounce: the lookup explains it.");
      return;
    }
    const filters = Object.fromEntries(
      selects.filter((s) => s.value).map((s) => [s.dataset.filter as string, s.value]),
    );
    if (query.trim() === "" && Object.keys(filters).length === 0) {
      show([], "Search entries, causes, codes and guides.");
      return;
    }
    try {
      const found = await find(query, filters);
      if (mine !== run) return;
      show(
        found.map((r) => [r.url, r.meta.title, r.meta.context ?? plain(r.excerpt).replace(/^[\s·.]+/, "")]),
        found.length === 0
          ? "Nothing found. Paste the whole reply into the lookup: it needs no exact words."
          : `${found.length} ${found.length === 1 ? "result" : "results"}; arrows choose, Enter opens.`,
      );
    } catch {
      if (mine === run) show([], "The search is not available offline until it has been used once.");
    }
  };
  const fillFilters = async () => {
    const known = await (await loadPagefind()).filters();
    for (const select of selects) {
      if (select.options.length > 1) continue;
      for (const value of Object.keys(known[select.dataset.filter as string] ?? {}).sort())
        select.append(el("option", { value }, value));
    }
  };
  const open = () => {
    if (dialog.open) return;
    opener = document.activeElement as HTMLElement | null;
    dialog.showModal();
    input.select();
    fillFilters().catch(() => undefined);
  };

  for (const button of document.querySelectorAll("[data-search-open]")) button.addEventListener("click", open);
  document.addEventListener("keydown", (event) => {
    const typing = (event.target as Element).closest("input, textarea, select, [contenteditable]");
    const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (slash || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey)) {
      event.preventDefault();
      open();
    }
  });
  let timer = 0;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(search, 120);
  });
  for (const select of selects) select.addEventListener("change", search);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Escape") {
      // A search field would only be emptied by it.
      event.preventDefault();
      dialog.close();
    } else if (event.key === "Enter") {
      event.preventDefault();
      links()[chosen]?.click();
    }
  });
  list.addEventListener("click", (event) => {
    if ((event.target as Element).closest("a")) dialog.close();
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => opener?.focus());
}

/** The page for addresses that lead nowhere: searches for the words of the address. */
export async function serveNotFound(): Promise<void> {
  const list = document.querySelector<HTMLUListElement>("[data-not-found-results]");
  const status = document.querySelector<HTMLElement>("[data-not-found-status]");
  if (!list || !status) return;
  const path = decodeURIComponent(location.pathname.slice(BASE.length));
  const code = /[245]\.\d{1,3}\.\d{1,3}|\b[245]\d\d\b/.exec(path)?.[0];
  const words = path
    .replace(/\.html?$/, "")
    .split(/[/_\-.]+/)
    .filter((w) => w.length > 2 && !/^(providers|codes|causes|index)$/.test(w));
  try {
    let found: Result[] = [];
    if (code) found = await find(code);
    // Fewer and fewer words until something is found, the last ones first: they say the most.
    for (let from = 0; found.length === 0 && from < words.length; from++)
      found = await find(words.slice(from).join(" "));
    status.textContent =
      found.length > 0 ? "Perhaps you meant one of these:" : "Nothing in the manual goes by these words.";
    list.replaceChildren(
      ...found.map((r) =>
        el(
          "li",
          {},
          el(
            "p",
            {},
            el("a", { href: r.url }, r.meta.title),
            ...(r.meta.context ? [" ", el("span", { class: "note" }, r.meta.context)] : []),
          ),
        ),
      ),
    );
  } catch {
    status.textContent = "";
  }
}
