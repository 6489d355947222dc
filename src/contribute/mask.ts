/**
 * Finds what is private in a reply (addresses, IPs, names, ids) and puts examples in its place. Pure and
 * without imports: the site masks with it in the browser, the tools on the command line.
 */

export const PRIVATE_KINDS = ["email", "ip", "domain", "id", "name", "phone"] as const;
export type PrivateKind = (typeof PRIVATE_KINDS)[number];

/** A private part of a text. */
export interface PrivatePart {
  kind: PrivateKind;
  /** Offsets of UTF-16 units. */
  start: number;
  end: number;
  value: string;
  /** What stands for it. */
  mask: string;
}

export interface MaskOptions {
  /**
   * Tells hosts and domains that may stay, because a provider is known by them (mx.google.com). A host
   * that is not the provider's and not of a masked address stays in any case unless `maskHosts` is set.
   */
  isPublicHost?: ((host: string) => boolean) | undefined;
  /** Masks every host name that isPublicHost does not know. */
  maskHosts?: boolean | undefined;
}

/** Longer texts are masked up to here and cut: nobody contributes more. */
export const MAX_MASKED_LENGTH = 20_000;

const EMAIL =
  /[\p{L}\p{N}!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}])?\.){1,8}(?:[\p{L}]{2,24}|xn--[a-z0-9-]{2,59})/gu;
const IPV4 = /(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d{1,2})\.){3}(?:25[0-5]|2[0-4]\d|1?\d{1,2})(?!\d|\.\d)/g;
/** An address with hyphens, as in names of hosts: 85-12-1-9.dynamic.example.net */
const IPV4_IN_NAME = /(?<![\d-])(?:\d{1,3}-){3}\d{1,3}(?![\d-])/g;
const IPV6 =
  /(?<![\w:.])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![\w:]|\.\d)|(?<![\w:.])(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}(?![\w:]|\.\d)|(?<![\w:.])(?:[0-9a-f]{1,4}:){2,6}:(?![\w:]|\.\d)/gi;
const HOST =
  /(?<![\p{L}\p{N}@._%-])(?:[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}])?\.){1,8}(?:[\p{L}]{2,24})(?![\p{L}\p{N}@_-]|\.[\p{L}\p{N}])/gu;
const MESSAGE_ID = /<[^<>@\s]{6,120}@[^<>\s]{1,120}>/g;
/** Ids of messages, queues and sessions: one word of letters and digits mixed, or a long number. */
const WORD =
  /(?<![\p{L}\p{N}._%@/=#?&-])[\p{L}\p{N}](?:[\p{L}\p{N}_.+-]{6,}[\p{L}\p{N}])(?![\p{L}\p{N}_@/=-]|\.[\p{L}\p{N}])/gu;
const PHONE = /(?<![\w.+-])\+\d{1,3}[ (.-]{0,2}\d{1,4}(?:[ ).-]{1,2}\d{2,4}){2,4}(?![\w-])/g;
/** A display name before an address, or after a salutation. */
const NAME_BEFORE_ADDRESS =
  /"?(\p{Lu}[\p{Ll}'-]{1,20}(?: \p{Lu}\.?){0,2} \p{Lu}[\p{L}'-]{1,25})"?(?=\s*<[^<>\s]{1,64}@)/gu;
const NAME_AFTER_TITLE =
  /\b(?:Mr|Mrs|Ms|Dr|Herr|Frau|Dear|Hi|Hello)\.? (\p{Lu}[\p{Ll}'-]{1,20}(?: \p{Lu}[\p{Ll}'-]{1,25})?)(?=[\s,.!:]|$)/gu;
const NO_NAME =
  /^(?:Sir|Madam|Customer|User|Sender|Recipient|Postmaster|Administrator|Server|Mail|World|All|There|Support|Team|Client|Member|Somebody|Some)\b/;

/** RFC 5737, RFC 3849, RFC 6890: documentation, loopback, private and link-local addresses say nothing of anybody. */
export function isExampleIp(ip: string): boolean {
  if (ip.includes(":")) return /^(?:2001:0?db8:|3fff:|::1$|::$|fe80:|f[cd][0-9a-f]{2}:)/i.test(ip);
  const [a = 0, b = 0, c = 0] = ip.split(/[.-]/).map(Number);
  return (
    a === 0 ||
    a === 10 ||
    a === 127 ||
    a >= 224 ||
    (a === 192 && b === 0 && c === 2) ||
    (a === 198 && b === 51 && c === 100) ||
    (a === 203 && b === 0 && c === 113) ||
    (a === 192 && b === 168) ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 169 && b === 254)
  );
}

/** RFC 2606 and RFC 6761: names that belong to nobody. */
export function isExampleHost(host: string): boolean {
  return /(?:^|\.)example\.|(?:^|\.)(?:example|test|invalid|localhost|localdomain|local|lan)$/i.test(host);
}

/** Mailboxes that stand for a role, not a person. */
const ROLE =
  /postmaster|abuse|daemon|hostmaster|no-?reply|support|delist|remov|unblock|help|contact|security|noc|spam|admin|billing|service|block|mail-?team|info|feedback|report/i;
/** Names of nobody in particular, and names that were masked by hand: xx, ***, x...x. A single x may be somebody. */
const NOBODY =
  /^(?:(?:user|users?name|example|someone|somebody|recipient|sender|test|foo|bar|me|you|name|local-?part|address|e?mail|xxx+)\d*|x{2}|[x*.]*[*.][x*.]*)$/i;
/** Domains that people write where they mean any. */
const ANY_DOMAIN =
  /(?:^|\.)(?:(?:your|my|some|other|sender|recipient|cool)?-?(?:domain|example|company|site|server)s?\.(?:com|net|org|tld|edu)|domain|tld|where|here|bar\.com|foo\.com)$/i;

/** Whether a mail address names nobody: an example, or a role at a host that is public. */
export function isExampleEmail(address: string, isPublicHost?: (host: string) => boolean): boolean {
  const at = address.lastIndexOf("@");
  const host = address.slice(at + 1);
  const local = address.slice(0, at);
  if (isExampleHost(host) || NOBODY.test(local) || ANY_DOMAIN.test(host)) return true;
  return ROLE.test(local) && (isPublicHost?.(host) ?? false);
}

/** Whether a word is the id of one message or session: no code that a provider gives to all. */
export function isPersonalId(word: string): boolean {
  if (/^\d{4}-\d{2}-\d{2}/.test(word) || /^[\d.,:-]+$/.test(word)) return /^\d{9,}$/.test(word);
  const letters = word.replace(/[^a-z]/gi, "").length;
  const digits = word.replace(/\D/g, "").length;
  if (letters === 0 || digits === 0) return false;
  const compact = word.replace(/[._+-]/g, "");
  const switches = compact.match(/\d(?=[a-z])|[a-z](?=\d)/gi)?.length ?? 0;
  if (/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(word)) return true;
  return compact.length >= 10 && digits >= 3 && switches >= 3;
}

/**
 * Finds the private parts of a text. Linear in its length.
 * @returns the parts in order, without overlap
 */
export function findPrivate(text: string, options: MaskOptions = {}): PrivatePart[] {
  const isPublic = options.isPublicHost ?? (() => false);
  const taken: PrivatePart[] = [];
  const masks = new Masks();
  const add = (kind: PrivateKind, start: number, value: string, mask: string) => {
    const end = start + value.length;
    if (!taken.some((p) => p.start < end && p.end > start)) taken.push({ kind, start, end, value, mask });
  };
  const each = (pattern: RegExp, use: (value: string, at: number, match: RegExpMatchArray) => void) => {
    for (const match of text.matchAll(pattern)) use(match[0], match.index, match);
  };

  each(MESSAGE_ID, (value, at) => {
    const local = value.slice(1, value.indexOf("@"));
    if (isPersonalId(local.replace(/[^\w.-]/g, "")) || /\d{6}/.test(local))
      if (!/@example\./.test(value)) add("id", at, value, "<id@example.com>");
  });
  const domains = new Set<string>();
  each(EMAIL, (value, at) => {
    // A template's own signs may lead: <a@b>, 'a@b', =a@b.
    const address = value.replace(/^['`{|=/]+/, "");
    if (address.startsWith("@") || /[{}]/.test(address)) return;
    if (isExampleEmail(address, isPublic)) return;
    const domain = address.slice(address.lastIndexOf("@") + 1).toLowerCase();
    if (!isExampleHost(domain) && !isPublic(domain)) domains.add(domain);
    add("email", at + value.length - address.length, address, masks.email(address));
  });
  each(IPV4, (value, at) => {
    if (!isExampleIp(value) && !looksLikeVersion(text, at)) add("ip", at, value, masks.ip(value));
  });
  each(IPV6, (value, at) => {
    if (!isExampleIp(value) && /\d/.test(value)) add("ip", at, value, masks.ip(value));
  });
  each(IPV4_IN_NAME, (value, at) => {
    const valid = value.split("-").every((n) => Number(n) < 256);
    if (valid && !isExampleIp(value)) add("ip", at, value, masks.ip(value.replaceAll("-", ".")).replaceAll(".", "-"));
  });
  each(HOST, (value, at) => {
    const host = value.toLowerCase();
    if (isExampleHost(host) || isPublic(host) || !/[a-z]/i.test(host)) return;
    const owner = [...domains].find((d) => host === d || host.endsWith(`.${d}`));
    if (owner !== undefined) add("domain", at, value, masks.host(host, owner));
    else if (options.maskHosts && looksLikeHost(value)) add("domain", at, value, masks.host(host, baseOf(host)));
  });
  each(NAME_BEFORE_ADDRESS, (value, at, match) => {
    const name = match[1] as string;
    if (name !== "Some Body") add("name", at + value.indexOf(name), name, "Some Body");
  });
  each(NAME_AFTER_TITLE, (value, at, match) => {
    const name = match[1] as string;
    if (!NO_NAME.test(name)) add("name", at + value.length - name.length, name, "Somebody");
  });
  each(PHONE, (value, at) => add("phone", at, value, "+1 555 0100"));
  each(WORD, (value, at) => {
    if (isPersonalId(value) && !(/\./.test(value) && looksLikeHost(value))) add("id", at, value, "ID");
  });
  return taken.sort((a, b) => a.start - b.start);
}

export interface Masked {
  text: string;
  parts: PrivatePart[];
  /** true where the text was longer than MAX_MASKED_LENGTH. */
  cut: boolean;
}

/** @returns the text with examples in the place of what is private; masking it again changes nothing */
export function maskPrivate(given: string, options: MaskOptions = {}): Masked {
  const cut = given.length > MAX_MASKED_LENGTH;
  const text = cut ? given.slice(0, MAX_MASKED_LENGTH) : given;
  const parts: PrivatePart[] = [];
  let out = text;
  // What was masked may uncover more: a second look finds it, and there is seldom a third.
  for (let round = 0; round < 4; round++) {
    const found = findPrivate(out, options);
    if (found.length === 0) break;
    parts.push(...found);
    out = replaceParts(out, found);
  }
  return { text: out, parts, cut };
}

function replaceParts(text: string, parts: readonly PrivatePart[]): string {
  let out = "";
  let from = 0;
  for (const part of parts) {
    out += text.slice(from, part.start) + part.mask;
    from = part.end;
  }
  return out + text.slice(from);
}

/** One mask for each value, so that a reader can still tell two addresses apart. */
class Masks {
  private readonly emails = new Map<string, string>();
  private readonly ips = new Map<string, string>();
  private readonly domains = new Map<string, string>();

  email(address: string): string {
    return remember(this.emails, address.toLowerCase(), (n) =>
      n === 0 ? "user@example.com" : `user${n + 1}@example.com`,
    );
  }
  ip(value: string): string {
    return remember(this.ips, value.toLowerCase(), (n) =>
      value.includes(":") ? `2001:db8::${(n + 7).toString(16)}` : `203.0.113.${(n % 240) + 7}`,
    );
  }
  host(host: string, owner: string): string {
    const domain = remember(
      this.domains,
      owner,
      (n) => ["example.com", "example.net", "example.org"][n] ?? `d${n}.example.com`,
    );
    return host === owner ? domain : `mail.${domain}`;
  }
}

function remember(known: Map<string, string>, key: string, make: (n: number) => string): string {
  const mask = known.get(key) ?? make(known.size);
  known.set(key, mask);
  return mask;
}

/** "version 4.2.1.3", "RFC 2821 4.1.1.1" and the numbers of a provider's rules, "(3.2.1.1)", are no addresses. */
const looksLikeVersion = (text: string, at: number) =>
  /^\d\.\d\.\d\.\d(?!\d)/.test(text.slice(at, at + 8)) ||
  /\b(?:version|release|build|rfc[ -]?\d+|section|v)[ :=]*$/i.test(text.slice(Math.max(0, at - 14), at));

/** Words with a dot between ("sent.Please", "main.cf", "bounces.js") are no hosts. */
const looksLikeHost = (word: string) =>
  /\.(?:com|net|org|edu|gov|mil|int|info|biz)$/i.test(word) ||
  (/^[^A-Z]*$|^[A-Z0-9.-]*$/.test(word) &&
    /\.(?:[a-z]{2})$/i.test(word) &&
    !/\.(?:cf|js|so|sh|py|pl|rb|md|db|gs)$/i.test(word));

const baseOf = (host: string) => host.split(".").slice(-2).join(".");
