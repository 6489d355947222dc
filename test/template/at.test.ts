/** Matching outwards from a known part must find just what matching from the start finds. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { anchorPlaces, fold, matchTemplate, matchTemplateAt, parseTemplate } from "../../src/template/index.ts";
import { made } from "./arbitrary.ts";

it("some part at some place matches exactly where the whole does", () => {
  fc.assert(
    fc.property(made, fc.nat(300), fc.nat(3), fc.boolean(), ({ template, text }, cut, length, whole) => {
      const parsed = parseTemplate(template);
      const folded = fold(`x ${whole ? text : text.slice(0, cut) + text.slice(cut + length)} y`).text;
      const matches = matchTemplate(parsed, folded) !== undefined;
      for (const place of anchorPlaces(parsed.parts)) {
        const part = place[0]?.part ?? 0;
        let found = false;
        for (let at = 0; at <= folded.length && !found; at++) {
          const match = matchTemplateAt(parsed, folded, part, at);
          if (!match) continue;
          found = true;
          expect(match.start).toBeLessThanOrEqual(at);
          expect(match.end).toBeGreaterThanOrEqual(at);
        }
        expect(found).toBe(matches);
      }
    }),
    { numRuns: 1000 },
  );
});
