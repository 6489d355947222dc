/**
 * Where a rule does not apply. Each line says why, and is removed when the rule no longer complains:
 * an exception that nobody needs is itself an error.
 */
export interface Exception {
  rule: string;
  /** Path below content/; * stands for any name. */
  file: string;
  /** A part of the text that the rule complains of. */
  about?: string;
  reason: string;
}

export const EXCEPTIONS: readonly Exception[] = [
  {
    rule: "private-data",
    file: "providers/apple/*.mdx",
    about: "17.",
    reason: "17.0.0.0/8 is Apple's own network: the address names the server that answered, nobody else.",
  },
  {
    rule: "private-data",
    file: "providers/yahoo/*.mdx",
    about: "4.16.5",
    reason: "Yahoo's number of the rule (4.16.55.1), which has the form of an address but is none.",
  },
  {
    rule: "private-data",
    file: "providers/t-online/*.mdx",
    about: "@rx.t-online.de",
    reason: "Addresses that Telekom publishes in the replies themselves: senders shall write there.",
  },
  {
    rule: "private-data",
    file: "guides/*.mdx",
    about: "4.16.5",
    reason: "Yahoo's number of the rule, quoted in a reply.",
  },
  {
    rule: "private-data",
    file: "providers/apple/private-relay-*.mdx",
    about: "privaterelay.appleid.com",
    reason: "Addresses that a public issue of a mail library uses for its tests; they name nobody.",
  },
  {
    rule: "template-too-general",
    file: "providers/common/domain-takes-no-mail.mdx",
    about: "mx 0 .",
    reason: "A null MX record (RFC 7505) as servers quote it; its signs are what tells it.",
  },
  {
    rule: "template-too-greedy",
    file: "providers/*/mailbox-unavailable.mdx",
    about: "gmx/policy-restrictions",
    reason:
      "The words of RFC 5321, also the first line of other replies of GMX and IONOS; those win by their second line.",
  },
  {
    rule: "codes-of-examples",
    file: "providers/t-online/ip-blocked.mdx",
    about: "450",
    reason: "The code of the relay that quotes the reply; T-Online's own stands behind it.",
  },
];
