import { proseOf } from "../prose.ts";
import type { LintRule } from "../rule.ts";

/** Words that sound like an office, and what people say. */
const PLAIN: [pattern: RegExp, better: string][] = [
  [/\butili[sz](?:e[sd]?|ing|ation)\b/gi, "use"],
  [/\bleverag(?:e[sd]?|ing)\b/gi, "use"],
  [/\bin order to\b/gi, "to"],
  [/\bprior to\b/gi, "before"],
  [/\bsubsequent(?:ly)?\b/gi, "later, then"],
  [/\bcommenc(?:e[sd]?|ing)\b/gi, "begin"],
  [/\bterminat(?:e[sd]?|ing)\b/gi, "end"],
  [/\bfacilitat(?:e[sd]?|ing)\b/gi, "help"],
  [/\bdue to the fact that\b/gi, "because"],
  [/\bin the event (?:that|of)\b/gi, "if"],
  [/\bat this point in time\b/gi, "now"],
  [/\ba (?:large )?number of\b/gi, "many, some"],
  [/\bwith regards? to\b/gi, "about"],
  [/\bpertaining to\b/gi, "about"],
  [/\baforementioned\b/gi, "this"],
  [/\bremediat(?:e[sd]?|ing|ion)\b/gi, "mend, fix"],
  [/\bendeavou?r\b/gi, "try"],
  [/\bfunctionality\b/gi, "function"],
  [/\bseamless(?:ly)?\b/gi, "(leave it out)"],
  [/\brobust\b/gi, "(leave it out)"],
  [/\bsimply\b/gi, "(leave it out)"],
  [/\bplease note(?: that)?\b/gi, "(leave it out)"],
  [/\bit should be noted(?: that)?\b/gi, "(leave it out)"],
  [/\bin-depth|\bdeep dive\b/gi, "(leave it out)"],
  [/\bcutting-edge|state-of-the-art\b/gi, "(leave it out)"],
  [/\bASAP\b/g, "soon"],
  [/\b(?:whitelist(?:ed|ing|s)?)\b/gi, "allowlist"],
  [/\b(?:blacklist(?:ed|ing|s)?)\b/gi, "blocklist"],
];

export const plainWords: LintRule = {
  name: "plain-words",
  description: "Our own sentences use plain words.",
  severity: "warning",
  scope: "file",
  check(file, report) {
    for (const { text, place, field } of proseOf(file)) {
      // Names and notes may quote; the quoted words are somebody else's.
      if (field === "note" || field === "name" || field === "label") continue;
      const own = text.replace(/["“«'‘][^"”»]{2,80}["”»]/g, (q) => " ".repeat(q.length));
      for (const [pattern, better] of PLAIN) {
        for (const m of own.matchAll(pattern)) {
          report(file, "path" in place ? { ...place, offset: m.index } : place, {
            message: "A plainer word says the same.",
            remedy: "Use the plainer word.",
            expected: better,
            actual: m[0],
          });
        }
      }
    }
  },
};
