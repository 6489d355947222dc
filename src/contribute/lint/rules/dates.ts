import type { LintRule } from "../rule.ts";

/** A day later than today may stand in a time zone further east. */
const tomorrow = (today: string) => new Date(Date.parse(today) + 86_400_000).toISOString().slice(0, 10);

export const dates: LintRule = {
  name: "dates",
  description: "Days are not in the future, and in a possible order.",
  severity: "error",
  scope: "file",
  check(file, report, { today }) {
    const limit = tomorrow(today);
    const data = file.data as Record<string, unknown> | undefined;
    const walk = (value: unknown, path: PropertyKey[]) => {
      if (typeof value === "object" && value !== null)
        for (const [key, item] of Object.entries(value))
          walk(item, [...path, Array.isArray(value) ? Number(key) : key]);
      else if (typeof value === "string" && ["checked", "added", "changed"].includes(String(path.at(-1)))) {
        if (value > limit)
          report(
            file,
            { path },
            {
              message: "The day is in the future.",
              remedy: "Write the day on which it was done.",
              expected: `${today} or before`,
              actual: value,
            },
          );
        else if (value < "2000-01-01")
          report(
            file,
            { path },
            { message: "The day is older than the manual could be.", remedy: "Correct the year.", actual: value },
          );
      }
    };
    walk(data, []);
    const { added, changed } = data ?? {};
    if (typeof added === "string" && typeof changed === "string" && changed < added)
      report(
        file,
        { path: ["changed"] },
        {
          message: "The entry was changed before it was added.",
          remedy: "Correct one of the days.",
          expected: `${added} or later`,
          actual: changed,
        },
      );
  },
};
