/** The words of the closed lists as people read them; pages and the paste box share them. */
import type { Action, Basis, CauseGroup, Kind, Party, ProviderType, Severity, SpanRole } from "../model/vocabulary.ts";

export const KIND_WORD: Record<Kind, string> = { hard: "Hard", soft: "Soft", none: "No bounce" };

export const ACTION_WORD: Record<Action, string> = {
  retry: "Retry",
  "slow-down": "Slow down",
  suppress: "Suppress the address",
  "suppress-if-repeated": "Suppress if repeated",
  fix: "Fix, then resend",
  delist: "Get delisted",
  none: "Nothing",
};

export const SEVERITY_WORD: Record<Severity, string> = {
  none: "None",
  low: "Low",
  medium: "Medium",
  high: "High",
  critical: "Critical",
};

/** Whose side has to move first. */
export const PARTY_SIDE: Record<Party, string> = {
  sender: "The sender",
  "sender-admin": "The sending side’s admin",
  recipient: "The recipient",
  "recipient-admin": "The receiving side’s admin",
  nobody: "Nobody: it clears by itself",
};

/** Several sides as one phrase: The recipient, then the receiving side’s admin. */
export const sidesInOrder = (parties: readonly Party[]): string =>
  parties
    .map((p, i) => (i === 0 ? PARTY_SIDE[p] : `${PARTY_SIDE[p].charAt(0).toLowerCase()}${PARTY_SIDE[p].slice(1)}`))
    .join(", then ");

/** The door through which a reader comes to the steps. */
export const PARTY_DOOR: Record<Party, string> = {
  sender: "I send the mail",
  "sender-admin": "I run the sending server",
  recipient: "I am the recipient",
  "recipient-admin": "I run the receiving server",
  nobody: "For everyone",
};

/** The order of the doors. */
export const DOORS: readonly Party[] = ["sender", "sender-admin", "recipient", "recipient-admin", "nobody"];

export const BASIS_WORD: Record<Basis, string> = {
  entry: "Exact words known",
  phrase: "Common words known",
  status: "Only the enhanced code known",
  reply: "Only the reply code known",
  none: "Nothing known",
};

export const GROUP_WORD: Record<CauseGroup, string> = {
  recipient: "Recipient",
  "sender-identity": "Sender identity",
  reputation: "Reputation",
  content: "Content",
  rate: "Rate",
  policy: "Policy",
  infrastructure: "Infrastructure",
  other: "Other",
};

export const TYPE_WORD: Record<ProviderType, string> = {
  mailbox: "Mailbox provider",
  filter: "Mail filter",
  blocklist: "Blocklist",
  server: "Server software",
  esp: "Sending service",
  common: "Common words",
};

export const TYPE_WORDS: Record<ProviderType, string> = {
  mailbox: "Mailbox providers",
  filter: "Mail filters",
  blocklist: "Blocklists",
  server: "Server software",
  esp: "Sending services",
  common: "Common words",
};

/** What a marked part of a pasted text is: its name, and what it tells where nothing special is known. */
export const ROLE_WORD: Record<SpanRole, [name: string, explanation: string]> = {
  reply: ["Reply code", "The three digits of RFC 5321: 4 means try again later, 5 means refused for good."],
  status: ["Enhanced status code", "RFC 3463: class, subject and detail of the reason."],
  words: ["Words that matched", "These words decided which entry of the manual this is."],
  fingerprint: ["Provider’s mark", "A sign that tells whose server spoke."],
  token: ["Provider’s token", "A code of the provider’s own."],
  email: ["Mail address", "An address in the text. It says nothing about the reason."],
  ip: ["IP address", "The address of a server, mostly the one that sent."],
  domain: ["Domain", "A domain that the reply names."],
  host: ["Host name", "The name of a server. It is not read as a reason."],
  url: ["Link", "The page that the reply points to."],
  wrapper: [
    "Added by a server on the way",
    "The sending server put these words around the reply; they are no evidence.",
  ],
};
