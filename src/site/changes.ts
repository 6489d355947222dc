/** What was added and changed, from the dates in the content. */
import { getManual } from "./manual.ts";

export interface Change {
  date: string;
  what: "Added" | "Changed" | "New provider" | "New guide";
  /** The provider's name, or Guides. */
  owner: string;
  /** The page of the provider, or of the guides. */
  home: string;
  title: string;
  path: string;
  summary: string;
}

/** Newest first; within a day by title. */
export function changes(): Change[] {
  const m = getManual();
  const list: Change[] = [
    ...m.entries.flatMap(({ id, data, provider }): Change[] => {
      const owner = m.provider.get(provider)?.data.name ?? provider;
      const base = {
        owner,
        home: `/providers/${provider}/`,
        title: `${owner}: ${data.title}`,
        path: `/providers/${id}/`,
        summary: data.meaning,
      };
      const added: Change = { ...base, date: data.added, what: "Added" };
      return data.changed && data.changed !== data.added
        ? [{ ...base, date: data.changed, what: "Changed" }, added]
        : [added];
    }),
    ...m.providers.map(
      (p): Change => ({
        date: p.data.added,
        what: "New provider",
        owner: p.data.name,
        home: `/providers/${p.id}/`,
        title: p.data.name,
        path: `/providers/${p.id}/`,
        summary: p.data.summary,
      }),
    ),
    ...m.guides.map(
      (g): Change => ({
        date: g.data.added,
        what: "New guide",
        owner: "Guides",
        home: "/guides/",
        title: g.data.title,
        path: `/guides/${g.id}/`,
        summary: g.data.description,
      }),
    ),
  ];
  return list.sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : a.title.localeCompare(b.title, "en")));
}
