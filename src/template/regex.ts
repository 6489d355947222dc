/** Prints a template as a regex of the subset that JavaScript, RE2, Rust, PCRE and Hyperscan share. */
import { isWordUnit } from "./fold.ts";
import type { Part, Template } from "./parse.ts";
import { SLOTS } from "./slots.ts";

const BEFORE = "(?:^|[^0-9A-Za-z])";
const BEHIND = "(?:$|[^0-9A-Za-z])";

/** No escapes beyond the syntax characters, no look-around, no back-reference, bounded repetition only. */
function escapeLiteral(text: string): string {
  return text
    .replace(/[\\^$.|?*+()[\]{}]/g, "\\$&")
    .replace(/ /g, "\\s+")
    .replace(/'/g, "['\"`´‘’“”«»„]");
}

function printLiteral(text: string, first: boolean, last: boolean): string {
  const before = first && isWordUnit(text.charCodeAt(0)) ? BEFORE : "";
  const behind = last && isWordUnit(text.charCodeAt(text.length - 1)) ? BEHIND : "";
  return before + escapeLiteral(text) + behind;
}

function printPart(part: Part, first: boolean, last: boolean): string {
  if (part.type === "literal") return printLiteral(part.text, first, last);
  if (part.type === "choice") return `(?:${part.options.map((o) => printLiteral(o, first, last)).join("|")})`;
  const { chars, min, max } = SLOTS[part.kind];
  if (part.whole) return `(?:.{${min},${max - 1}}[^0-9A-Za-z])?`;
  return `${first ? BEFORE : ""}${chars ? `[${chars}]` : "."}{${min},${max}}${last ? BEHIND : ""}`;
}

/**
 * The regex of a template. Use it case-insensitively on the reply with its lines unfolded.
 * @returns the pattern without delimiters or flags
 */
export function templateToRegex(template: Template): string {
  return template.parts.map((part, i) => printPart(part, i === 0, i === template.parts.length - 1)).join("");
}
