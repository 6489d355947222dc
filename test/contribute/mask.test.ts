/** Masking: what names a person or a host goes, what a provider says to all stays. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  isExampleEmail,
  isExampleIp,
  isPersonalId,
  MAX_MASKED_LENGTH,
  maskPrivate,
} from "../../src/contribute/mask.ts";

const mask = (text: string) => maskPrivate(text).text;

describe("masks", () => {
  it.each([
    ["550 <joe.miller@acme-corp.de>: unknown", "550 <user@example.com>: unknown"],
    ["550 <x@a-b.de> and <x0@a-b.de>", "550 <user@example.com> and <user2@example.com>"],
    ["from a@x.org to b@y.org", "from user@example.com to user2@example.com"],
    ["a@x.org, A@X.org", "user@example.com, user@example.com"],
    ["client [85.12.13.14] and 85.12.13.15", "client [203.0.113.7] and 203.0.113.8"],
    ["client 2a01:4f8:c17:1::2 blocked", "client 2001:db8::7 blocked"],
    ["85-12-13-14.dyn.isp.net", "203-0-113-7.dyn.isp.net"],
    ["joe@acme-corp.de at mail.acme-corp.de", "user@example.com at mail.example.com"],
    ["queued as 4XyZ12abcDz3", "queued as ID"],
    ["x7si17045593eeo.307 - gsmtp", "ID - gsmtp"],
    ["<20261123100000.4711@mail.some-firm.de>", "<id@example.com>"],
    ['"John Smith" <john@x.org>', '"Some Body" <user@example.com>'],
    ["Dear John Smith, sorry", "Dear Somebody, sorry"],
    ["call +49 30 1234 5678", "call +1 555 0100"],
  ])("%s", (text, masked) => {
    expect(mask(text)).toBe(masked);
  });
});

describe("leaves", () => {
  it.each([
    "550 5.7.1 Message blorked (S3150) [TSS04] AS780090",
    "http://postmaster.comcast.net/smtp-error-codes.php#DM000001",
    "user@example.com 203.0.113.7 198.51.100.9 192.0.2.1 2001:db8::1 127.0.0.1",
    "[DB5EUR03FT012.eop-EUR03.prod.protection.outlook.com]",
    "see main.cf. done.Please go on",
    "Dear Customer, try again in 300 seconds",
    "HELO requires a domain - see RFC-2821 4.1.1.1",
    "550-5.7.26 This mail has been blocked",
    "version 4.16.55.1",
    "rejected for policy reasons (3.2.1.1)",
  ])("%s", (text) => {
    expect(mask(text)).toBe(text);
  });
});

it("knows the ranges for documentation and for no network", () => {
  for (const ip of [
    "192.0.2.1",
    "198.51.100.1",
    "203.0.113.255",
    "10.1.1.1",
    "172.16.0.1",
    "192.168.1.1",
    "::1",
    "2001:db8::1",
    "fe80::1",
  ])
    expect(isExampleIp(ip), ip).toBe(true);
  for (const ip of ["8.8.8.8", "172.32.0.1", "203.0.114.1", "2a01::1", "2001:db9::1"])
    expect(isExampleIp(ip), ip).toBe(false);
});

it("tells ids of one message from codes for all", () => {
  for (const id of ["4XyZ12abcDz3", "x7si17045593eeo.307", "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d"])
    expect(isPersonalId(id), id).toBe(true);
  for (const code of ["S3150", "AS780090", "TSS04", "5.7.606", "DM000001", "2026-11-23", "IB113"])
    expect(isPersonalId(code), code).toBe(false);
});

it("changes nothing the second time, whatever the text", () => {
  const part = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.emailAddress(),
    fc.ipV4(),
    fc.ipV6(),
    fc.domain(),
    fc.constantFrom(
      "550 5.7.1 ",
      "<",
      ">",
      " [",
      "] ",
      "\n550-",
      "Dear Ann Lee, ",
      "=?utf-8?Q?=",
      "x7si17045593eeo.307",
    ),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const once = mask(parts.join(" "));
      expect(mask(once)).toBe(once);
    }),
    { numRuns: 300 },
  );
});

it("leaves no address of the outside in a reply", () => {
  fc.assert(
    fc.property(fc.emailAddress(), fc.ipV4(), (email, ip) => {
      const out = mask(`550 5.1.1 <${email}>: rejected by [${ip}]`);
      if (!isExampleIp(ip) && /\d\d/.test(ip)) expect(out).not.toContain(`[${ip}]`);
      if (/^[a-z0-9.]+@/i.test(email) && !isExampleEmail(email))
        expect(out.toLowerCase()).not.toContain(`<${email.toLowerCase()}>`);
    }),
    { numRuns: 300 },
  );
});

it.each(["a.", "1.", "a@", "a:", "A", "<", "1-", "a1", "Aa ", '"Aa ', "+1 2", "=?"])(
  "takes no time over many %j",
  (unit) => {
    const text = unit.repeat(Math.ceil(MAX_MASKED_LENGTH / unit.length));
    const start = performance.now();
    maskPrivate(text);
    expect(performance.now() - start).toBeLessThan(1000);
  },
);

it("cuts long texts and says so", () => {
  const { text, cut } = maskPrivate("x ".repeat(MAX_MASKED_LENGTH));
  expect(cut).toBe(true);
  expect(text.length).toBe(MAX_MASKED_LENGTH);
});
