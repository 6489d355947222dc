/** Masks what is private in a pasted text: addresses, IPs and ids. Used for shared links and contributions. */

/** A text inside a link is cut here, so that every mail program and chat passes the link on whole. */
export const MAX_SHARED_LENGTH = 1500;

const MASKS: [pattern: RegExp, mask: string][] = [
  // Message ids before addresses: they look alike.
  [/<[^<>@\s]{1,120}@[^<>\s]{1,120}>(?=\s*(?:\[|$))/gm, "<id@example.com>"],
  [/[\p{L}\p{N}._%+=~&#/-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}[\p{L}\p{N}-]{2,63}/gu, "user@example.com"],
  [/\b(?:\d{1,3}\.){3}\d{1,3}\b(?!\.\d)/g, "203.0.113.7"],
  [/\b(?:\d{1,3}-){3}\d{1,3}\b/g, "203-0-113-7"],
  [/(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}[0-9a-f:]{0,39}|(?<![\w:])[0-9a-f]{1,4}:(?:[0-9a-f]{1,4}:)?:[0-9a-f:]{1,30}/gi, "2001:db8::7"],
  // Queue and session ids: long runs of letters and digits that hold both, not inside an address.
  [/(?<![\w./@-])(?=[a-z-]*\d)(?=[\d-]*[a-z])[a-z0-9]{8,}(?:[-.][a-z0-9]{2,})*(?![\w./@-]*[@/])/gi, "ID"],
];

/** Documentation addresses and the codes of providers are no secret. */
const HARMLESS = /^(?:203\.0\.113\.\d+|192\.0\.2\.\d+|198\.51\.100\.\d+|127\.0\.0\.\d+|.*@example\.(?:com|org|net))$/i;

/** @returns the text with addresses, IPs and ids replaced by examples */
export function redact(text: string): string {
  let out = text;
  for (const [pattern, mask] of MASKS)
    out = out.replace(pattern, (found) => (HARMLESS.test(found.replace(/[<>]/g, "")) ? found : mask));
  // The domain of a masked address may stand by itself, too.
  for (const domain of domainsOf(text)) out = out.replaceAll(domain, "example.com");
  return out;
}

/** The domains of mail addresses in a text, the big public ones apart: those tell nothing about a person. */
function domainsOf(text: string): Set<string> {
  const found = new Set<string>();
  for (const m of text.matchAll(/[^\s<>@]{1,64}@((?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24})\b/gi)) {
    const domain = (m[1] as string).toLowerCase();
    if (!/^(?:gmail|googlemail|yahoo|outlook|hotmail|live|icloud|aol|comcast|gmx|example)\.[a-z.]+$/.test(domain))
      found.add(m[1] as string);
  }
  return found;
}
