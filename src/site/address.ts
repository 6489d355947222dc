/** Addresses: of pages (below the site's base path), of the repository, and which pages exist. */
import { existsSync, readFileSync } from "node:fs";
import { getManual } from "./manual.ts";

const env = (import.meta as { env?: { BASE_URL?: string; SITE?: string } }).env ?? {};

/** The path that the site lives below, with slashes at both ends. */
export const BASE = (env.BASE_URL ?? "/").replace(/\/?$/, "/");
/** The site's origin, without a slash at the end. */
export const ORIGIN = (env.SITE ?? "http://localhost:4321").replace(/\/+$/, "");

/** A path of the site (/codes/550/) as an address for href. Other addresses stay as they are. */
export const href = (path: string): string => (path.startsWith("/") ? BASE + path.slice(1) : path);

/** A path of the site with its origin, for feeds, sitemaps and social cards. */
export const absolute = (path: string): string => ORIGIN + href(path);

/** The repository's web address, from REPO_URL or package.json; undefined until the project names one. */
export const REPOSITORY: string | undefined = (() => {
  const given = process.env.REPO_URL;
  if (given) return given.replace(/\/+$/, "");
  const { repository } = JSON.parse(readFileSync("package.json", "utf8")) as { repository?: string | { url?: string } };
  const url = typeof repository === "string" ? repository : repository?.url;
  return url?.replace(/^git\+/, "").replace(/\.git$/, "");
})();

/** Where a content file can be edited. */
export const editUrl = (file: string): string | undefined =>
  REPOSITORY ? `${REPOSITORY}/edit/main/content/${file}` : undefined;

let pages: Set<string> | undefined;

/** The paths of all pages that content makes, and of the fixed ones. */
export function existingPages(): Set<string> {
  if (pages) return pages;
  const m = getManual();
  pages = new Set([
    "/",
    "/providers/",
    "/providers/matrix/",
    "/causes/",
    "/codes/",
    "/rules/",
    "/reference/",
    "/contribute/",
    "/changes/",
    ...m.providers.map((p) => `/providers/${p.id}/`),
    ...m.entries.map((e) => `/providers/${e.id}/`),
    ...m.redirects.map((r) => `/providers/${r.from}/`),
    ...m.causes.map((c) => `/causes/${c.id}/`),
    ...m.codes.map((c) => `/codes/${c.code}/`),
    ...m.guides.map((g) => `/guides/${g.id}/`),
    ...(m.guides.length > 0 ? ["/guides/"] : []),
    ...(hasAnalyze() ? ["/analyze/"] : []),
  ]);
  return pages;
}

/** The analysis page is a part of its own; the navigation names it once it is there. */
export const hasAnalyze = (): boolean => existsSync("src/pages/analyze.astro");

const missing = new Set<string>();

/** An address for a link of the content; undefined where it leads to a page that does not exist (yet). */
export function linkTo(path: string): string | undefined {
  if (!path.startsWith("/")) return path;
  const [page = ""] = path.split("#");
  if (existingPages().has(page) || /\.[a-z]{2,4}$/.test(page)) return href(path);
  if (!missing.has(page)) {
    missing.add(page);
    console.warn(`[content] a link leads to ${page}, which is no page of the site`);
  }
  return undefined;
}

/** The HTML of a Markdown body, with the site's own addresses put below the base path; dead links become text. */
export const bodyHtml = (html: string): string =>
  html
    .replace(/<a href="(\/[^"]*)">(.*?)<\/a>/gs, (_, to: string, text: string) => {
      const target = linkTo(to);
      return target === undefined ? text : `<a href="${target}">${text}</a>`;
    })
    .replaceAll("<table>", '<div class="scroll" tabindex="0" role="group" aria-label="Table"><table>')
    .replaceAll("</table>", "</table></div>");
