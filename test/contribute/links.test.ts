/** The link check, without a network. */
import { expect, it } from "vitest";
import { compile } from "../../src/compiler/compile.ts";
import { checkLinks, collectLinks, type Open, printLinks, SUPPRESSED } from "../../src/contribute/links.ts";
import { entry, small } from "./small.ts";

const { content } = compile(
  small({
    "providers/acme/message-blorked.mdx": entry(
      {},
      "\nSee [a page](https://forum.acme-mail.com/t/1#post) and [there](/codes/550/).\n",
    ),
  }),
);

it("collects every address once, with its places and without its fragment", () => {
  const links = collectLinks(content);
  const urls = links.map((l) => l.url);
  expect(new Set(urls).size).toBe(urls.length);
  expect(urls).toContain("https://forum.acme-mail.com/t/1");
  expect(urls.every((u) => u.startsWith("https://"))).toBe(true);
  expect(links.find((l) => l.url === "https://help.acme-mail.com/errors")?.places.length).toBeGreaterThan(1);
});

it("tells what is gone, moved, silent or not to be asked", async () => {
  const asked: string[] = [];
  const answers: Record<string, { status: number; url?: string } | Error> = {
    "https://a.org/ok": { status: 200 },
    "https://a.org/no-head": { status: 200 },
    "https://a.org/gone": { status: 404 },
    "https://a.org/moved": { status: 200, url: "https://a.org/new" },
    "https://a.org/front": { status: 200, url: "https://a.org/" },
    "https://b.org/silent": new Error("timed out"),
    "https://b.org/busy": { status: 503 },
  };
  const open: Open = async (url, method) => {
    asked.push(`${method} ${url}`);
    if (url.endsWith("/no-head") && method === "HEAD") return { status: 405, url };
    const answer = answers[url];
    if (answer === undefined) throw new Error(`asked for ${url}`);
    if (answer instanceof Error) throw answer;
    return { url, ...answer };
  };
  const urls = [...Object.keys(answers), "https://www.spamhaus.org/query/"];
  const results = await checkLinks(
    urls.map((url) => ({ url, places: ["x.mdx:1"] })),
    open,
    { pause: 0 },
  );
  const outcomes = Object.fromEntries(results.map((r) => [r.url, r.outcome]));
  expect(outcomes).toEqual({
    "https://a.org/ok": "ok",
    "https://a.org/no-head": "ok",
    "https://a.org/gone": "dead",
    "https://a.org/moved": "moved",
    "https://a.org/front": "dead",
    "https://b.org/silent": "unreachable",
    "https://b.org/busy": "unreachable",
    "https://www.spamhaus.org/query/": "suppressed",
  });
  expect(asked.some((a) => a.includes("spamhaus"))).toBe(false);
  const text = printLinks(results, "markdown");
  for (const part of ["### Gone: 2", "### No answer: 2", "### Moved: 1", "| spamhaus.org |"])
    expect(text).toContain(part);
});

it("every host that is not asked has a reason", () => {
  for (const { host, reason } of SUPPRESSED) expect(reason, host).toMatch(/\w{4}.*\w{4}/);
});
