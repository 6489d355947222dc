/** Tags of YAML's own (!!binary, !!js/function, !!set): they change what a value is, and nobody needs them here. */
import { type CST, LineCounter, Parser } from "yaml";
import type { SourceFile } from "./source-file.ts";

export function checkTags(file: SourceFile): void {
  const end = file.text.indexOf("\n---", 3);
  const yaml = end < 0 ? "" : file.text.slice(file.text.indexOf("\n") + 1, end + 1);
  // Most files have no such sign at all, and a text may have it: only the tokens tell.
  if (!yaml.includes("!!")) return;
  const lines = new LineCounter();
  const stack: unknown[] = [...new Parser(lines.addNewLine).parse(yaml)];
  for (let token = stack.pop(); token !== undefined; token = stack.pop()) {
    if (Array.isArray(token)) stack.push(...token);
    else if (typeof token === "object" && token !== null) {
      const { type, source, offset } = token as CST.SourceToken;
      if (type === "tag" && source.startsWith("!!")) {
        const { line, col } = lines.linePos(offset);
        file.fault(
          "yaml",
          line + 1,
          col,
          "YAML tags (!!name) are not allowed.",
          "Write the value out; quote it where it shall be a text.",
          undefined,
          source,
        );
      } else stack.push(...Object.values(token).filter((v) => typeof v === "object"));
    }
  }
}
