/** The parts of a text that carry a value: addresses, IPs, links, host names. Bounded patterns only. */
import type { SpanRole } from "../model/vocabulary.ts";

export interface TextPart {
  start: number;
  end: number;
  role: SpanRole;
  value: string;
}

const URL_PATTERN = /\bhttps?:\/\/[^\s<>"'`]{1,300}/gi;
const EMAIL_PATTERN = /[\p{L}\p{N}._%+=~&#/-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}[\p{L}\p{N}-]{2,63}/gu;
const IPV4_PATTERN = /\b(?:\d{1,3}\.){3}\d{1,3}\b/g;
const IPV6_PATTERN = /(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}/gi;
const HOST_PATTERN = /\b(?:[a-z0-9_](?:[a-z0-9_-]{0,62})\.){1,8}[a-z]{2,24}\b/gi;

const validIpv4 = (s: string) => s.split(".").every((n) => Number(n) <= 255);
const validIpv6 = (s: string) =>
  s.length >= 3 &&
  s.length <= 39 &&
  /::|^(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}$/i.test(s) &&
  /[0-9a-f]/i.test(s) &&
  (s.match(/::/g)?.length ?? 0) <= 1;

/** Closing signs that a sentence, not the address, put there. */
function trimUrl(url: string): string {
  let end = url.length;
  while (end > 0 && ".,;:!?)]}*_".includes(url[end - 1] as string)) {
    if (url[end - 1] === ")" && url.slice(0, end).includes("(")) break;
    end--;
  }
  return url.slice(0, end);
}

/**
 * Finds addresses, IPs, links and host names, the first of each place winning.
 * @returns the parts in order, without overlap
 */
export function findParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  const taken = new Uint8Array(text.length);
  const take = (start: number, end: number, role: SpanRole, value: string) => {
    for (let i = start; i < end; i++) if (taken[i]) return;
    taken.fill(1, start, end);
    parts.push({ start, end, role, value });
  };
  const scan = (pattern: RegExp, each: (value: string, start: number) => void) => {
    pattern.lastIndex = 0;
    for (let m = pattern.exec(text); m !== null; m = pattern.exec(text)) each(m[0], m.index);
  };
  if (text.includes("://")) {
    scan(URL_PATTERN, (v, at) => {
      const url = trimUrl(v);
      if (url.length > 10) take(at, at + url.length, "url", url);
    });
  }
  if (text.includes("@")) scan(EMAIL_PATTERN, (v, at) => take(at, at + v.length, "email", v));
  if (text.includes(".")) scan(IPV4_PATTERN, (v, at) => validIpv4(v) && take(at, at + v.length, "ip", v));
  if (text.includes(":")) scan(IPV6_PATTERN, (v, at) => validIpv6(v) && take(at, at + v.length, "ip", v));
  if (text.includes(".")) scan(HOST_PATTERN, (v, at) => take(at, at + v.length, "host", v.toLowerCase()));
  return parts.sort((a, b) => a.start - b.start);
}
