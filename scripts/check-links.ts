/**
 * Opens every address that the content names, and lists those that are gone, moved or silent. Needs the
 * network, so it runs on a calendar (.github/workflows/links.yml), never in the gate.
 *
 *   npm run check:links [-- --markdown] [--only HOST] [--content DIR]
 *
 * Ends with 1 where an address is gone or does not answer.
 */
import { parseArgs } from "node:util";
import { readContent } from "../src/compiler/read-content.ts";
import { checkLinks, collectLinks, type Open, printLinks } from "../src/contribute/links.ts";
import { lint } from "../src/contribute/lint/lint.ts";

const { values } = parseArgs({
  options: {
    markdown: { type: "boolean", default: false },
    only: { type: "string" },
    content: { type: "string", default: "content" },
  },
});

const open: Open = async (url, method) => {
  const response = await fetch(url, {
    method,
    redirect: "follow",
    signal: AbortSignal.timeout(20_000),
    headers: { "user-agent": "smtp-field-manual link check", accept: "text/html,*/*" },
  });
  await response.body?.cancel();
  return { status: response.status, url: response.url };
};

const { compiled } = lint(readContent(values.content), { today: "2999-12-31", rules: [], exceptions: [] });
const links = collectLinks(compiled.content).filter((l) => values.only === undefined || l.url.includes(values.only));
const results = await checkLinks(links, open);
console.log(printLinks(results, values.markdown ? "markdown" : "text"));
if (results.some((r) => r.outcome === "dead" || r.outcome === "unreachable")) process.exitCode = 1;
