import { readdirSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FORM_IDS, type FormId } from "../../src/inputs/index.ts";
import { splitLines } from "../../src/inputs/lines.ts";
import { fixture, readAll } from "./read-all.ts";

const FIXTURES = readdirSync(new URL("../fixtures/inputs/", import.meta.url))
  .filter((f) => f !== "README.md" && f !== "mta-replies.json")
  .map((name) => ({ name, bytes: fixture(name) }));
const LINES = FIXTURES.flatMap(({ bytes }) => new TextDecoder().decode(bytes).split("\n")).filter(
  (l) => l.length < 2000,
);

/** Forms whose every line that is not blank stands in some record. */
const BY_LINE: FormId[] = ["replies", "pastes", "postfix", "exim", "sendmail"];

const anyBytes = fc.uint8Array({ maxLength: 3000 });
const anyLine = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...LINES) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 200 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "",
      " ",
      "\t",
      "{",
      "}",
      "[",
      "]",
      '"',
      "550-",
      "550-5.1.1 a",
      "From ",
      ",",
      "\\",
      "=?utf-8?B?",
      "--b1",
      "#Fields:",
    ),
  },
);
const anyText = fc.array(anyLine, { maxLength: 30 }).map((lines) => lines.join("\n"));
/** A fixture with pieces cut out, doubled and overwritten. */
const mutated = fc
  .tuple(
    fc.constantFrom(...FIXTURES),
    fc.array(fc.tuple(fc.nat(), fc.nat(60), fc.uint8Array({ maxLength: 30 })), { minLength: 1, maxLength: 6 }),
  )
  .map(([{ bytes }, edits]) => {
    let out = [...bytes];
    for (const [at, length, insert] of edits) {
      const from = at % (out.length + 1);
      out = [...out.slice(0, from), ...insert, ...out.slice(from + length)];
    }
    return Uint8Array.from(out);
  });

async function* inPieces(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const size = (sizes[i % sizes.length] ?? 1) + 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

describe("whatever comes", () => {
  it("bytes: every reader answers, and never throws", { timeout: 30_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(anyBytes, mutated), fc.constantFrom(undefined, ...FORM_IDS), async (bytes, form) => {
        await readAll(bytes, { form });
      }),
      { numRuns: 1500 },
    );
  });

  it("lines: none that is not blank gets lost", { timeout: 30_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(anyText, fc.constantFrom(...BY_LINE), async (text, form) => {
        const { records } = await readAll(text, { form });
        const covered = new Set<number>();
        for (const { place } of records) for (let i = 0; i < (place.lines ?? 1); i++) covered.add(place.line + i);
        const lines = splitLines(text.replace(/^\ufeff/, ""));
        const missing = lines.map((l, i) => ({ l, n: i + 1 })).filter(({ l, n }) => l.trim() !== "" && !covered.has(n));
        expect(missing).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it("JSON lines and CSV rows: each is one record or several, none without one", { timeout: 30_000 }, async () => {
    const value = fc.oneof(
      fc.constantFrom(...LINES.filter((l) => l.startsWith("{") && l.endsWith("}"))),
      fc.object({ maxDepth: 3 }).map((o) => JSON.stringify(o)),
      fc.string({ maxLength: 60 }).map((s) => s.replace(/[\r\n]/g, " ")),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(value, { maxLength: 20 }), async (values) => {
        const text = ['{"a":1}', ...values].join("\n");
        const { records } = await readAll(text, { form: "json" });
        const covered = new Set(records.map((r) => r.place.line));
        const missing = splitLines(text).filter((l, i) => l.trim() !== "" && !covered.has(i + 1));
        expect(missing).toEqual([]);
      }),
      { numRuns: 500 },
    );
    const cell = fc.string({ unit: "grapheme-ascii", maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 90 }),
        async (rows) => {
          const quoted = rows.map((r) => r.map((c) => `"${c.replaceAll('"', '""')}"`).join(","));
          const text = ["email,reason,note,event", ...quoted].join("\r\n");
          const { records } = await readAll(text, { form: "csv", column: "reason" });
          expect(records).toHaveLength(rows.length);
        },
      ),
      { numRuns: 250 },
    );
  });

  it("an array of any values: one record for each, at least", { timeout: 30_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.object({ maxDepth: 3 }), { maxLength: 20 }), fc.nat(4), async (values, indent) => {
        const { records } = await readAll(JSON.stringify(values, null, indent), { form: "json" });
        expect(new Set(records.map((r) => r.place.index)).size).toBe(
          values.length === 0 ? records.length : values.length,
        );
        expect(records.filter((r) => r.type === "unreadable")).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it("how the bytes are cut into chunks changes nothing", { timeout: 30_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          mutated,
          anyText.map((t) => new TextEncoder().encode(t)),
        ),
        fc.constantFrom(undefined, ...FORM_IDS),
        fc.array(fc.nat(50), { minLength: 1, maxLength: 5 }),
        async (bytes, form, sizes) => {
          expect((await readAll(inPieces(bytes, sizes), { form })).records).toEqual(
            (await readAll(bytes, { form })).records,
          );
        },
      ),
      { numRuns: 800 },
    );
  });
});
