/** The open corpora: labelled replies that were collected by others. They check; no entry was made from them. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rules } from "../rules.ts";
import { DISAGREEMENTS } from "./disagreements.ts";

interface Labelled {
  id: string;
  text: string;
  cause: string;
}

const read = (name: string): Labelled[] =>
  readFileSync(`test/corpus/${name}.jsonl`, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

describe.each(["activecampaign", "zonemta"])("%s", (name) => {
  it.each(read(name))("$id $cause: $text", ({ id, text, cause }) => {
    expect(rules.classify(text).cause).toBe(DISAGREEMENTS[id]?.cause ?? cause);
  });
});

it("a disagreement that is none any more is taken off the list", () => {
  const labels = new Map([...read("activecampaign"), ...read("zonemta")].map((l) => [l.id, l.cause]));
  for (const [id, { cause, why }] of Object.entries(DISAGREEMENTS)) {
    expect(labels.has(id), id).toBe(true);
    expect(labels.get(id), `${id} is in agreement`).not.toBe(cause);
    expect(why.length).toBeGreaterThan(20);
  }
});
