import type { LintRule } from "../rule.ts";

export const needlessOverrides: LintRule = {
  name: "needless-overrides",
  description: "An entry does not repeat what its cause says.",
  severity: "warning",
  scope: "entry",
  check({ file, data }, report, { causes }) {
    const cause = causes.get(data.cause);
    if (!cause) return;
    const same = (field: "kind" | "action" | "severity") => {
      if (data[field] === undefined || data[field] !== cause[field]) return;
      // A fixed kind or action also switches off what follows the reply code.
      if (field === "kind" && cause.follows_reply) return;
      if (field === "action" && cause.soft_action !== undefined && cause.soft_action !== cause.action) return;
      report(
        file,
        { path: [field] },
        {
          message: `The cause ${data.cause} has the same ${field}.`,
          remedy: `Remove ${field}: entries say only what differs.`,
          actual: data[field],
        },
      );
    };
    same("kind");
    same("action");
    same("severity");
  },
};
