/**
 * The closed word lists of the manual. Plain constants without zod, so that the classifier and the
 * browser can share them; the schemas of this folder are built from the same lists.
 */

/** Why a reply was given. The list is closed: each id has its page in content/causes. */
export const CAUSES = [
  // recipient
  "recipient-unknown",
  "recipient-inactive",
  "mailbox-full",
  "recipient-rate-limited",
  "recipient-restricted",
  "address-syntax",
  "domain-unknown",
  "relay-denied",
  // sender identity
  "unauthenticated",
  "spf-failure",
  "dkim-failure",
  "dmarc-failure",
  "sender-invalid",
  "sender-rejected",
  "reverse-dns",
  "helo-invalid",
  "tls-required",
  "smtp-auth",
  // reputation
  "ip-blocklisted",
  "domain-blocklisted",
  "ip-reputation",
  "domain-reputation",
  "dynamic-ip",
  // content
  "spam-content",
  "malicious-content",
  "attachment-blocked",
  "message-too-large",
  "message-malformed",
  "bulk-requirements",
  // rate
  "rate-limited",
  "too-many-connections",
  "too-many-recipients",
  "greylisted",
  "sending-quota",
  // policy
  "policy",
  "geo-blocked",
  // infrastructure
  "server-unavailable",
  "server-storage",
  "connection-failed",
  "dns-failure",
  "routing",
  "message-expired",
  "protocol-error",
  "recipient-server-misconfigured",
  // other
  "suppressed",
  "not-a-bounce",
  "unknown",
] as const;
export type CauseId = (typeof CAUSES)[number];

/** The groups that causes are listed under. */
export const CAUSE_GROUPS = [
  "recipient",
  "sender-identity",
  "reputation",
  "content",
  "rate",
  "policy",
  "infrastructure",
  "other",
] as const;
export type CauseGroup = (typeof CAUSE_GROUPS)[number];

/** hard: do not send this again unchanged. soft: may succeed later. none: no bounce. */
export const KINDS = ["hard", "soft", "none"] as const;
export type Kind = (typeof KINDS)[number];

/** What software should do next. */
export const ACTIONS = ["retry", "slow-down", "suppress", "suppress-if-repeated", "fix", "delist", "none"] as const;
export type Action = (typeof ACTIONS)[number];

/** How much harm it does to go on as before; SEVERITY_MEANING defines each level. */
export const SEVERITIES = ["none", "low", "medium", "high", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Who can carry out a step, or mend a cause. */
export const PARTIES = ["sender", "sender-admin", "recipient", "recipient-admin", "nobody"] as const;
export type Party = (typeof PARTIES)[number];

/** What kind of party a provider is. */
export const PROVIDER_TYPES = ["mailbox", "filter", "blocklist", "server", "esp", "common"] as const;
export type ProviderType = (typeof PROVIDER_TYPES)[number];

/** How much a template says: a lead-in or hint, an ordinary wording, or words that settle the matter. */
export const STRENGTHS = ["weak", "plain", "strong"] as const;
export type Strength = (typeof STRENGTHS)[number];

/** How an explanation is known, from the surest to nothing. */
export const BASES = ["entry", "phrase", "status", "reply", "none"] as const;
export type Basis = (typeof BASES)[number];

/** Where a fact was read: the provider's own document, or a public place that shows the words. */
export const SOURCE_KINDS = ["official", "observed"] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** What a marked part of a pasted text is. */
export const SPAN_ROLES = [
  "reply",
  "status",
  "words",
  "fingerprint",
  "token",
  "email",
  "ip",
  "domain",
  "host",
  "url",
  "wrapper",
] as const;
export type SpanRole = (typeof SPAN_ROLES)[number];

/** What each word of the closed lists means, in one sentence; pages, schemas and the CLI print these. */
export const KIND_MEANING: Record<Kind, string> = {
  hard: "Do not send this message again unchanged: the server has given its final answer.",
  soft: "The server could not or would not take the message now; the same message may succeed later.",
  none: "Not a bounce: nothing was refused.",
};

export const ACTION_MEANING: Record<Action, string> = {
  retry: "Keep the message in the queue and try again on the usual schedule, with growing pauses.",
  "slow-down": "Keep the message, but send less and slower to this receiver until the deferrals stop.",
  suppress: "Send nothing to this address again, from any list, unless its owner gives it to you anew.",
  "suppress-if-repeated":
    "Keep the address for now; stop sending to it when several messages in a row come back this way.",
  fix: "Mend the message or the sending set-up first; sending again before that only repeats the refusal.",
  delist: "Stop the cause, then ask the named list or provider for removal, then send again.",
  none: "Nothing needs to be done.",
};

export const SEVERITY_MEANING: Record<Severity, string> = {
  none: "No harm: nothing was refused.",
  low: "One message or one moment is affected; the usual queue handling copes with it.",
  medium: "One address, one message or one set-up detail needs attention; other mail is not touched.",
  high: "More mail to this receiver is likely to fail the same way until somebody acts.",
  critical: "Sender reputation or identity is at stake: going on as before harms delivery of all mail, also elsewhere.",
};

export const PARTY_MEANING: Record<Party, string> = {
  sender: "the person who sends the message",
  "sender-admin": "whoever runs the sending domain, server or service",
  recipient: "the person who should get the message",
  "recipient-admin": "whoever runs the receiving server or domain",
  nobody: "nobody in particular: it clears by itself or cannot be mended",
};

export const STRENGTH_MEANING: Record<Strength, string> = {
  weak: "a lead-in or hint that stands before many different reasons",
  plain: "the provider's ordinary words for this reason",
  strong: "words that settle the matter, whatever else stands in the reply",
};

export const BASIS_MEANING: Record<Basis, string> = {
  entry: "The exact words of a provider are known.",
  phrase: "The words are known, but many servers use them.",
  status: "The words are not known; only the enhanced status code says something.",
  reply: "The words are not known; only the three-digit reply code says something.",
  none: "Neither the words nor any code are known.",
};
