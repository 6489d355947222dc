/** Templates from a reply. */
import { describe, expect, it } from "vitest";
import { proposeTemplates, withPlaceholders, wordsOfReply } from "../../src/contribute/reply.ts";

const isPublicHost = (host: string) => /(?:^|\.)(?:google\.com|acme-mail\.com)$/.test(host);

describe("placeholders", () => {
  it.each([
    ["mail from user@example.com refused", "mail from {email} refused"],
    ["client [203.0.113.7] and 2001:db8::7", "client [{ip}] and {ip}"],
    ["host mail.example.com of example.com", "host {host} of {domain}"],
    ["see https://example.com/x?y=1.", "see {url}."],
    ["see https://support.google.com/mail/?p=NoSuchUser", "see https://support.google.com/mail/?p=NoSuchUser"],
    ["limit of 500 messages in 3600 seconds", "limit of {number} messages in {number} seconds"],
    ["ticket ID since 2026-11-23 10:00:00", "ticket {id} since {date}"],
    ["a {brace} here", "a {{brace}} here"],
    ["code S3150 and [TSS04]", "code S3150 and [TSS04]"],
  ])("%s", (words, template) => {
    expect(withPlaceholders(words, isPublicHost)).toBe(template);
  });
});

it("reads the words of a reply of several lines without their codes", () => {
  expect(wordsOfReply("550-5.7.1 One\n550-5.7.1  two\r\n550 5.7.1 three")).toBe("One two three");
  expect(wordsOfReply("421 4.7.0 Try again")).toBe("Try again");
});

it("takes the telling sentence first, without lead-ins, pointers and ids", () => {
  expect(
    proposeTemplates(
      "550 5.1.1 <user@example.com>: Recipient address rejected: The moon is not in phase. Please see https://help.acme-mail.com/ x7si17045593eeo.307",
      isPublicHost,
    )[0],
  ).toBe("The moon is not in phase");
});
