/**
 * The typed placeholders: which characters each takes, and how many. Bounds keep every match linear;
 * the classes take the masks that people put in (x.x.x.x, ***, redacted), too.
 */

export const SLOT_KINDS = ["ip", "email", "domain", "host", "url", "number", "id", "date", "..."] as const;
export type SlotKind = (typeof SLOT_KINDS)[number];

export interface SlotClass {
  /** The characters, as the inside of a regex class over folded text. */
  chars: string;
  min: number;
  max: number;
  /** What it stands for, for the documentation and for messages. */
  what: string;
  /** A sample that the class takes; contributors' tools and tests use it. */
  sample: string;
}

export const SLOTS: Record<SlotKind, SlotClass> = {
  ip: { chars: "0-9a-z.:*_/%#?-", min: 1, max: 45, what: "an IPv4 or IPv6 address", sample: "203.0.113.7" },
  email: { chars: "^\\s<>()\\[\\],;'", min: 1, max: 254, what: "a mail address", sample: "user@example.com" },
  domain: { chars: "^\\s<>()\\[\\],;'/@", min: 1, max: 253, what: "a domain name", sample: "example.com" },
  host: { chars: "^\\s<>()\\[\\],;'/@", min: 1, max: 253, what: "a host name", sample: "mx1.example.com" },
  url: { chars: "^\\s<>'", min: 1, max: 300, what: "a web address", sample: "https://example.com/help" },
  number: { chars: "0-9.,x*#_", min: 1, max: 24, what: "a number", sample: "42" },
  id: { chars: "^\\s<>()\\[\\],;'", min: 1, max: 120, what: "an id: one word", sample: "abc123.45" },
  date: { chars: "0-9a-z :,.+/-", min: 4, max: 40, what: "a date or time", sample: "2026-11-23 10:00:00" },
  "...": { chars: "", min: 0, max: 120, what: "anything", sample: "so and so" },
};

/** Of each kind, by its place in SLOT_KINDS: which ASCII characters it takes (0 or 1), 128 a kind. */
export const TAKES = new Uint8Array(SLOT_KINDS.length * 128);
/** Whether it takes all others: folded text has no other white space. */
export const TAKES_OTHERS = new Uint8Array(SLOT_KINDS.length);
export const SLOT_MIN = Uint16Array.from(SLOT_KINDS, (kind) => SLOTS[kind].min);
export const SLOT_MAX = Uint16Array.from(SLOT_KINDS, (kind) => SLOTS[kind].max);
SLOT_KINDS.forEach((kind, number) => {
  const { chars } = SLOTS[kind];
  const test = new RegExp(`[${chars || "^"}]`);
  for (let c = 0; c < 128; c++) TAKES[number * 128 + c] = test.test(String.fromCharCode(c)) ? 1 : 0;
  TAKES_OTHERS[number] = chars.startsWith("^") || chars === "" ? 1 : 0;
});

/** Whether the slot of this number in SLOT_KINDS takes this UTF-16 unit of folded text. */
export function takes(number: number, unit: number): boolean {
  return (unit < 128 ? TAKES[number * 128 + unit] : TAKES_OTHERS[number]) === 1;
}

/** The same by the slot's name. */
export function slotTakes(kind: SlotKind, unit: number): boolean {
  return takes(SLOT_KINDS.indexOf(kind), unit);
}
