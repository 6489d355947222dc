import type { LintRule } from "../rule.ts";

/** So many examples of entries with another cause may hold a template's words by chance. */
const MAX_FOREIGN = 4;

export const templateTooGreedy: LintRule = {
  name: "template-too-greedy",
  description: "A template does not match many examples of other entries with another cause.",
  severity: "warning",
  scope: "content",
  check({ entries }, report, facts) {
    const byId = new Map(entries.map((e) => [e.id, e]));
    const foreign = new Map<string, string[]>();
    for (const { entry, told } of facts.examples) {
      const own = byId.get(entry);
      for (const other of told.alternatives) {
        if (other.entry === undefined || other.template === undefined || other.cause === own?.data.cause) continue;
        const key = `${other.entry}\n${other.template}`;
        const list = foreign.get(key) ?? [];
        if (!list.includes(entry)) list.push(entry);
        foreign.set(key, list);
      }
    }
    for (const [key, list] of foreign) {
      if (list.length <= MAX_FOREIGN) continue;
      const [id = "", text = ""] = key.split("\n");
      // Common words are nets: they lose to everything narrower.
      if (id.startsWith("common/")) continue;
      const entry = byId.get(id);
      const index = entry?.data.templates.findIndex((t) => (typeof t === "string" ? t : t.text) === text) ?? -1;
      const given = entry?.data.templates[index];
      if (!entry || given === undefined || (typeof given !== "string" && given.strength === "weak")) continue;
      report(
        entry.file,
        { path: ["templates", index] },
        {
          message: `The template also stands in examples of ${list.length} entries with another cause.`,
          remedy: "Take more words, so that it means this reason only; or mark it { text: …, strength: weak }.",
          expected: `${MAX_FOREIGN} at most`,
          actual: `${list.slice(0, 5).join(", ")}${list.length > 5 ? ", …" : ""}`,
        },
      );
    }
  },
};
