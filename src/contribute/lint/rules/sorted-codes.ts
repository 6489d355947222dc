import { isScalar, isSeq } from "yaml";
import type { LintRule } from "../rule.ts";
import { mapValues } from "../yaml-text.ts";

const key = (code: string | number) =>
  String(code)
    .split(".")
    .map((p) => p.padStart(4, "0"))
    .join(".");
const sorted = <T extends string | number>(codes: readonly T[]): T[] =>
  [...new Set(codes)].sort((a, b) => (key(a) < key(b) ? -1 : 1));

export const sortedCodes: LintRule = {
  name: "sorted-codes",
  description: "Reply codes and statuses stand in order, each once.",
  severity: "error",
  scope: "entry",
  check({ file, data }, report) {
    for (const field of ["reply", "status"] as const) {
      const codes: (string | number)[] = data[field];
      const right = sorted(codes);
      if (codes.join() !== right.join())
        report(
          file,
          { path: [field] },
          {
            message: "The codes are not in order.",
            remedy: "Sort them, each once.",
            expected: `[${right.join(", ")}]`,
            actual: `[${codes.join(", ")}]`,
          },
        );
    }
  },
  fix: (source) =>
    mapValues(source, (node, raw, path) => {
      if (!isSeq(node) || path.length !== 1 || (path[0] !== "reply" && path[0] !== "status")) return undefined;
      const items = node.items.map((i) => (isScalar(i) ? i.value : undefined));
      if (!items.every((i) => typeof i === "string" || typeof i === "number") || !raw.startsWith("[")) return undefined;
      const right = sorted(items);
      return right.join() === items.join() ? undefined : `[${right.join(", ")}]`;
    }),
};
