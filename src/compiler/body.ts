/** The body of a content file is Markdown: nothing in it may run when the site is built. */
import type { SourceFile } from "./source-file.ts";

export function checkBody(file: SourceFile): void {
  const lines = file.body.split("\n");
  lines.forEach((text, i) => {
    const plain = text.replace(/`[^`]*`/g, "");
    if (/^\s*(import|export)\s/.test(plain))
      file.fault("body", file.bodyLine + i, 1, "import and export are not allowed in content.", "Use plain Markdown.");
    if (/[{}]/.test(plain))
      file.fault(
        "body",
        file.bodyLine + i,
        plain.search(/[{}]/) + 1,
        "A brace outside of code: MDX would run it as an expression.",
        "Put it into `code`.",
      );
    if (/<[a-z/!]/i.test(plain))
      file.fault(
        "body",
        file.bodyLine + i,
        plain.search(/<[a-z/!]/i) + 1,
        "HTML is not allowed in content.",
        "Use Markdown, or put it into `code`.",
      );
  });
}
