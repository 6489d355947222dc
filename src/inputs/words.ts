/** Small helpers around addresses, hosts and replies that several forms share. */

/** An address without brackets and blanks, its domain in lower case. Undefined for what is none. */
export function cleanAddress(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  let text = value.trim();
  const angle = /<([^<>\s]{1,320})>\s*$/.exec(text);
  if (angle) text = angle[1] as string;
  // rfc822;user@example.com and utf-8;… (RFC 3464, RFC 6533)
  text = text.replace(/^(?:rfc822|utf-8|x400|system)\s*;\s*/i, "").replace(/^<|>$/g, "");
  const at = text.lastIndexOf("@");
  if (at < 1 || text.length > 320 || /[\s<>]/.test(text)) return undefined;
  return text.slice(0, at + 1) + text.slice(at + 1).toLowerCase();
}

/** A host name in lower case without the final dot, or an IP without brackets. Undefined for none, local and the like. */
export function cleanHost(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const text = value
    .trim()
    .replace(/^(?:dns|smtp|x-[a-z]+)\s*;\s*/i, "")
    .replace(/\s.*$/s, "")
    .replace(/\[[^\]]*\](?::\d+)?$/, (m, at: number) => (at > 0 ? "" : m))
    .replace(/^\[|\](?::\d+)?$/g, "")
    .replace(/\.$/, "")
    .toLowerCase();
  if (text === "" || text.length > 253 || !/^[a-z0-9_:.-]+$/.test(text) || !/[.:]/.test(text)) return undefined;
  return text;
}

/** A Message-ID without angle brackets. */
export function cleanId(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") return undefined;
  const text = value.trim().replace(/^<|>$/g, "");
  return text === "" || text.length > 500 ? undefined : text;
}

/**
 * Restores the lines of a reply that a program put on one line, the codes left in: «550-5.7.26 a 550-5.7.26 b
 * 550 5.7.26 c». Only a reply that begins with a continuation code is taken apart, and only at that code.
 */
export function unflatten(text: string): string {
  const m = /^([245]\d\d)-/.exec(text);
  return m ? text.replace(new RegExp(`[ \\t]+(?=${m[1]}[- ])`, "g"), "\n") : text;
}

/** Whether a text begins like a reply: a reply code of RFC 5321 or an enhanced status code of RFC 3463. */
export const REPLY_START = /^\s{0,8}["'(<]?(?:[245]\d\d(?:[ -]|$)|[245]\.\d{1,3}\.\d{1,3}\b)/;

/** The words for people where an event has only a status and a class: «5.1.1 Permanent bounce (General)». */
export function joinWords(...parts: (string | number | undefined | null | false)[]): string {
  return parts.filter((p) => p !== undefined && p !== null && p !== false && p !== "").join(" ");
}
