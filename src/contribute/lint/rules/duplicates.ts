import type { Parsed } from "../../../compiler/compile.ts";
import type { Response } from "../../../model/index.ts";
import { fold } from "../../../template/index.ts";
import type { LintRule } from "../rule.ts";

/** A reply with its addresses made equal. */
const shapeOf = (text: string) =>
  fold(text)
    .text.replace(/[^\s<>@]+@[^\s<>]+/g, "@")
    .replace(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, "0")
    .replace(/[^\p{L}\p{N}@]+/gu, " ")
    .trim();

export const duplicateExamples: LintRule = {
  name: "duplicate-examples",
  description: "One reply is the example of one entry.",
  severity: "warning",
  scope: "content",
  check({ entries }, report) {
    const seen = new Map<string, { entry: Parsed<Response>; index: number }>();
    for (const entry of entries) {
      entry.data.examples.forEach((x, index) => {
        const key = `${shapeOf(x.text)}|${x.mx ?? ""}|${x.recipient ?? ""}`;
        const first = seen.get(key);
        if (!first) seen.set(key, { entry, index });
        // Common words may be some program's own words, too: the compiler lets its entry win.
        else if (first.entry.id === entry.id || ![first.entry.id, entry.id].some((id) => id.startsWith("common/")))
          report(
            entry.file,
            { path: ["examples", index, "text"] },
            {
              message:
                first.entry.id === entry.id
                  ? "The same reply stands twice in this entry."
                  : `The same reply is an example of ${first.entry.id}.`,
              remedy:
                first.entry.id === entry.id
                  ? "Keep one."
                  : "Keep it where it belongs; where both are right, make them one entry, or say by mx or recipient what tells them apart.",
              actual: x.text.trim().slice(0, 120),
            },
          );
      });
    }
  },
};

export const duplicateEntries: LintRule = {
  name: "duplicate-entries",
  description: "Two entries of a provider do not share a template, and do not have the same title.",
  severity: "error",
  scope: "content",
  check({ entries }, report) {
    const titles = new Map<string, string>();
    const templates = new Map<string, Parsed<Response>>();
    for (const entry of entries) {
      const provider = entry.id.split("/")[0] as string;
      const title = `${provider} ${fold(entry.data.title).text}`;
      const first = titles.get(title);
      if (first === undefined) titles.set(title, entry.id);
      else
        report(
          entry.file,
          { path: ["title"] },
          {
            message: `The entry ${first} has the same title.`,
            remedy: "Say in the title what differs, or make both one entry.",
            actual: entry.data.title,
          },
        );
      entry.data.templates.forEach((t, i) => {
        const text = typeof t === "string" ? t : t.text;
        const key = `${provider} ${fold(text.replace(/\{(\w+):\w+\}/g, "{$1}")).text}`;
        const other = templates.get(key);
        if (other === undefined) templates.set(key, entry);
        else if (other.id !== entry.id && !toldApart(other.data, entry.data))
          report(
            entry.file,
            { path: ["templates", i] },
            {
              message: `The entry ${other.id} has the same template.`,
              remedy: "Make both one entry, or give both codes that differ.",
              actual: text,
            },
          );
      });
    }
  },
};

function toldApart(a: Response, b: Response): boolean {
  const apart = <T>(x: readonly T[], y: readonly T[]) => x.length > 0 && y.length > 0 && !x.some((v) => y.includes(v));
  return apart(a.reply, b.reply) || apart(a.status, b.status);
}
