import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { FormId, InputRecord } from "../../src/inputs/index.ts";
import { FORM_IDS, FORMS } from "../../src/inputs/index.ts";
import { fixture, readAll } from "./read-all.ts";

/** bounces, deliveries, others, unreadable; and what the first bounce says. */
type Expected = [file: string, form: FormId, counts: [number, number, number, number], first?: Partial<InputRecord>];

const EXPECTED: Expected[] = [
  [
    "replies.txt",
    "replies",
    [5, 1, 0, 0],
    { text: "550 5.1.1 <a@example.com>: Recipient address rejected: User unknown" },
  ],
  ["pastes.txt", "pastes", [2, 0, 0, 0]],
  [
    "dsn.eml",
    "mail",
    [2, 1, 0, 0],
    {
      recipient: "anna@example.com",
      mx: "mx1.example.com",
      time: "2026-11-23T09:00:02Z",
      messageId: "campaign-7@example.org",
      sender: "news@example.org",
    },
  ],
  [
    "dsn-utf8.eml",
    "mail",
    [1, 0, 0, 0],
    { recipient: "jürgen@example.com", text: "550 5.1.1 Empfänger jürgen unbekannt" },
  ],
  ["dsn-iso2022jp.eml", "mail", [1, 0, 0, 0], { text: "550 5.1.1 ユーザーが見つかりません" }],
  ["dsn-gb18030.eml", "mail", [1, 0, 0, 0], { text: "550 5.1.1 收件人邮箱不存在" }],
  ["dsn-koi8r.eml", "mail", [1, 0, 0, 0], { text: "550 5.1.1 Пользователь не найден" }],
  ["dsn-fields.txt", "dsn-fields", [1, 0, 0, 0], { recipient: "anna@example.com", text: "552 5.2.2 Mailbox full" }],
  ["postfix-dsn.eml", "mail", [1, 0, 0, 0], { messageId: "campaign-8@example.org" }],
  ["exim-notice.eml", "mail", [2, 0, 0, 0], { recipient: "anna@example.com", messageId: "campaign-9@example.org" }],
  ["qmail-notice.eml", "mail", [2, 0, 0, 0], { recipient: "anna@example.com", messageId: "campaign-10@example.org" }],
  ["exchange-ndr.eml", "mail", [1, 0, 0, 0], { recipient: "anna@example.com", messageId: "campaign-11@example.org" }],
  [
    "gmail-notice.eml",
    "mail",
    [1, 0, 0, 0],
    { recipient: "anna@example.com", mx: "mx1.example.com", text: "550 5.1.1 User unknown" },
  ],
  ["sendmail-notice.eml", "mail", [1, 0, 0, 0], { recipient: "anna@example.com", mx: "mx1.example.com" }],
  ["arf.eml", "mail", [0, 0, 1, 0]],
  ["auto-reply.eml", "mail", [0, 0, 1, 0]],
  ["mails.mbox", "mbox", [4, 1, 1, 0], { recipient: "anna@example.com" }],
  [
    "postfix.log",
    "postfix",
    [4, 1, 6, 0],
    {
      recipient: "anna@example.com",
      mx: "mx1.example.com",
      time: "2026-11-23T09:59:58",
      messageId: "campaign-8@example.org",
      sender: "news@example.org",
    },
  ],
  [
    "exim-main.log",
    "exim",
    [4, 2, 4, 0],
    { text: "550-5.1.1 The account does not exist.\n550 5.1.1 Check the address.", mx: "mx1.example.com" },
  ],
  [
    "sendmail.log",
    "sendmail",
    [3, 2, 2, 0],
    { text: "550 5.1.1 <anna@example.com>... User unknown", mx: "mx1.example.com" },
  ],
  [
    "powermta.csv",
    "powermta",
    [3, 1, 1, 0],
    { text: "550 5.1.1 User unknown, sorry", recipient: "anna@example.com", mx: "mx1.example.com" },
  ],
  [
    "exchange-tracking.log",
    "exchange",
    [2, 2, 2, 0],
    { text: "550 5.1.1 RESOLVER.ADR.RecipNotFound; not found", messageId: "campaign-16@example.org" },
  ],
  [
    "kumomta.jsonl",
    "kumomta",
    [3, 1, 1, 0],
    { text: "550 5.1.1 User unknown", mx: "mx1.example.com", time: "2026-11-23T10:00:02Z" },
  ],
  [
    "ses-sns.json",
    "ses",
    [2, 0, 0, 0],
    { text: "550 5.1.1 user unknown", recipient: "anna@example.com", mx: "192.0.2.1" },
  ],
  ["ses-events.jsonl", "ses", [1, 1, 2, 0], { text: "421 4.4.1 Unable to connect to remote host" }],
  ["sendgrid.json", "sendgrid", [3, 1, 1, 0], { text: "550 5.1.1 User unknown", messageId: "campaign-19@example.org" }],
  ["mailgun.json", "mailgun", [1, 0, 0, 0], { text: "550 5.1.1 User unknown", mx: "mx1.example.com" }],
  ["mailgun-items.json", "mailgun", [2, 1, 0, 0], { text: "4.2.2 The email account is over quota" }],
  ["postmark.json", "postmark", [1, 0, 0, 0], { text: "550 5.1.1 User unknown", time: "2026-11-23T15:00:00.123Z" }],
  ["postmark-bounces.json", "postmark", [1, 0, 1, 0], { text: "452 4.2.2 Mailbox full" }],
  ["sparkpost.json", "sparkpost", [2, 1, 2, 0], { text: "550 5.1.1 User unknown" }],
  ["brevo.jsonl", "brevo", [2, 1, 1, 0], { text: "550 5.1.1 User unknown", time: "2026-11-23T10:00:00Z" }],
  ["mandrill.txt", "mandrill", [2, 1, 1, 0], { text: "550 5.1.1 User unknown", recipient: "anna@example.com" }],
  ["table.csv", "csv", [3, 1, 0, 0], { text: "550 5.1.1 User unknown, sorry", time: "2026-11-23T10:00:00" }],
  ["table.tsv", "csv", [2, 0, 0, 0], { recipient: "anna@example.com" }],
  [
    "objects.jsonl",
    "json",
    [2, 1, 0, 0],
    { recipient: "anna@example.com", mx: "mx1.example.com", time: "2026-11-23T10:00:00Z" },
  ],
];

const counts = (records: InputRecord[]) =>
  (["bounce", "delivery", "other", "unreadable"] as const).map((t) => records.filter((r) => r.type === t).length);

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe("each form's fixture", () => {
  for (const [file, form, expected, first] of EXPECTED) {
    const bytes = fixture(file);
    it(`${file} is ${form}`, async () => {
      const read = await readAll(bytes);
      expect(read.form).toBe(form);
      expect(counts(read.records)).toEqual(expected);
      if (first) expect(read.records.find((r) => r.type === "bounce")).toMatchObject(first);
    });
    it(`${file} reads the same in pieces, gzipped, and with CRLF`, async () => {
      const { records } = await readAll(bytes);
      expect((await readAll(inPieces(bytes, 7))).records).toEqual(records);
      expect((await readAll(gzipSync(bytes))).records).toEqual(records);
      expect((await readAll(new Blob([bytes as Uint8Array<ArrayBuffer>]).stream())).records).toEqual(records);
      if (!/^dsn-(?:iso|gb|koi)/.test(file)) {
        const crlf = await readAll(new TextDecoder().decode(bytes).replaceAll("\n", "\r\n"));
        expect(crlf.form).toBe(form);
        expect(counts(crlf.records)).toEqual(expected);
      }
    });
    it(`${file} is recognised when cut off`, async () => {
      const cut = bytes.subarray(0, Math.floor(bytes.length * 0.8));
      const read = await readAll(cut);
      expect(read.form).toBe(form);
      expect(read.records.length).toBeGreaterThan(0);
    });
  }

  it("there is one for every form", () => {
    const covered = new Set(EXPECTED.map(([, form]) => form));
    expect(FORM_IDS.filter((id) => !covered.has(id))).toEqual([]);
    expect(FORMS.map((f) => f.id).sort()).toEqual([...FORM_IDS].sort());
  });
});

it("Mailgun's own codes reach the reader in front of its words", async () => {
  const { records } = await readAll(fixture("mailgun-items.json"));
  expect(records.map((r) => r.text)).toContain("605 Not delivering to previously bounced address");
  const failed = { event: "failed", recipient: "a@example.com", "delivery-status": { code: 602, message: "Too old" } };
  expect((await readAll(JSON.stringify({ "event-data": failed }))).records[0]?.text).toBe("602 Too old");
});

describe("faults", () => {
  it("a broken line costs itself and nothing else", async () => {
    const text = new TextDecoder().decode(fixture("brevo.jsonl")).split("\n");
    text.splice(1, 0, '{"event":"hard_bounce","email":"x@exam');
    const { form, records } = await readAll(text.join("\n"));
    expect(form).toBe("brevo");
    expect(counts(records)).toEqual([2, 1, 1, 1]);
    expect(records.find((r) => r.type === "unreadable")).toMatchObject({
      place: { line: 2 },
      reason: expect.stringContaining("JSON"),
    });
  });
  it("a broken element of a document costs itself and nothing else", async () => {
    const text = new TextDecoder()
      .decode(fixture("sendgrid.json"))
      .replace('"reason":"550 5.1.1 User unknown"', '"reason":"550 5.1.1');
    const { form, records } = await readAll(text);
    expect(form).toBe("sendgrid");
    expect(counts(records)).toEqual([2, 1, 1, 1]);
  });
  it("a single line of prose with a comma is no table", async () => {
    const { records } = await readAll("Remote host said: 553 sorry, that domain isn't in my list of allowed rcpthosts");
    expect(counts(records)).toEqual([1, 0, 0, 0]);
  });
  it("a quote that never ends costs its line", async () => {
    const { records } = await readAll('email,reason\na@example.com,"550 open\nb@example.com,550 5.1.1 unknown\n');
    expect(counts(records)).toEqual([1, 0, 0, 1]);
  });
  it("gzip that is cut off keeps what came before, and says so", async () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => `550 5.1.1 user ${i} ${Math.sin(i)} unknown\n`).join("");
    const packed = gzipSync(lines);
    const { records } = await readAll(packed.subarray(0, packed.length >> 1));
    expect(records.length).toBeGreaterThan(1000);
    expect(records.at(-1)).toMatchObject({ type: "unreadable", reason: expect.stringContaining("gzip") });
  });
  it("a named column that is not there is said for each row", async () => {
    const { records } = await readAll(fixture("table.csv"), { form: "csv", column: "nothing" });
    expect(records.every((r) => r.type === "unreadable" && r.reason?.includes("nothing"))).toBe(true);
  });
  it("a line without end is bounded", async () => {
    async function* endless() {
      for (let i = 0; i < 400; i++) yield "550 x".repeat(2000);
      yield "\n550 5.1.1 next\n";
    }
    const { records } = await readAll(endless());
    expect(records).toHaveLength(2);
    expect(records[0]?.text.length).toBeLessThanOrEqual(100_000);
  });
  it("an empty input has no records", async () => {
    expect((await readAll("")).records).toEqual([]);
    expect((await readAll("\n\n  \n")).records).toEqual([]);
  });
});

describe("mixtures", () => {
  it("replies, log lines and events on one page are read each as what they are", async () => {
    const log = new TextDecoder().decode(fixture("postfix.log")).split("\n")[3];
    const event = new TextDecoder().decode(fixture("brevo.jsonl")).split("\n")[0];
    const { form, records } = await readAll(`550 5.1.1 unknown\n${log}\n452 4.2.2 full\n${event}\n554 5.7.1 spam\n`);
    expect(form).toBe("replies");
    expect(records.map((r) => r.form)).toEqual(["replies", "postfix", "replies", "brevo", "replies"]);
  });
  it("a line of Postfix that somebody shortened", async () => {
    const { records } = await readAll(
      "Nov 28 10:00:00 mx postfix/smtp[1]: 3F2A1B4C5D: to=<a@b.example>, relay=mx.b.example[192.0.2.1]:25, dsn=5.1.1, status=bounced (host mx.b.example[192.0.2.1] said: 550 5.1.1 User unknown (in reply to RCPT TO command))\n",
    );
    expect(counts(records)).toEqual([1, 0, 0, 0]);
  });
  it("a syslog of several programs", async () => {
    const text = [
      ...new TextDecoder().decode(fixture("postfix.log")).split("\n"),
      ...new TextDecoder().decode(fixture("sendmail.log")).split("\n"),
    ].join("\n");
    const { records } = await readAll(text);
    expect(new Set(records.map((r) => r.form))).toEqual(new Set(["postfix", "sendmail"]));
    expect(counts(records)).toEqual([7, 3, 8, 0]);
  });
  it("a bounce that was forwarded as an attachment", async () => {
    const inner = new TextDecoder().decode(fixture("dsn.eml"));
    const mail = `From: anna@example.org\nTo: help@example.org\nSubject: what is this?\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=zz\n\n--zz\nContent-Type: text/plain\n\nsee below\n--zz\nContent-Type: message/rfc822\nContent-Disposition: attachment; filename=x.eml\n\n${inner}\n--zz--\n`;
    expect(counts((await readAll(mail)).records)).toEqual([2, 1, 0, 0]);
  });
  it("UTF-16 with a byte order mark", async () => {
    const { records } = await readAll(
      Buffer.from("\ufeffemail,reason\r\na@example.com,550 5.1.1 unknown\r\n", "utf16le"),
    );
    expect(records).toMatchObject([{ type: "bounce", recipient: "a@example.com", text: "550 5.1.1 unknown" }]);
  });
});
