import type { Content } from "../../../compiler/compile.ts";
import type { LintRule } from "../rule.ts";
import { linksOf } from "./link-form.ts";

export const deadPages: LintRule = {
  name: "dead-pages",
  description: "Links to pages of the manual lead to pages that exist, and to an entry's present address.",
  severity: "error",
  scope: "content",
  check(content, report, facts) {
    const moved = new Map(content.redirects.map((r) => [`/providers/${r.id}/`, r.data.moved_to]));
    const pages = new Set([
      ...content.providers.map((p) => `/providers/${p.id}/`),
      ...content.entries.map((e) => `/providers/${e.id}/`),
      ...content.causes.map((c) => `/causes/${c.id}/`),
      ...codesOf(content).map((code) => `/codes/${code}/`),
      ...content.guides.map((g) => `/guides/${g.id}/`),
    ]);
    for (const file of facts.files) {
      for (const { url, place } of linksOf(file)) {
        const page = /^\/(?:providers|causes|codes|guides)\/[^#?]+/.exec(url)?.[0];
        // While there are no guides at all, none can be missed.
        if (page?.startsWith("/guides/") && content.guides.length === 0) continue;
        if (page === undefined || page.includes("{") || pages.has(page) || page === "/providers/matrix/") continue;
        const to = moved.get(page);
        const near = to ? `/providers/${to[0]}/` : pages.has(`${page}/`) ? `${page}/` : undefined;
        report(file, place, {
          message: to ? "The link leads to an entry that has moved." : "The link leads to a page that does not exist.",
          remedy: near ? "Link to its present address." : "Correct the address, or leave the link out.",
          expected: near,
          actual: url,
        });
      }
    }
  },
};

/** The codes that have a page: those of the standards in each of their classes, and those that entries carry. */
function codesOf({ codes, entries }: Content): string[] {
  return [
    ...codes.flatMap(({ id, data }) => {
      if (!id.startsWith("x.")) return [id];
      return (data.classes.length > 0 ? data.classes : [4, 5]).map((c) => `${c}${id.slice(1)}`);
    }),
    ...entries.flatMap((e) => [...e.data.reply.map(String), ...e.data.status]),
  ];
}
