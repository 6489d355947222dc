/** Real replies that must come out right, plain and in every dress that they are seen in. */
import { describe, expect, it } from "vitest";
import { rules } from "../rules.ts";

interface Case {
  text: string;
  provider: string | undefined;
  cause: string;
  kind: string;
  action: string;
}

const CASES: Case[] = [
  {
    text: "smtp;550 5.1.1 The email account that you tried to reach does not exist. Please try double-checking the recipient's email address for typos or unnecessary spaces. Learn more at https://support.google.com/mail/?p=NoSuchUser - gsmtp",
    provider: "gmail",
    cause: "recipient-unknown",
    kind: "hard",
    action: "suppress",
  },
  {
    text: "smtp;452 4.2.2 The email account that you tried to reach is over quota. Please direct the recipient to https://support.google.com/mail/?p=OverQuotaTemp - gsmtp",
    provider: "gmail",
    cause: "mailbox-full",
    kind: "soft",
    action: "suppress-if-repeated",
  },
  {
    text: "smtp;451 4.7.1 Service unavailable - try again later",
    provider: undefined,
    cause: "server-unavailable",
    kind: "soft",
    action: "retry",
  },
  {
    text: "smtp;421 4.7.0 Our system has detected that this message is suspicious due to the nature of the content and/or the links within. To best protect our users from spam, the message has been blocked. Please visit https://support.google.com/mail/answer/188131 for more information. - gsmtp",
    provider: "gmail",
    cause: "spam-content",
    kind: "soft",
    action: "fix",
  },
  {
    text: "smtp;421 4.7.0 [TSS04] Messages from 203.0.113.7 temporarily deferred due to user complaints - 4.16.55.1; see https://postmaster.yahooinc.com/error-codes",
    provider: "yahoo",
    cause: "ip-reputation",
    kind: "soft",
    action: "slow-down",
  },
  {
    text: "smtp;550 5.1.1 <someone@icloud.com>: user does not exist",
    provider: "apple",
    cause: "recipient-unknown",
    kind: "hard",
    action: "suppress",
  },
  {
    text: "smtp;550 5.2.0 Message rejected due to DMARC. Please see http://postmaster.comcast.net/smtp-error-codes.php#DM000001",
    provider: "comcast",
    cause: "dmarc-failure",
    kind: "hard",
    action: "fix",
  },
  {
    text: "smtp;550 5.7.1 Our system has detected that this message is likely suspicious due to the very low reputation of the sending domain. To best protect our users from spam, the message has been blocked. - gsmtp",
    provider: "gmail",
    cause: "domain-reputation",
    kind: "hard",
    action: "fix",
  },
  {
    text: "smtp;550 5.7.1 Service unavailable, MailFrom domain is listed in Spamhaus. To request removal from this list see https://www.spamhaus.org/query/lookup (S8002) [DB5EUR03FT012.eop-EUR03.prod.protection.outlook.com]",
    provider: "outlook",
    cause: "domain-blocklisted",
    kind: "hard",
    action: "delist",
  },
];

const bare = (text: string) => text.replace(/^smtp;/, "");
const parts = (text: string) => {
  const m = /^smtp;(\d{3}) (\d\.\d\.\d+) (.*)$/.exec(text);
  if (!m) throw new Error(`not a reply with codes: ${text}`);
  return { code: m[1] as string, status: m[2] as string, words: m[3] as string };
};
const lines = (words: string, width: number) => words.match(new RegExp(`.{1,${width}}( |$)`, "g")) ?? [words];
const multiline = (text: string, status: boolean) => {
  const { code, status: value, words } = parts(text);
  const all = lines(words, 60);
  return all.map(
    (l, i) => `${code}${i < all.length - 1 ? "-" : " "}${status || i === 0 ? `${value} ` : ""}${l.trim()}`,
  );
};

/** The dresses: each takes a case's text and gives it as people have it. */
const DRESSES: Record<string, (text: string) => string> = {
  "as it is": (t) => t,
  bare: bare,
  "a Postfix log line": (t) =>
    `Nov 23 10:00:00 mail postfix/smtp[123]: 4F1: to=<u@x.example>, relay=mx.example[192.0.2.1]:25, delay=1, dsn=4.0.0, status=deferred (host mx.example[192.0.2.1] said: ${bare(t)} (in reply to RCPT TO command))`,
  "an Exim log line": (t) =>
    `2026-11-23 10:00:00 1tABC-000-00 ** u@x.example R=dnslookup T=remote_smtp H=mx.example [192.0.2.1]: SMTP error from remote mail server after RCPT TO:<u@x.example>: ${bare(t)}`,
  "a qmail bounce": (t) =>
    `<u@x.example>:\n192.0.2.1 does not like recipient.\nRemote host said: ${bare(t)}\nGiving up on 192.0.2.1.`,
  "a sendmail transcript": (t) =>
    `   ----- Transcript of session follows -----\n... while talking to mx.example.:\n>>> DATA\n<<< ${bare(t)}\n`,
  "an Exchange report": (t) => `u@x.example\nRemote Server returned '${bare(t)}'`,
  "a diagnostic field": (t) =>
    `Final-Recipient: rfc822; u@x.example\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: ${t}`,
  "several lines with status": (t) => multiline(t, true).join("\r\n"),
  "several lines, status once": (t) => multiline(t, false).join("\n"),
  "several lines made one": (t) => multiline(t, true).join(" "),
  "wrapped at 72 columns": (t) => lines(t, 72).join("\n   "),
  "folded inside words": (t) => t.replace(/(.{50})/g, "$1\r\n "),
  "quoted in a mail": (t) =>
    lines(t, 60)
      .map((l) => `> ${l}`)
      .join("\n"),
  "HTML entities": (t) =>
    t.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("'", "&#39;"),
  "a JSON value": (t) => JSON.stringify({ error: multiline(t, true).join("\r\n") }),
  "a Python value": (t) => `(${parts(t).code}, b'${parts(t).status} ${parts(t).words.replaceAll("'", "\\'")}')`,
  "a mail library's message": (t) =>
    `Expected response code 250 but got code "${parts(t).code}", with message "${bare(t)}"`,
  "underscores for blanks": (t) => bare(t).replaceAll(" ", "_"),
  "the code doubled": (t) => `${parts(t).code} ${bare(t)}`,
  "soft line breaks": (t) =>
    bare(t)
      .replaceAll("=", "=3D")
      .replace(/(.{70})/g, "$1=\r\n"),
  "other addresses": (t) => t.replace("203.0.113.7", "2001:db8::17").replace("someone@icloud.com", "x.y+z@me.example"),
  shouting: (t) => t.replace(/; see.*$/, "").toUpperCase(),
};

describe.each(CASES)("$cause: $text", (c) => {
  it.each(Object.entries(DRESSES))("%s", (_, dress) => {
    const told = rules.classify(dress(c.text));
    expect({ provider: told.provider, cause: told.cause, kind: told.kind, action: told.action }).toEqual({
      provider: c.provider,
      cause: c.cause,
      kind: c.kind,
      action: c.action,
    });
  });
});

describe("context", () => {
  const text = "smtp;451 4.7.1 Service unavailable - try again later";
  it("names a provider only as possible where many use its words", () => {
    const told = rules.classify(text);
    expect(told.provider).toBeUndefined();
    expect(told.basis).toBe("phrase");
    expect(told.possibleProviders).toContain("apple");
  });
  it("is confirmed by the MX host or the recipient", () => {
    expect(rules.classify(text, { mx: "mx01.mail.icloud.com" })).toMatchObject({ provider: "apple", basis: "entry" });
    expect(rules.classify(text, { recipient: "Someone@iCloud.com" })).toMatchObject({
      provider: "apple",
      basis: "entry",
    });
    expect(rules.classify(text, { recipient: "someone@icloud.com", mx: "mx.example.net" }).provider).toBe("apple");
  });
});

it("names the blocklist of a listing that a mailbox provider reports", () => {
  expect(rules.classify(CASES.at(-1)?.text ?? "").blocklist).toBe("spamhaus");
});
