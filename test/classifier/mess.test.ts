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
    // The innermost server's words count.
    [
      "host relay.example[192.0.2.1] said: 451 4.3.0 <a@b.example>: Temporary lookup failure; host mx.b.example[192.0.2.2] said: 550 5.1.1 User unknown (in reply to RCPT TO command)",
      "recipient-unknown",
    ],
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
