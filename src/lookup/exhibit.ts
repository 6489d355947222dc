/** The pasted text again, its parts called out by letters, and the key to the letters. */
import type { Explanation, Span } from "../model/explanation.ts";
import { at, el } from "./dom.ts";
import type { Names } from "./verdict.ts";
import { ROLE_WORD } from "./words.ts";

/** So much of a long text is shown around its parts. */
const MAX_SHOWN = 6000;

const letter = (i: number): string =>
  i < 26 ? String.fromCharCode(97 + i) : letter(Math.floor(i / 26) - 1) + letter(i % 26);

interface KeyItem {
  role: Span["role"];
  value: string;
  note: string;
  link: string | undefined;
}

/** @returns the marked text and its key, tied to each other by hover, focus and touch */
export function exhibit(text: string, e: Explanation, names: Names): HTMLElement {
  const items: KeyItem[] = [];
  const itemOf = new Map<string, number>();
  const buttons: HTMLAnchorElement[] = [];
  const pre = el("pre", {
    class: "exhibit",
    tabindex: 0,
    role: "group",
    "aria-label": "The pasted text with its parts marked",
  });
  const end = Math.min(text.length, Math.max(MAX_SHOWN, (e.spans[0]?.end ?? 0) + 1000));
  let from = 0;
  const unused = (a: number, b: number) => {
    if (b > a) pre.append(el("span", { class: "unused" }, text.slice(a, b)));
  };
  for (const span of e.spans) {
    if (span.start >= end) break;
    unused(from, span.start);
    // Words that a value interrupts are one item; so is the same value named twice.
    const key = span.role === "words" || span.role === "wrapper" ? span.role : `${span.role} ${span.value}`;
    let index = itemOf.get(key);
    if (index === undefined) {
      index = items.length;
      itemOf.set(key, index);
      items.push({ role: span.role, value: span.value, ...explain(span, e, names) });
    } else if (span.role === "words" || span.role === "wrapper") {
      (items[index] as KeyItem).value += ` … ${span.value}`;
    }
    // A link, since a button cannot break over lines; it leads to its explanation.
    const button = el(
      "a",
      {
        href: `#part-${index}`,
        class: `part part-${span.role}`,
        "data-part": index,
        "data-key": letter(index),
        "aria-describedby": `part-${index}`,
      },
      text.slice(span.start, span.end),
    );
    buttons.push(button);
    pre.append(button);
    from = span.end;
  }
  unused(from, end);
  if (end < text.length)
    pre.append(el("span", { class: "unused" }, `\n… ${text.length - end} more characters, read but not shown`));

  const key = el("ol", { class: "key" });
  items.forEach((item, i) => {
    const [name] = ROLE_WORD[item.role];
    key.append(
      el(
        "li",
        { "data-part": i },
        el("span", { class: "letter", "aria-hidden": "true" }, letter(i)),
        el(
          "span",
          {},
          el("button", { type: "button", "aria-label": `${name}: show in the text` }, name),
          el("code", { class: "value" }, item.value.length > 160 ? `${item.value.slice(0, 157)}…` : item.value),
          el("span", { id: `part-${i}` }, item.note),
          item.link !== undefined && " ",
          item.link !== undefined && el("a", { href: item.link }, "More"),
        ),
      ),
    );
  });
  const box = el("div", {}, pre, key, el("p", { class: "note" }, "What is grey was read, but not used as evidence."));
  tie(box, buttons);
  return box;
}

function explain(span: Span, e: Explanation, names: Names): { note: string; link: string | undefined } {
  const [, general] = ROLE_WORD[span.role];
  if (span.note) return { note: span.note, link: span.ref ? at(`/providers/${span.ref}/`) : undefined };
  if (span.role === "reply" || span.role === "status") return { note: general, link: at(`/codes/${span.value}/`) };
  if (span.role === "fingerprint" && span.ref) {
    const name = names.provider(span.ref)?.name ?? span.ref;
    return { note: `This tells that ${name} spoke.`, link: at(`/providers/${span.ref}/`) };
  }
  if (span.role === "words" && e.entry) return { note: general, link: at(`/providers/${e.entry}/`) };
  return { note: general, link: undefined };
}

/** Lights up a part and its explanation together, whichever of the two is pointed at. */
function tie(box: HTMLElement, buttons: readonly HTMLAnchorElement[]): void {
  const light = (part: string | undefined) => {
    for (const node of box.querySelectorAll<HTMLElement>("[data-part]"))
      node.classList.toggle("on", node.dataset.part === part);
  };
  const partOf = (event: Event) => (event.target as Element).closest<HTMLElement>("[data-part]")?.dataset.part;
  let held: string | undefined;
  box.addEventListener("pointerover", (event) => light(partOf(event) ?? held));
  box.addEventListener("pointerleave", () => light(held));
  box.addEventListener("focusin", (event) => light(partOf(event) ?? held));
  box.addEventListener("focusout", () => light(held));
  box.addEventListener("click", (event) => {
    const part = partOf(event);
    const link = (event.target as Element).closest("a");
    if (part === undefined || (link && !link.classList.contains("part"))) return;
    // The address keeps the text that it carries.
    event.preventDefault();
    held = part;
    light(part);
    const inKey = (event.target as Element).closest(".key");
    if (inKey) buttons.find((b) => b.dataset.part === part)?.scrollIntoView({ block: "nearest" });
    else box.querySelector(`.key [data-part="${part}"]`)?.scrollIntoView({ block: "nearest" });
  });
}
