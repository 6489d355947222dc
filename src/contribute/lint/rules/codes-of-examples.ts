import type { LintRule } from "../rule.ts";

export const codesOfExamples: LintRule = {
  name: "codes-of-examples",
  description: "The codes that the examples show are listed.",
  severity: "warning",
  scope: "content",
  check({ entries }, report, facts) {
    const byId = new Map(entries.map((e) => [e.id, e]));
    for (const { entry: id, index, told } of facts.examples) {
      const entry = byId.get(id);
      if (!entry) continue;
      const { reply, status } = entry.data;
      const missing = [
        told.reply !== undefined && reply.length > 0 && !reply.includes(told.reply) ? `reply ${told.reply}` : "",
        told.status !== undefined && status.length > 0 && !status.includes(told.status) ? `status ${told.status}` : "",
      ].filter(Boolean);
      if (missing.length > 0)
        report(
          entry.file,
          { path: ["examples", index, "text"] },
          {
            message: "The example has a code that the entry does not list.",
            remedy: "Add the code, or check that the example belongs here.",
            expected: `${[reply.join(", "), status.join(", ")].filter(Boolean).join(" / ")}`,
            actual: missing.join(", "),
          },
        );
    }
  },
};
