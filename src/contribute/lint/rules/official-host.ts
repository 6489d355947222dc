import { hostOf, hostsOf, registrable } from "../facts.ts";
import type { LintRule } from "../rule.ts";

/** Where standards and programs are at home: official for words that nobody else owns, and for server software. */
const OF_ALL =
  /(?:^|\.)(?:rfc-editor\.org|ietf\.org|iana\.org|github\.com|githubusercontent\.com|gitlab\.com|sourceforge\.net|sourceforge\.io|web\.archive\.org|archive\.org|debian\.org|launchpad\.net|readthedocs\.io)$/;

export const officialHost: LintRule = {
  name: "official-host",
  description: "An official source stands on a host of the provider.",
  severity: "warning",
  scope: "entry",
  check({ id, file, data }, report, { providers }) {
    const slug = id.split("/")[0] as string;
    const provider = providers.get(slug);
    if (!provider || provider.type === "common") return;
    const own = new Set(hostsOf(provider).map(registrable));
    data.sources.forEach(({ url, kind }, i) => {
      if (kind !== "official") return;
      const host = hostOf(url);
      if (OF_ALL.test(host) || own.has(registrable(host)) || registrable(host).includes(slug.replaceAll("-", "")))
        return;
      report(
        file,
        { path: ["sources", i, "url"] },
        {
          message: "The source is called official, but its host is not known as the provider's.",
          remedy:
            "Call it observed; or, where the host is the provider's, name one of its pages in links of the provider's page.",
          actual: host,
        },
      );
    });
  },
};
