import type { Facts } from "../facts.ts";
import { proseOf } from "../prose.ts";
import type { LintRule } from "../rule.ts";

/** Names that are ordinary words, too: only their context tells, so nobody is corrected. */
const ORDINARY = new Set(
  "resend postal momentum free orange sky bell courier apple common time mail cox shaw aol spectrum rackspace abuse google titan one barracuda mimecast validity mailgun zoho amazon oracle kerio cloud mac me live".split(
    " ",
  ),
);

/** Usual wrong spellings that no name can tell. */
const WRONG: [pattern: RegExp, right: string][] = [
  [/\bSpam ?[Hh]ouse\b/g, "Spamhaus"],
  [/\bG-?[Mm]ail(?<!Gmail)\b/g, "Gmail"],
  [/\bHot[Mm]ail(?<!Hotmail)\b/g, "Hotmail"],
  [/\b(?:MicroSoft|Micro soft)\b/g, "Microsoft"],
  [/\b(?:PostFix|postFix)\b/g, "Postfix"],
  [/\bSendMail\b/g, "Sendmail"],
  [/\b[Ss]pam-?[Aa]ssassin(?<!SpamAssassin)\b/g, "SpamAssassin"],
  [/\bOffice365\b|\bO365\b/g, "Microsoft 365"],
];

const cache = new WeakMap<Facts, Map<string, string>>();

/** Lower-case form of every one-word name, to its right spelling. */
function namesOf(facts: Facts): Map<string, string> {
  let names = cache.get(facts);
  if (!names) {
    names = new Map();
    const spellings = new Map<string, Set<string>>();
    for (const { name, aliases } of facts.providers.values()) {
      for (const spelling of [name, ...aliases]) {
        if (!/^[A-Za-z][A-Za-z0-9]{3,}$/.test(spelling)) continue;
        const key = spelling.toLowerCase();
        spellings.set(key, (spellings.get(key) ?? new Set()).add(spelling));
      }
    }
    for (const [key, set] of spellings)
      if (set.size === 1 && !ORDINARY.has(key)) for (const one of set) names.set(key, one);
    cache.set(facts, names);
  }
  return names;
}

export const providerNames: LintRule = {
  name: "provider-names",
  description: "Providers are spelled as they spell themselves.",
  severity: "error",
  scope: "file",
  check(file, report, facts) {
    const names = namesOf(facts);
    for (const { text, place, field } of proseOf(file)) {
      if (field === "name" || field === "note" || field === "label") continue;
      // Addresses, hosts, paths and quoted words are not our spelling.
      const own = text.replace(/[^\s]*[@/_=#][^\s]*|\b[\w-]+(?:\.[\w-]+)+\b|["“«][^"”»]{1,80}["”»]/g, (q) =>
        " ".repeat(q.length),
      );
      const complain = (at: number, actual: string, expected: string) =>
        report(file, "path" in place ? { ...place, offset: at } : place, {
          message: "A provider's name is spelled differently.",
          remedy: "Spell it as the provider does.",
          expected,
          actual,
        });
      for (const m of own.matchAll(/(?<![\w.-])[A-Za-z][A-Za-z0-9]{3,}(?![\w-]|\.\w)/g)) {
        const right = names.get(m[0].toLowerCase());
        if (right === undefined || right === m[0]) continue;
        // A name in lower case may begin a sentence; a program's name in lower case is its command.
        if (right === right.toLowerCase() && m[0].slice(1) === right.slice(1)) continue;
        if (m[0] === m[0].toLowerCase() && facts.providers.get(m[0])?.type === "server") continue;
        complain(m.index, m[0], right);
      }
      for (const [pattern, right] of WRONG) for (const m of own.matchAll(pattern)) complain(m.index, m[0], right);
    }
  },
};
