/** A reply that the manual does not know, made ready for a contribution: masked, never sent by itself. */
import type { Explanation } from "../model/explanation.ts";
import { copyText } from "./copy.ts";
import { at, el } from "./dom.ts";
import { redact } from "./redact.ts";

/** Addresses longer than this are refused by some servers. */
const MAX_ISSUE = 3000;

/** The file that a contributor would add, as far as the text tells. */
export function entryDraft(text: string, e: Explanation): string {
  const today = new Date().toISOString().slice(0, 10);
  const block = redact(text)
    .trim()
    .slice(0, MAX_ISSUE)
    .split(/\r?\n/)
    .map((l) => `      ${l}`)
    .join("\n");
  return `---
title: Say what it means, in plain words
cause: ${e.cause}
reply: [${e.reply ?? ""}]
status: [${e.status ?? ""}]
templates:
  - The words that stay the same, with {ip}, {email}, {domain} for what varies
meaning: One or two plain sentences.
steps:
  - { who: sender-admin, do: What to do. }
examples:
  - text: |
${block}
    source: https://where-it-was-seen
sources:
  - { url: https://where-it-was-seen, kind: observed, checked: ${today} }
added: ${today}
---
`;
}

/** @param repository the project's address, where it has one that takes issues */
export function contributionBox(text: string, e: Explanation, repository: string | undefined): HTMLElement {
  const masked = redact(text).trim();
  const field = el("textarea", {
    class: "share-text",
    "aria-label": "The masked text of the contribution",
    spellcheck: "false",
  });
  field.value = masked.slice(0, MAX_ISSUE);
  const download = el(
    "button",
    {
      type: "button",
      onclick: () => {
        const link = el("a", {
          download: "new-entry.mdx",
          href: `data:text/plain;charset=utf-8,${encodeURIComponent(entryDraft(field.value, e))}`,
        });
        link.click();
      },
    },
    "Download as a new entry",
  );
  const issue =
    repository === undefined ? undefined : el("a", { class: "button", rel: "noreferrer" }, "Suggest it on GitHub");
  const fill = () => {
    const title = `New reply: ${field.value.split("\n")[0]?.slice(0, 80) ?? ""}`;
    const body = `A reply that the manual does not know:\n\n\`\`\`\n${field.value}\n\`\`\`\n\nWho sent it, and what it turned out to mean:\n`;
    issue?.setAttribute(
      "href",
      `${repository}/issues/new?title=${encodeURIComponent(title)}&body=${encodeURIComponent(body)}`,
    );
  };
  fill();
  field.addEventListener("input", fill);
  return el(
    "div",
    { class: "share" },
    el(
      "p",
      {},
      "You have a reply that is not in the manual. Addresses, IPs and ids are masked below; check it, then pass it on.",
    ),
    field,
    el(
      "p",
      { class: "row" },
      issue,
      download,
      el(
        "button",
        {
          type: "button",
          onclick: ((event: Event) => void copyText(field.value, event.currentTarget as HTMLElement)) as EventListener,
        },
        "Copy masked text",
      ),
      el("a", { href: at("/contribute/") }, "How to contribute"),
    ),
  );
}
