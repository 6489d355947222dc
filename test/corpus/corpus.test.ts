/**
 * The open corpora: labelled replies that were collected by others. They check; no entry was made from
 * them. A label has a cause and, where the words leave it open, other readings that are right as well.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rules } from "../rules.ts";
import { DISAGREEMENTS } from "./disagreements.ts";

interface Labelled {
  id: string;
  text: string;
  cause: string;
  also: string[];
}

const read = (name: string): Labelled[] =>
  readFileSync(`test/corpus/${name}.jsonl`, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

describe.each(["activecampaign", "zonemta"])("%s", (name) => {
  const labelled = read(name);

  it.each(labelled)("$id $cause: $text", ({ id, text, cause, also }) => {
    const right = DISAGREEMENTS[id] ? [DISAGREEMENTS[id].cause] : [cause, ...also];
    expect(right).toContain(rules.classify(text).cause);
  });

  it("has the first reading of the label in nine of ten", () => {
    const same = labelled.filter(({ text, cause }) => rules.classify(text).cause === cause).length;
    expect(same / labelled.length).toBeGreaterThan(0.9);
  });
});

it("a disagreement that is none any more is taken off the list", () => {
  const labels = new Map([...read("activecampaign"), ...read("zonemta")].map((l) => [l.id, [l.cause, ...l.also]]));
  for (const [id, { cause, why }] of Object.entries(DISAGREEMENTS)) {
    expect(labels.get(id), id).toBeDefined();
    expect(labels.get(id), `${id} is in agreement`).not.toContain(cause);
    expect(why.length).toBeGreaterThan(20);
  }
});
