/** Counts of the content, and its oldest facts: what check:content prints at the end. */
import type { Content } from "../compiler/compile.ts";

export interface Summary {
  providers: [slug: string, entries: number][];
  causes: [cause: string, entries: number][];
  sources: [kind: string, count: number][];
  examples: number;
  templates: number;
}

const count = (keys: Iterable<string>): [string, number][] => {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
};

export function summarize(content: Content): Summary {
  const { entries } = content;
  return {
    providers: count(entries.map((e) => e.id.split("/")[0] as string)),
    causes: count(entries.map((e) => e.data.cause)),
    sources: count(entries.flatMap((e) => e.data.sources.map((s) => s.kind))),
    examples: entries.reduce((sum, e) => sum + e.data.examples.length, 0),
    templates: entries.reduce((sum, e) => sum + e.data.templates.length, 0),
  };
}

export interface OldSource {
  file: string;
  line: number;
  checked: string;
  url: string;
}

/** The sources that nobody has opened for the longest time. */
export function oldestSources(content: Content, limit: number): OldSource[] {
  return [...content.entries, ...content.providers, ...content.codes, ...content.causes, ...content.guides]
    .flatMap(({ file, data }) =>
      (("sources" in data && data.sources) || []).map(({ checked, url }, i) => ({
        file: file.path,
        line: file.place(["sources", i, "checked"]).line,
        checked,
        url,
      })),
    )
    .sort((a, b) => (a.checked < b.checked ? -1 : a.checked > b.checked ? 1 : a.file < b.file ? -1 : 1))
    .slice(0, limit);
}

/** A list as lines of a table, the longest names first cut to a width of two columns. */
export function printCounts(title: string, counts: readonly [string, number][], columns = 3): string {
  const width = Math.max(...counts.map(([name]) => name.length), 4) + 7;
  const cells = counts.map(([name, n]) => `${String(n).padStart(5)}  ${name}`.padEnd(width + 2));
  const rows: string[] = [];
  for (let i = 0; i < cells.length; i += columns)
    rows.push(
      `  ${cells
        .slice(i, i + columns)
        .join("")
        .trimEnd()}`,
    );
  return `${title}\n${rows.join("\n")}`;
}
