/** Opens the addresses of the content and says which no longer answer. The network is passed in. */
import type { Content } from "../compiler/compile.ts";
import { allParsed, hostOf } from "./lint/facts.ts";
import { linksOf } from "./lint/rules/link-form.ts";

export interface Suppressed {
  /** A host; its subdomains are meant, too. */
  host: string;
  reason: string;
}

/** Hosts whose answer to a program says nothing about the page. Each with its reason. */
export const SUPPRESSED: readonly Suppressed[] = [
  { host: "support.microsoft.com", reason: "answers programs with 403 now and then" },
  { host: "learn.microsoft.com", reason: "limits the rate of programs; its pages are many here" },
  { host: "serverfault.com", reason: "answers programs with 403" },
  { host: "stackoverflow.com", reason: "answers programs with 403" },
  { host: "superuser.com", reason: "answers programs with 403" },
  { host: "reddit.com", reason: "answers programs with 403 or 429" },
  { host: "spamhaus.org", reason: "asks programs to prove that they are people" },
  { host: "web.archive.org", reason: "limits the rate strictly; archived copies do not move" },
];

export interface LinkUse {
  url: string;
  /** Files that name it, with lines. */
  places: string[];
}

export interface LinkResult extends LinkUse {
  outcome: "ok" | "moved" | "dead" | "unreachable" | "suppressed";
  detail: string;
}

/** Every address of the content, once, with the places that name it. */
export function collectLinks(content: Content): LinkUse[] {
  const found = new Map<string, string[]>();
  for (const { file } of allParsed(content)) {
    for (const { url, place } of linksOf(file)) {
      if (!/^https?:\/\//.test(url) || url.includes("{")) continue;
      const bare = url.replace(/#.*$/, "");
      const line = "line" in place ? place.line : file.place(place.path).line;
      found.set(bare, [...(found.get(bare) ?? []), `${file.path}:${line}`]);
    }
  }
  return [...found].map(([url, places]) => ({ url, places })).sort((a, b) => (a.url < b.url ? -1 : 1));
}

/** The part of fetch that is needed. */
export type Open = (url: string, method: "HEAD" | "GET") => Promise<{ status: number; url: string }>;

/** Eight hosts at a time, one address after the other at each: nobody is flooded. */
const HOSTS_AT_A_TIME = 8;

export async function checkLinks(
  links: readonly LinkUse[],
  open: Open,
  { pause = 500, suppressed = SUPPRESSED }: { pause?: number; suppressed?: readonly Suppressed[] } = {},
): Promise<LinkResult[]> {
  const byHost = new Map<string, LinkUse[]>();
  for (const link of links) byHost.set(hostOf(link.url), [...(byHost.get(hostOf(link.url)) ?? []), link]);
  const queue = [...byHost.values()];
  const results: LinkResult[] = [];
  const work = async () => {
    for (let host = queue.shift(); host !== undefined; host = queue.shift()) {
      for (const link of host) {
        const why = suppressed.find((s) => `.${hostOf(link.url)}`.endsWith(`.${s.host}`));
        if (why) {
          results.push({ ...link, outcome: "suppressed", detail: why.reason });
          continue;
        }
        results.push(await tryLink(link, open));
        if (pause > 0) await new Promise((done) => setTimeout(done, pause));
      }
    }
  };
  await Promise.all(Array.from({ length: HOSTS_AT_A_TIME }, work));
  return results.sort((a, b) => (a.url < b.url ? -1 : 1));
}

async function tryLink(link: LinkUse, open: Open): Promise<LinkResult> {
  let last = "";
  // Some servers know no HEAD, some fail once.
  for (const method of ["HEAD", "GET", "GET"] as const) {
    try {
      const { status, url } = await open(link.url, method);
      if (status >= 200 && status < 300) {
        const moved = pathOf(url) !== pathOf(link.url);
        // A page that leads to the front page is gone.
        if (moved && /^https?:\/\/[^/]+\/?$/.test(url)) return { ...link, outcome: "dead", detail: `leads to ${url}` };
        return { ...link, outcome: moved ? "moved" : "ok", detail: moved ? url : String(status) };
      }
      last = String(status);
      if ((status === 404 || status === 410) && method === "GET") return { ...link, outcome: "dead", detail: last };
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
  }
  return { ...link, outcome: "unreachable", detail: last };
}

const pathOf = (url: string) =>
  url
    .replace(/^https?:\/\/(?:www\.)?/, "")
    .replace(/[/#]+$/, "")
    .toLowerCase();

/** @param form text for a terminal, markdown for an issue */
export function printLinks(results: readonly LinkResult[], form: "text" | "markdown"): string {
  const md = form === "markdown";
  const out: string[] = [];
  const group = (title: string, outcome: LinkResult["outcome"]) => {
    const list = results.filter((r) => r.outcome === outcome);
    if (list.length === 0) return;
    out.push(md ? `### ${title}: ${list.length}\n` : `${title}: ${list.length}`);
    for (const r of list.slice(0, 300)) {
      const places = `${r.places.slice(0, 3).join(", ")}${r.places.length > 3 ? `, … (${r.places.length})` : ""}`;
      out.push(md ? `- ${r.url} (${r.detail}): ${places}` : `  ${r.url}\n    ${r.detail}; ${places}`);
    }
    out.push("");
  };
  group("Gone", "dead");
  group("No answer", "unreachable");
  group("Moved", "moved");
  const quiet = results.filter((r) => r.outcome === "suppressed").length;
  out.push(
    `${results.length} addresses, ${results.filter((r) => r.outcome === "ok").length} answer, ${quiet} not asked.`,
  );
  if (quiet > 0 && md) {
    const hosts = SUPPRESSED.filter((s) =>
      results.some((r) => r.outcome === "suppressed" && `.${hostOf(r.url)}`.endsWith(`.${s.host}`)),
    );
    out.push(`\n| not asked | why |\n|---|---|\n${hosts.map((s) => `| ${s.host} | ${s.reason} |`).join("\n")}`);
  }
  return out.join("\n");
}
