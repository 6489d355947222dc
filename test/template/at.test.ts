/** Matching outwards from a known part must find just what matching from the start finds. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { anchorPlaces, fold, Matcher, parseTemplate } from "../../src/template/index.ts";
import { made } from "./arbitrary.ts";

it("some part at some place matches exactly where the whole does", () => {
  fc.assert(
    fc.property(made, fc.nat(300), fc.nat(3), fc.boolean(), ({ template, text }, cut, length, whole) => {
      const parsed = parseTemplate(template);
      const folded = fold(`x ${whole ? text : text.slice(0, cut) + text.slice(cut + length)} y`);
      const matcher = new Matcher([parsed]);
      const matches = matcher.find(0, folded);
      for (const place of anchorPlaces(parsed.parts)) {
        const part = place[0]?.part ?? 0;
        let found = false;
        for (let at = 0; at <= folded.length && !found; at++) {
          if (!matcher.findAt(0, folded, part, at)) continue;
          found = true;
          expect(matcher.start).toBeLessThanOrEqual(at);
          expect(matcher.end).toBeGreaterThanOrEqual(at);
        }
        expect(found).toBe(matches);
      }
    }),
    { numRuns: 1000 },
  );
});
