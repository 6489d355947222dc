/** A pasted text, reduced to the words of the innermost server, and templates made from them. Pure; runs in browsers. */
import type { Explanation } from "../model/explanation.ts";
import { type Folded, fold, matchTemplate, parseTemplate, TemplateError } from "../template/index.ts";
import { findPrivate } from "./mask.ts";

/** The part of the text that the server said: behind the last lead-in, before the first tail. */
export function innermost(text: string, spans: Explanation["spans"]): string {
  const code = spans.find((s) => s.role === "reply" || s.role === "status");
  const wrappers = spans.filter((s) => s.role === "wrapper");
  const lead = wrappers.filter((w) => code === undefined || w.end <= code.start).at(-1);
  const start = code?.start ?? lead?.end ?? 0;
  const tail = wrappers.find((w) => w.start > start);
  return text
    .slice(start, tail?.start ?? text.length)
    .replace(/\r\n?/g, "\n")
    .trim();
}

/** The reply's words in one line, without its codes. */
export function wordsOfReply(reply: string): string {
  return reply
    .split("\n")
    .map((line) =>
      line
        .trim()
        .replace(/^\d{3}(?:[- ]|$)(?:#?\d\.\d{1,3}\.\d{1,3}[ -]?)?/, "")
        .replace(/^#?\d\.\d{1,3}\.\d{1,3}[ -]/, ""),
    )
    .join(" ")
    .replace(/\s+/g, " ")
    .trim();
}

const MONTHS = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";

/** What varies from reply to reply, the surest first. */
const VARIABLE: [pattern: RegExp, slot: string][] = [
  [/[^\s<>()[\],;'"{}]+@[^\s<>()[\],;'"{}]+[^\s<>()[\],;'"{}.:!?]/g, "{email}"],
  [/\b\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?Z?)?/g, "{date}"],
  [new RegExp(`\\b\\d{1,2} ${MONTHS}[a-z]* \\d{4}(?: \\d{2}:\\d{2}(?::\\d{2})?)?`, "g"), "{date}"],
  [/(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.]*\d)/g, "{ip}"],
  [/(?<![\w:])(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4})?(?![\w:])/gi, "{ip}"],
];

const HOSTNAME = /(?<![\w@/.-])(?:[a-z0-9_-]{1,63}\.)+(?:[a-z]{2,24})(?![\w-]|\.\w)/gi;
const URL_PATTERN = /\bhttps?:\/\/[^\s<>'"]+[^\s<>'".,;:!?)\]}]/gi;

/**
 * Puts placeholders in the place of what varies.
 * @param isPublicHost tells hosts and links that are the provider's own words
 */
export function withPlaceholders(words: string, isPublicHost: (host: string) => boolean = () => false): string {
  // Braces of the reply are literal; they are doubled before placeholders come in.
  const slots: string[] = [];
  const keep = (slot: string) => `\u0001${slots.push(slot) - 1}\u0002`;
  let text = words;
  text = text.replace(URL_PATTERN, (url) => {
    const host = /^https?:\/\/([^/:?#]+)/.exec(url)?.[1] ?? "";
    if (!isPublicHost(host)) return keep("{url}");
    // The provider's own page; what stands behind a question mark may vary.
    const varies = /[?=][^\s]*(?:\d{4,}|@|%40|(?:\d{1,3}\.){3})|(?:\d{1,3}\.){3}\d/.exec(url);
    return varies ? keep("{url}") : url;
  });
  for (const [pattern, slot] of VARIABLE) text = text.replace(pattern, () => keep(slot));
  text = text.replace(HOSTNAME, (host) =>
    isPublicHost(host)
      ? host
      : keep(/^(?:mx|mail|smtp|relay|out|in)\d*[.-]/i.test(host) || host.split(".").length > 2 ? "{host}" : "{domain}"),
  );
  for (const part of findPrivate(text).reverse())
    if (part.kind === "id") text = text.slice(0, part.start) + keep("{id}") + text.slice(part.end);
  text = text.replace(/(?<![\w.#])ID(?![\w])/g, () => keep("{id}"));
  // Numbers of two digits and more; a single digit is mostly part of the words.
  text = text.replace(/(?<![\w.:#/-])\d{2,}(?:[.,]\d+)?(?![\w/-]|[.:]\d)/g, () => keep("{number}"));
  return text.replace(/[{}]/g, "$&$&").replace(/\u0001(\d+)\u0002/g, (_, i: string) => slots[Number(i)] as string);
}

/** Words before the reason, which many reasons share, and words behind it, which help nobody to tell it. */
const LEAD =
  /^(?:(?:[<[(']?\{(?:email|ip|host|domain)\}[>\])']?[:,]?\s*)+|(?:recipient|sender|client host|helo command|etrn command) (?:address )?rejected:?\s*|(?:dear|hi|hello) \S+,\s*|(?:error|rejected|denied|refused|blocked|sorry|reject|failure|message rejected|mail rejected)[:,;-]\s*)+/i;
const TAIL =
  /\s+(?:(?:please )?(?:see|visit|contact|refer to|for (?:more|further) (?:information|details|help))\b.*|-? ?\{id\}(?: - \w+)?|\[?\{url\}\]?)$/i;
const POINTER =
  /^(?:(?:please )?(?:see|visit|contact|refer to|go to)\b|for (?:more|further)\b|more information|learn more|\{url\}|\{id\}|https?:)/i;

/** The longest that a template may be is 400; shorter ones survive a change of words. */
const MAX_TEMPLATE = 180;

/**
 * Templates for a reply, the likeliest first: its first telling sentence, then more of it.
 * @param reply the innermost server's reply
 */
export function proposeTemplates(reply: string, isPublicHost?: (host: string) => boolean): string[] {
  const whole = withPlaceholders(wordsOfReply(reply), isPublicHost);
  const sentences = whole.split(/(?<=[.!?;])\s+(?=[A-Z[{<])/).map((s) => trim(s.replace(LEAD, "")));
  const telling = sentences.filter((s) => !POINTER.test(s) && s.replace(/\{[^}]*\}|[^\p{L}]/gu, "").length >= 8);
  const first = telling[0];
  const candidates = [
    first,
    first === undefined ? undefined : trim(first.replace(TAIL, "")),
    telling[1],
    trim(whole.replace(LEAD, "").replace(TAIL, "")),
    trim(whole),
  ];
  const folded = fold(reply);
  const found: string[] = [];
  for (const candidate of candidates) {
    const text = candidate === undefined ? undefined : shorten(candidate);
    if (text === undefined || found.includes(text)) continue;
    if (stands(text, folded)) found.push(text);
  }
  return found;
}

/** Signs and placeholders at the edges say nothing: a template matches anywhere. */
function trim(text: string): string {
  let out = text.trim();
  for (let before = ""; before !== out; ) {
    before = out;
    out = out
      .replace(/[\s.,;:!?-]+$/, "")
      .replace(/^[\s.,;:!?-]+/, "")
      .replace(/\s*[<[(']?\{(?:id|url|number)\}[>\])']?$/, "")
      .replace(/[\s,;(]+(?:ticket|id|code|ref|reference|case|number|no|at|see|with|by|from|for|on|of|to|and)$/i, "");
  }
  return out;
}

/** Cuts at the end of a word, outside of a placeholder. */
function shorten(text: string): string {
  if (text.length <= MAX_TEMPLATE) return text;
  const cut = text.slice(0, MAX_TEMPLATE).replace(/\s+\S*$/, "");
  return trim(cut.lastIndexOf("{") > cut.lastIndexOf("}") ? cut.slice(0, cut.lastIndexOf("{")) : cut);
}

function stands(template: string, folded: Folded): boolean {
  try {
    return matchTemplate(parseTemplate(template), folded) !== undefined;
  } catch (error) {
    if (error instanceof TemplateError) return false;
    throw error;
  }
}
