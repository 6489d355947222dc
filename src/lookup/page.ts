/** What runs on every page. */
import { serveCopyButtons } from "./copy.ts";
import { BASE } from "./dom.ts";
import { serveListFilters } from "./filter.ts";
import { serveNotFound, serveSearch } from "./search.ts";
import { serveThemeSwitch } from "./theme.ts";

/** Starts it all. A function, since package.json says that no module of the project has side effects. */
export function servePage(): void {
  serveThemeSwitch();
  serveSearch();
  serveCopyButtons();
  serveListFilters();
  void serveNotFound();
  // After the page is there, so that what is kept for offline use does not slow the first visit.
  if ("serviceWorker" in navigator && location.protocol.startsWith("http"))
    window.addEventListener("load", () => {
      navigator.serviceWorker.register(`${BASE}sw.js`, { scope: BASE }).catch(() => undefined);
    });
}
