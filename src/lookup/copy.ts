/** Copy buttons: the answer is given on the button itself and to screen readers; focus stays. */
import { el } from "./dom.ts";

/** Copies a text; where the clipboard is refused, shows it in a field to copy by hand. */
export async function copyText(text: string, button: HTMLElement): Promise<void> {
  const clean = text.replace(/[ \t]+$/gm, "").trim();
  const label = button.dataset.label ?? button.textContent ?? "";
  button.dataset.label = label;
  try {
    await navigator.clipboard.writeText(clean);
    button.textContent = "Copied";
  } catch {
    const field = el("textarea", { class: "share-text", readonly: true, "aria-label": "Copy this text by hand" });
    field.value = clean;
    button.parentElement?.after(field);
    field.select();
    button.textContent = "Select and copy";
  }
  button.setAttribute("aria-live", "polite");
  window.setTimeout(() => {
    button.textContent = label;
  }, 1800);
}

/** Serves every [data-copy] of a page: it copies the nearest [data-copy-text]. */
export function serveCopyButtons(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-copy]");
    const source = button?.closest("figure, li, section")?.querySelector("[data-copy-text]");
    if (button && source) void copyText(source.textContent ?? "", button);
  });
}
