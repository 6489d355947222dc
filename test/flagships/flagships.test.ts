/**
 * The six flagships: every response that their documents list, and every token inside their replies. A row
 * states a fact and the words that show it; who removes an entry, a template or a token, or lets another
 * entry win, sees it here. The rows were made from the providers' documents, not from the entries.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rules } from "../rules.ts";

/** The reply of one row of a provider's list. */
interface ResponseRow {
  /** The fact, in short: code and what it says. */
  response: string;
  /** The reply's words, as the document or a bounce has them. */
  text: string;
  /** Where the words alone do not name the provider: who answered. */
  mx?: string;
  /** The entry that must answer. */
  entry: string;
}
/** A token that readers ask about. */
interface TokenRow {
  token: string;
  /** A reply that carries it. */
  text: string;
  mx?: string;
}

const FOLDER = "test/flagships";
const files = readdirSync(FOLDER).filter((f) => f.endsWith(".jsonl"));
const read = (file: string): (ResponseRow | TokenRow)[] =>
  readFileSync(`${FOLDER}/${file}`, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

it("has a list for each flagship", () => {
  expect(files.sort()).toEqual(
    ["apple", "comcast", "exchange-online", "gmail", "outlook", "spamhaus", "yahoo"].map((p) => `${p}.jsonl`),
  );
});

describe.each(files)("%s", (file) => {
  const provider = file.replace(".jsonl", "");
  const rows = read(file);
  const responses = rows.filter((r): r is ResponseRow => "response" in r);
  const tokens = rows.filter((r): r is TokenRow => "token" in r);

  it.each(responses)("$response", ({ text, mx, entry }) => {
    const told = rules.classify(text, mx === undefined ? undefined : { mx });
    expect(told.basis).toBe("entry");
    expect(told.entry).toBe(entry);
    // Spamhaus' listings are mostly told by those who refuse because of them.
    if (provider !== "spamhaus") expect(told.provider).toBe(provider);
    expect(existsSync(`content/providers/${entry}.mdx`)).toBe(true);
  });

  it.each(tokens)("token $token is explained", ({ token, text, mx }) => {
    const told = rules.classify(text, mx === undefined ? undefined : { mx });
    const marked = told.spans.filter((s) => s.role === "token" && s.ref === provider);
    expect(marked.map((s) => s.value.toLowerCase()).join(" ")).toContain(token.toLowerCase());
    for (const span of marked) expect(span.note?.length ?? 0).toBeGreaterThan(9);
  });
});
