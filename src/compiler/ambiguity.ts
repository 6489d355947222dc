/** Two entries that could win the same text at the same rank: nobody could say which is right. */
import { baseOf } from "../classifier/rank.ts";
import type { Response } from "../model/index.ts";
import type { Template } from "../template/index.ts";
import type { Content, Parsed, ParsedTemplate } from "./compile.ts";

/** What a template matches, whatever its placeholders are called. */
function shapeOf(template: Template): string {
  return JSON.stringify(
    template.parts.map((p) => (p.type === "literal" ? p.text : p.type === "slot" ? [p.kind] : p.options.toSorted())),
  );
}

/** Codes tell two entries apart where both name some and none is shared. */
function codesDiffer(a: Response, b: Response): boolean {
  const apart = <T>(x: readonly T[], y: readonly T[]) => x.length > 0 && y.length > 0 && !x.some((v) => y.includes(v));
  return apart(a.reply, b.reply) || apart(a.status, b.status);
}

/** Reports templates that stand in two entries, where neither strength, codes nor context tell them apart. */
export function checkAmbiguity(content: Content, templates: ReadonlyMap<string, ParsedTemplate[]>): void {
  const types = new Map(content.providers.map((p) => [p.id, p.data.type]));
  const seen = new Map<string, { entry: Parsed<Response>; text: string }[]>();
  for (const entry of content.entries) {
    const provider = entry.id.split("/")[0] as string;
    const type = types.get(provider);
    if (!type) continue;
    (templates.get(entry.id) ?? []).forEach(({ template, text, strength, index }) => {
      const base = baseOf(type, entry.data.distinctive, strength);
      const key = `${base} ${shapeOf(template)}`;
      const rivals = seen.get(key) ?? [];
      for (const rival of rivals) {
        if (rival.entry.id === entry.id) {
          entry.file.faultAt(
            ["templates", index],
            "ambiguous",
            "The template stands twice in this entry.",
            "Remove one: case, quotes and blanks do not count.",
            undefined,
            text,
          );
        } else if (!toldApart(entry, rival.entry)) {
          entry.file.faultAt(
            ["templates", index],
            "ambiguous",
            `The entry ${rival.entry.id} has the same template at the same rank.`,
            "Keep the words in one entry; or mark what many use as distinctive: false; or give both entries codes that differ.",
            undefined,
            text,
          );
        }
      }
      seen.set(key, [...rivals, { entry, text }]);
    });
  }
}

function toldApart(a: Parsed<Response>, b: Parsed<Response>): boolean {
  const sameProvider = a.id.split("/")[0] === b.id.split("/")[0];
  if (!sameProvider && !a.data.distinctive && !b.data.distinctive) return true;
  return codesDiffer(a.data, b.data);
}
