/** The body of content: what is text stays, and every fault has its place. */
import { describe, expect, it } from "vitest";
import { checkBody } from "../../src/compiler/body.ts";
import { SourceFile } from "../../src/compiler/source-file.ts";

const faultsOf = (body: string) => {
  const file = new SourceFile({ path: "a.mdx", text: `---\ntitle: x\n---\n${body}` });
  checkBody(file);
  return file.faults;
};

describe("bodies that are fine", () => {
  it.each([
    ["nothing", ""],
    ["blank lines", "\n\n"],
    ["paragraphs", "One.\n\nTwo, with *stress* and **more**.\n"],
    ["headings in order", "## A\n\n### B\n\n## C\n"],
    ["braces and tags in code", "Write `{ip}` and `<user@example.com>`.\n\n```\n{x} <b> import y\n```\n"],
    ["links", "[a](https://example.org/x?y=1#z), [b](/codes/550/), [c](#there), [d](mailto:user@example.com)\n"],
    ["a link by reference", "[a][1]\n\n[1]: https://example.org/\n"],
    ["a table", "| a | b |\n|---|---|\n| 1 | `{2}` |\n"],
    ["lists and quotes", "1. a\n   - b\n\n> said so\n"],
    ["a sign that looks like a tag", "a < b, 3 > 2, <3\n".replace("<3", "&lt;3")],
    ["a sentence with import", "They import mail from elsewhere.\n"],
    ["escaped braces", "A \\{brace\\}.\n"],
    ["Windows line ends", "One.\r\n\r\n## Two\r\n"],
  ])("%s", (_, body) => {
    expect(faultsOf(body)).toEqual([]);
  });
});

describe("places", () => {
  it.each([
    ["Text.\n\n  and <b>bold</b>\n", 6, 7],
    ["## A\n\nText {x}.\n", 6, 6],
    ["One\n\n[x](javascript:y) and [z](//host)\n", 6, 1],
    ["One\n\n> - a {b}\n", 6, 7],
  ])("%j", (body, line, column) => {
    expect(faultsOf(body)[0]).toMatchObject({ line, column, rule: "body" });
  });
  it("each link is named by itself", () => {
    expect(faultsOf("[x](javascript:y) and [z](//host)\n").map((f) => f.actual)).toEqual(["javascript:y", "//host"]);
  });
});
