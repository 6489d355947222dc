/** Decoys, lead-ins, contradictions, scripts: what stands around and inside a reply must not mislead. */
import { describe, expect, it } from "vitest";
import { rules } from "../rules.ts";

const cause = (text: string) => rules.classify(text).cause;

describe("what decides", () => {
  it.each([
    // No code at all.
    ["Over quota", "mailbox-full"],
    ["Unrouteable address", "recipient-unknown"],
    // What follows a lead-in decides.
    [
      "450 4.2.0 <a@b.example>: Recipient address rejected: Greylisted, see http://postgrey.schweikert.ch/help/b.example.html",
      "greylisted",
    ],
    ["550 5.1.1 <a@b.example>: Recipient address rejected: User unknown in virtual mailbox table", "recipient-unknown"],
    ["552 5.2.2 <a@b.example>: Recipient address rejected: mailbox is full", "mailbox-full"],
    // A list that is named is no listing where it only refuses to answer the receiver.
    [
      "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org; Error: open resolver; https://www.spamhaus.org/returnc/pub/192.0.2.53",
      "recipient-server-misconfigured",
    ],
    [
      "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/192.0.2.1",
      "ip-blocklisted",
    ],
    // The answer to a probe of the sender speaks of the sender, not of the recipient.
    [
      "host mx.b.example[192.0.2.2] said: 450 4.1.7 <me@a.example>: Sender address rejected: unverified address: host mx.a.example[192.0.2.1] said: 550 5.1.1 User unknown (in reply to RCPT TO command)",
      "sender-invalid",
    ],
    [
      "550-Verification failed for <me@a.example>\n550-host mx.a.example [192.0.2.1]: 550 5.1.1 User unknown\n550 Sender verify failed",
      "sender-invalid",
    ],
    [
      "450 4.1.1 <you@b.example>: Recipient address rejected: unverified address: host mx.b.example[192.0.2.1] said: 550 5.1.1 User unknown",
      "recipient-unknown",
    ],
    // The innermost server's words count.
    [
      "host relay.example[192.0.2.1] said: 451 4.3.0 <a@b.example>: Temporary lookup failure; host mx.b.example[192.0.2.2] said: 550 5.1.1 User unknown (in reply to RCPT TO command)",
      "recipient-unknown",
    ],
    ["550 permanent failure for one or more recipients (user@example.com:550 5.2.2 Mailbox full)", "mailbox-full"],
    // A wrapper's codes are not the reply's.
    [
      "dsn=4.0.0, status=deferred (host mx.b.example[192.0.2.2] said: 554 5.2.2 mailbox full (in reply to end of DATA command))",
      "mailbox-full",
    ],
    // Host names and tails are no evidence.
    ["550 5.1.1 User unknown [spam-blocked.greylist.full.example]", "recipient-unknown"],
    [
      "550 5.2.2 mailbox full [AM0PR01MB1234.eurprd01.prod.exchangelabs.com 2026-11-23T10:00:00.000Z 08DC0123456789AB]",
      "mailbox-full",
    ],
    // Other scripts and widths.
    ["５５０ ５．１．１ Ｕｓｅｒ ｕｎｋｎｏｗｎ", "recipient-unknown"],
    ["550 5.1.1 \u202eUser\u202c unknown", "recipient-unknown"],
    ["=?utf-8?Q?550_5.2.2_mailbox_full?=", "mailbox-full"],
    // People's masks.
    ["550 5.7.1 Service unavailable; client [xxx.xxx.xxx.xxx] blocked using Spamhaus", "ip-blocklisted"],
  ])("%s → %s", (text, expected) => {
    expect(cause(text)).toBe(expected);
  });
});

describe("notices, pasted with all that stands around the reply", () => {
  it.each([
    // The notice's own words decide nothing.
    [
      "This is the mail system at host mail.example.com.\n\nI'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients. It's attached below.\n\nFor further assistance, please send mail to postmaster.\n\n                   The mail system\n",
      "unknown",
    ],
    [
      "Hi. This is the Haraka Mailer program at mx.example.com.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\nIntended Recipients: <someone@example.com>\nFailure Reason: Error: Some recipients failed: <someone@example.com>",
      "unknown",
    ],
    [
      "This is an automatically generated Delivery Status Notification. Delivery to the following recipients failed.\nsomeone@example.com",
      "unknown",
    ],
    // qmail gives up behind the reply.
    [
      "Hi. This is the qmail-send program at example.com.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<someone@example.org>:\nConnected to 192.0.2.42 but greeting failed.\nRemote host said: 450 4.7.1 Client host rejected: cannot find your hostname, [203.0.113.7]\nI'm not going to try again; this message has been in the queue too long.",
      "reverse-dns",
    ],
    // So does Exim.
    [
      "someone@example.org R=dnslookup T=remote_smtp: SMTP error from remote mail server after RCPT TO:<someone@example.org>: host mx.example.org [192.0.2.1]: 452 4.2.2 mailbox full: retry timeout exceeded",
      "mailbox-full",
    ],
    // Sendmail marks each line of one reply.
    [
      "   ----- Transcript of session follows -----\n... while talking to mx.example.net.:\n<<< 550-We no longer accept connections from dynamically assigned\n<<< 550-IP addresses to our relay servers.  Please contact your ISP\n<<< 550 to have your mail redirected through your ISP's SMTP servers.\n... while talking to mx2.example.net.:\n>>> QUIT",
      "dynamic-ip",
    ],
    ["<<< 552 5.2.2 mailbox full\n554 5.0.0 <someone@example.org>... Service unavailable", "mailbox-full"],
    // What follows the reply: fields, and the message that came back.
    [
      "Diagnostic-Code: smtp; 550 5.1.1 User unknown\nLast-Attempt-Date: Sat, 28 Nov 2026 10:00:00 +0000\n\nSubject: Your mailbox is full of spam",
      "recipient-unknown",
    ],
    [
      "Remote host said: 550 5.1.1 User unknown\n\n--- Below this line is a copy of the message.\n\nSubject: virus found, message rejected as spam",
      "recipient-unknown",
    ],
    // The program's words around the reply: a log, a library.
    [
      "Feb  5 12:56:31 mx postfix/cleanup[26861]: 436DE5E0E9A: milter-reject: END-OF-MESSAGE from relay.example.net[192.0.2.212]: 4.7.1 Try again later; from=<a@example.net> to=<b@example.com> proto=ESMTP helo=<relay.example.net>",
      "greylisted",
    ],
    [
      'Fatal error: Uncaught exception \'Swift_TransportException\' with message \'Expected response code 220 but got code "451", with message "451-The server has reached its limit for processing requests from your host. 451 Please try again later. "',
      "rate-limited",
    ],
    ["delivery 245: failure: Unable_to_run_qmail-remote./", "server-unavailable"],
    [
      "Technical details of permanent failure:\nGoogle tried to deliver your message, but it was rejected by the server for the recipient domain example.com by mx.example.com. [192.0.2.6].\n\nThe error that the other server returned was:\n552 5.2.2 mailbox full",
      "mailbox-full",
    ],
  ])("%s → %s", (text, expected) => {
    expect(cause(text)).toBe(expected);
  });
});

it("a notice and its report quote the same reply: its words decide, not the code alone", () => {
  const reply =
    "550 5.1.1 The email account that you tried to reach does not exist. Please try double-checking the recipient's email address - gsmtp";
  const told = rules.classify(
    [
      "This is the mail system at host mail.a.example.",
      `<u@g.example>: host mx.g.example[192.0.2.1] said: ${reply} (in reply to RCPT TO command)`,
      "Reporting-MTA: dns; mail.a.example",
      `Final-Recipient: rfc822; u@g.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; ${reply}`,
      "Return-Path: <a@a.example>\nSubject: hello",
    ].join("\n\n"),
  );
  expect(told.basis).toBe("entry");
  expect(told.entry).toBe("gmail/user-unknown");
  const words = told.spans.find((s) => s.role === "words");
  const report = told.spans.find((s) => s.value.startsWith("Diagnostic-Code"));
  expect(words?.start).toBeGreaterThan(report?.start ?? Number.POSITIVE_INFINITY);
});

describe("tokens of the shape of a status", () => {
  const tokens = (text: string) =>
    rules
      .classify(text)
      .spans.filter((s) => s.role === "token")
      .map((s) => s.value);
  it("keep their mark", () => {
    expect(tokens("451 Resources temporarily unavailable. Please try again later [#4.16.1].")).toContain("[#4.16.1]");
    expect(tokens("Messages from 192.0.2.1 temporarily deferred - 4.16.50").join()).toContain("4.16.50");
  });
});

it("a reply code that no standard knows decides nothing", () => {
  for (const code of [440, 441, 442, 446, 517, 546, 571]) {
    const told = rules.classify(`${code} something odd`);
    expect(told.cause).toBe("unknown");
    expect(told.reply).toBe(code);
  }
});

it("words that others copied name no provider", () => {
  for (const text of [
    "550 5.4.5 Daily sending quota exceeded",
    "450 4.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages from being delivered",
  ]) {
    expect(rules.classify(text).provider).toBe(undefined);
    expect(rules.classify(`${text}. q16si3475662wrs.311 - gsmtp`).provider).toBe("gmail");
  }
});

describe("contradictions are said", () => {
  it("classes of the codes that clash", () => {
    const told = rules.classify("554 4.4.7 Message expired");
    expect(told.cause).toBe("message-expired");
    expect(told.disagreements.join(" ")).toContain("different classes");
  });
  it("a permanent code for something that clears", () => {
    const told = rules.classify("552 5.2.2 mailbox full");
    expect(told.kind).toBe("soft");
    expect(told.disagreements.join(" ")).toContain("permanent");
  });
});

it("an address in the text names no provider", () => {
  expect(rules.classify("550 5.1.1 <someone@gmail.com>: Recipient address rejected: User unknown").provider).not.toBe(
    "gmail",
  );
  expect(rules.classify("550 5.1.1 <someone@yahoo.com> user unknown").provider).not.toBe("yahoo");
});
