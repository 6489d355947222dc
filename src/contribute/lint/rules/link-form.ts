import { nodesOf, parseMarkdown } from "../../../compiler/markdown.ts";
import type { SourceFile } from "../../../compiler/source-file.ts";
import { isExampleHost, isExampleIp } from "../../mask.ts";
import { hostOf } from "../facts.ts";
import type { LintRule, Place } from "../rule.ts";

export interface FoundLink {
  url: string;
  place: Place;
}

/** All addresses of a file: url, link and source fields, and the links of the body. */
export function linksOf(file: SourceFile): FoundLink[] {
  const found: FoundLink[] = [];
  const walk = (value: unknown, path: PropertyKey[]) => {
    if (Array.isArray(value)) for (const [i, item] of value.entries()) walk(item, [...path, i]);
    else if (typeof value === "object" && value !== null) {
      for (const [key, item] of Object.entries(value)) {
        if ((key === "url" || key === "link" || key === "source") && typeof item === "string")
          found.push({ url: item, place: { path: [...path, key] } });
        else walk(item, [...path, key]);
      }
    }
  };
  walk(file.data, []);
  if (file.body.includes("](") || file.body.includes("]:")) {
    try {
      for (const node of nodesOf(parseMarkdown(file.body))) {
        if ((node.type === "link" || node.type === "definition") && node.url !== undefined) {
          const start = node.position?.start ?? { line: 1, column: 1 };
          found.push({ url: node.url, place: { line: file.bodyLine + start.line - 1, column: start.column } });
        }
      }
    } catch {
      // reported by the compiler
    }
  }
  return found;
}

/** Hosts that shorten, cache or guard: what stands behind them is gone or hidden tomorrow. */
const FLEETING =
  /^(?:bit\.ly|t\.co|goo\.gl|tinyurl\.com|ow\.ly|webcache\.googleusercontent\.com|translate\.goog|.*\.safelinks\.protection\.outlook\.com|urldefense(?:\.proofpoint)?\.com|www\.google\.com)$/;
const TRACKING = /[?&](?:utm_\w+|fbclid|gclid|mc_[ce]id|sessionid|phpsessid|jsessionid|sid)=/i;

function complaintOf(url: string): [message: string, remedy: string] | undefined {
  if (url.startsWith("/") || url.startsWith("#") || url.startsWith("mailto:")) return undefined;
  const bare = url.replace(/\{[a-z]+\}/g, "x");
  const host = hostOf(bare);
  if (host === "") return ["The address cannot be read.", "Copy it anew from the browser."];
  if (isExampleHost(host) || /^where-/.test(host))
    return ["The address is only an example.", "Name the public page where the words were seen."];
  if (/^[\d.]+$/.test(host) ? isExampleIp(host) : !host.includes("."))
    return ["The address leads into a private network.", "Name a public page."];
  if (FLEETING.test(host) && !/^www\.google\.com\/(?!search|url)/.test(bare.replace(/^https?:\/\//, "")))
    return [
      "The address is a redirection or a copy that will not last.",
      "Open it and take the address that it leads to.",
    ];
  if (TRACKING.test(url)) return ["The address carries tracking parameters.", "Remove them."];
  if (/^[a-z]+:\/\/[^/]*@/i.test(url)) return ["The address carries a user name.", "Remove it."];
  if (/[.,;:!)]$/.test(url) && !/\([^)]*\)$/.test(url))
    return ["The address ends in a sign.", "Remove the sign that belongs to the sentence."];
  return undefined;
}

export const linkForm: LintRule = {
  name: "link-form",
  description: "Addresses are public, lasting and clean.",
  severity: "error",
  scope: "file",
  check(file, report) {
    for (const { url, place } of linksOf(file)) {
      const complaint = complaintOf(url);
      if (complaint) report(file, place, { message: complaint[0], remedy: complaint[1], actual: url });
    }
  },
};
