/** Two links: to the entry, which holds nothing private, and one that carries a redacted text. */
import { copyText } from "./copy.ts";
import { at, el } from "./dom.ts";
import { MAX_SHARED_LENGTH, redact } from "./redact.ts";

const addressOf = (text: string) => `${location.origin}${at("/")}#t=${encodeURIComponent(text)}`;

/** The part of the page that shows what a shared link would carry, before it is copied. */
export function shareBox(text: string, page: string | undefined): HTMLElement {
  const details = el("details", { class: "share no-print" });
  const field = el("textarea", {
    class: "share-text",
    "aria-label": "The text that the link will carry",
    spellcheck: "false",
  });
  field.value = redact(text).slice(0, MAX_SHARED_LENGTH);
  const status = el("span", { class: "note", role: "status" });
  const keep = el("input", { type: "checkbox", id: "share-redact", checked: true });
  keep.addEventListener("change", () => {
    field.value = (keep.checked ? redact(text) : text).slice(0, MAX_SHARED_LENGTH);
    status.textContent = keep.checked ? "" : "The link will carry addresses and IPs as they are.";
  });
  details.append(
    el("summary", {}, "Share"),
    (page !== undefined &&
      el(
        "p",
        {},
        el(
          "button",
          {
            type: "button",
            "data-share-entry": true,
            onclick: ((event: Event) =>
              void copyText(location.origin + page, event.currentTarget as HTMLElement)) as EventListener,
          },
          "Copy link to this entry",
        ),
        " ",
        el("span", { class: "note" }, "It holds nothing of your text."),
      )) ||
      "",
    el("p", {}, el("label", { for: "share-redact" }, keep, " Mask addresses, IPs and ids"), " ", status),
    field,
    el(
      "p",
      { class: "row" },
      el(
        "button",
        {
          type: "button",
          "data-share-text": true,
          onclick: ((event: Event) =>
            void copyText(
              addressOf(field.value.slice(0, MAX_SHARED_LENGTH)),
              event.currentTarget as HTMLElement,
            )) as EventListener,
        },
        "Copy link with this text",
      ),
      el(
        "span",
        { class: "note" },
        "The text stands behind the # of the link, which browsers do not send to the server.",
      ),
      text.length > MAX_SHARED_LENGTH && el("span", { class: "note" }, `Cut to ${MAX_SHARED_LENGTH} characters.`),
    ),
  );
  return details;
}
