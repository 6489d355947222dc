/** Any string gets an answer: never an exception, never more than linear time. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_TEXT_LENGTH } from "../../src/classifier/index.ts";
import { explanationSchema } from "../../src/model/index.ts";
import { rules } from "../rules.ts";

/** All parts of the answer, the late ones too, in the form that the model states. */
function check(text: string) {
  const told = rules.classify(text);
  const plain = JSON.parse(JSON.stringify(told));
  expect(explanationSchema.safeParse(plain).error).toBeUndefined();
  let last = 0;
  for (const span of told.spans) {
    expect(span.start).toBeGreaterThanOrEqual(last);
    expect(span.end).toBeGreaterThan(span.start);
    expect(span.end).toBeLessThanOrEqual(text.length);
    last = span.end;
  }
  return told;
}

const garbage: Record<string, string> = {
  nothing: "",
  blanks: " \t\r\n ",
  "1 MB of one letter": "a".repeat(1_000_000),
  "1 MB of one digit": "5".repeat(1_000_000),
  "1 MB of one sign": "<".repeat(1_000_000),
  "1 MB of blanks": " ".repeat(1_000_000),
  "1 MB of dots": "5.".repeat(500_000),
  "1 MB of codes": "550 5.7.1 ".repeat(100_000),
  "1 MB of addresses": "a@b.example ".repeat(83_000),
  "1 MB of at signs": "a@".repeat(500_000),
  "1 MB of host names": "a.b".repeat(333_000),
  "1 MB of IPv6": "1:2:".repeat(250_000),
  "1 MB of wrappers": "host a[1] said: ".repeat(62_000),
  "1 MB of encoded words": "=?utf-8?B?YQ==?=".repeat(62_000),
  "1 MB of entities": "&lt;".repeat(250_000),
  "1 MB of quotes": "> ".repeat(500_000),
  binary: Array.from({ length: 65536 }, (_, i) => String.fromCharCode(i)).join(""),
  "lone surrogates": "\ud800550 5.1.1\udfff user\ud801 unknown\udc00",
  HTML: "<html><body><p>550 5.1.1 <b>user unknown</b><script>alert(1)</script></body></html>",
  "ten thousand lines": Array.from({ length: 10_000 }, (_, i) => `line ${i} of nothing`).join("\n"),
  "right to left": "550 5.1.1 \u202eמשתמש לא קיים\u202c",
  prototypes: "__proto__ constructor toString 550 5.1.1 hasOwnProperty",
};

describe("garbage", () => {
  it.each(Object.entries(garbage))("%s", (_, text) => {
    const started = performance.now();
    const told = check(text);
    expect(performance.now() - started).toBeLessThan(3000);
    expect(told.truncated).toBe(text.length > MAX_TEXT_LENGTH);
  });

  it.each([undefined, null, 42, {}, [], Symbol.iterator.toString()])("what is no string: %s", (value) => {
    expect(() => rules.classify(value as unknown as string)).not.toThrow();
  });

  it("any string at all", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary", maxLength: 30 }),
      fc.constantFrom(
        "550",
        " 5.7.1 ",
        "smtp;",
        "host x[1] said: ",
        "\r\n",
        "=\r\n",
        "&lt;",
        "=?utf-8?q?=C3?=",
        "said:",
        "{",
        "\\n",
        "gsmtp",
        "user unknown",
        "@",
        "https://",
        "_",
        ">",
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        check(pieces.join(""));
      }),
      { numRuns: 2000 },
    );
  });

  it("any context", () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (recipient, mx) => {
        rules.classify("550 5.1.1 user unknown", { recipient, mx } as never);
      }),
    );
  });
});

it("answers the same to the same text", () => {
  const texts = rules.content.entries.slice(0, 200).flatMap((e) => e.data.examples.map((x) => x.text));
  const first = texts.map((t) => JSON.stringify(rules.classify(t)));
  expect(texts.toReversed().map((t) => JSON.stringify(rules.classify(t)))).toEqual(first.toReversed());
});

it("takes time in proportion to the text", () => {
  const text = (n: number) => "550 5.7.1 message from 192.0.2.1 blocked for spam, user unknown mailbox full ".repeat(n);
  const time = (t: string) => {
    const best: number[] = [];
    for (let i = 0; i < 7; i++) {
      const started = performance.now();
      check(t);
      best.push(performance.now() - started);
    }
    return Math.min(...best);
  };
  time(text(100));
  // Ten times the text in at most twenty times the time, on a busy machine.
  expect(time(text(1000)) / time(text(100))).toBeLessThan(20);
});
