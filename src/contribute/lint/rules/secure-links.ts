import { isScalar } from "yaml";
import type { Facts } from "../facts.ts";
import { hostOf } from "../facts.ts";
import type { LintRule } from "../rule.ts";
import { mapValues } from "../yaml-text.ts";
import { linksOf } from "./link-form.ts";

const known = new WeakMap<Facts, Set<string>>();

/** Hosts that the content already reaches by https. */
function secureHosts(facts: Facts): Set<string> {
  let hosts = known.get(facts);
  if (!hosts) {
    hosts = new Set(
      facts.files.flatMap((f) => linksOf(f).flatMap(({ url }) => (url.startsWith("https://") ? [hostOf(url)] : []))),
    );
    known.set(facts, hosts);
  }
  return hosts;
}

export const secureLinks: LintRule = {
  name: "secure-links",
  description: "A host that is reached by https elsewhere in the content is reached so everywhere.",
  severity: "error",
  scope: "file",
  check(file, report, facts) {
    for (const { url, place } of linksOf(file)) {
      if (url.startsWith("http://") && secureHosts(facts).has(hostOf(url)))
        report(file, place, {
          message: "The address is not secure, though the host is reached by https elsewhere.",
          remedy: "Write https://.",
          actual: url,
        });
    }
  },
  fix: (source, facts) =>
    mapValues(source, (node, raw, path) => {
      const key = path.at(-1);
      if (!isScalar(node) || (key !== "url" && key !== "link" && key !== "source")) return undefined;
      const { value } = node;
      return typeof value === "string" && value.startsWith("http://") && secureHosts(facts).has(hostOf(value))
        ? raw.replace("http://", "https://")
        : undefined;
    }),
};
