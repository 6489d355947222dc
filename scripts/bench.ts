/**
 * Measures the classifier against a plain loop over the printed regexes and against ZoneMTA's
 * lib/bounces.js, and with ten times the rules. Each takes the same texts by turns with the classifier in one
 * run, so that the ratios hold on a noisy machine. Prints what it measured.
 *
 *   npm run bench [-- --json] [--texts 2000] [--turns 10]
 */
import { createRequire } from "node:module";
import { parseArgs } from "node:util";
import { type ClassifierRuleSet, createClassifier } from "../src/classifier/index.ts";
import { compile } from "../src/compiler/compile.ts";
import { formatFault } from "../src/compiler/fault.ts";
import { readContent } from "../src/compiler/read-content.ts";
import type { RuleSet } from "../src/model/index.ts";
import { fold } from "../src/template/index.ts";

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    texts: { type: "string", default: "2000" },
    turns: { type: "string", default: "10" },
    copies: { type: "string", default: "10" },
  },
});

/** A small generator with a seed, so that every run measures the same texts. */
function random(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 0x100000000) * below);
  };
}

const compiled = compile(readContent("content"));
if (!compiled.ruleSet) {
  for (const fault of compiled.faults) console.error(formatFault(fault));
  process.exit(1);
}
const ruleSet: RuleSet = compiled.ruleSet;
const below = random(20261123);

/** Replies of all entries' examples, with varied addresses and IPs: bare, in log lines, in whole notices; 20 to 2,000 characters. */
function makeTexts(count: number): string[] {
  const examples = compiled.content.entries.flatMap((e) => e.data.examples.map((x) => x.text.trim()));
  const ip = () => `${1 + below(223)}.${below(256)}.${below(256)}.${1 + below(254)}`;
  const name = () =>
    Array.from({ length: 4 + below(10) }, () => "abcdefghijklmnopqrstuvwxyz0123456789"[below(36)]).join("");
  const vary = (text: string) =>
    text
      .replace(/\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b/g, ip)
      .replace(/[\w.+-]+@[\w.-]+\.\w+/g, () => `${name()}@${name()}.example`);
  /** A whole delivery notice with its report, as people paste it. */
  const notice = (reply: string) =>
    [
      `This is the mail system at host mail.${name()}.example.`,
      "I'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients. It's attached below.",
      "For further assistance, please send mail to postmaster.",
      reply,
      `Reporting-MTA: dns; mail.${name()}.example\nX-Postfix-Queue-ID: ${name().toUpperCase()}\nArrival-Date: Sat, 28 Nov 2026 10:11:12 +0000 (UTC)`,
      `Final-Recipient: rfc822; ${name()}@${name()}.example\nAction: failed\nRemote-MTA: dns; mx.${name()}.example\nDiagnostic-Code: smtp; ${reply}`,
    ].join("\n\n");
  return Array.from({ length: count }, (_, i) => {
    const reply = vary(examples[below(examples.length)] as string);
    const wrapped =
      i % 3 === 0
        ? `<${name()}@${name()}.example>: host mx.${name()}.example[${ip()}] said: ${reply.replace(/\s+/g, " ")} (in reply to RCPT TO command)`
        : reply;
    return (i % 4 === 0 ? notice(wrapped) : wrapped).trim().padEnd(20).slice(0, 2000);
  });
}

/** Rules of made words, so that the real ones drown: the words of real templates, shuffled and bent. */
function multiply(rules: RuleSet, times: number): ClassifierRuleSet {
  const words = rules.rules
    .flatMap((r) => r.templates.flatMap((t) => t.text.split(/\s+/)))
    .filter((w) => /^[A-Za-z]{3,}$/.test(w));
  const made = Array.from({ length: times - 1 }, (_, copy) =>
    rules.rules.map((rule, i) => ({
      ...rule,
      id: `${rule.provider}/made-${copy}-${i}`,
      templates: rule.templates.map((t) => ({
        ...t,
        text: Array.from(
          { length: Math.max(4, t.text.split(" ").length) },
          (_, k) => `${words[below(words.length)]}${k === 1 ? "q" : ""}`,
        ).join(" "),
      })),
    })),
  ).flat();
  return { ...rules, rules: [...rules.rules, ...made] };
}

interface ZoneMta {
  check(text: string): { category: string };
  rules: unknown[];
}

const texts = makeTexts(Number(values.texts));
const classify = createClassifier(ruleSet);
const large = multiply(ruleSet, Number(values.copies));
const classifyLarge = createClassifier(large);
const regexes = ruleSet.rules
  .flatMap((r) => r.templates.map((t) => ({ rank: t.rank, re: new RegExp(t.regex, "i") })))
  .sort((a, b) => b.rank - a.rank);
const zoneMta = createRequire(import.meta.url)("zone-mta/lib/bounces.js") as ZoneMta;
if (zoneMta.rules.length < 50) throw new Error("ZoneMTA's rules did not load.");

type Contender = (text: string) => unknown;
const classifier: Contender = (t) => classify(t).cause;
const others: Record<string, Contender> = {
  [`classifier, rules times ${values.copies}`]: (t) => classifyLarge(t).cause,
  "ZoneMTA lib/bounces.js": (t) => zoneMta.check(t).category,
  // The loop gets the folding for free that the classifier must do; the first match of the highest rank ends it.
  "plain loop over the regexes": (t) => {
    const folded = fold(t).text;
    return regexes.find(({ re }) => re.test(folded));
  },
};

/** So many texts are timed together: short enough that some rounds find each batch undisturbed by the machine's other work. */
const BATCH = 100;

/** One round over all texts. @returns the milliseconds of each batch */
function round(run: Contender): number[] {
  const times: number[] = [];
  for (let from = 0; from < texts.length; from += BATCH) {
    const to = Math.min(from + BATCH, texts.length);
    const started = performance.now();
    for (let i = from; i < to; i++) run(texts[i] as string);
    times.push(performance.now() - started);
  }
  return times;
}

const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);
const median = (list: readonly number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] as number;
/** Microseconds a text, from the best time of each batch in many rounds. */
const bestOf = (rounds: readonly number[][]) =>
  (sum((rounds[0] as number[]).map((_, batch) => Math.min(...rounds.map((r) => r[batch] as number)))) * 1000) /
  texts.length;

/** Microseconds a text, of each one the best, and the ratio of these. */
interface Compared {
  classifier: number;
  other: number;
  ratio: number;
  /** That of the median rounds, with whatever else the machine did. */
  medianRatio: number;
}

/** So long is a turn: each runs as in a stream of its own, and yet both find the machine alike. */
const TURN_MS = 1500;

/** The rounds of one turn, one at the least. */
function turn(run: Contender): number[][] {
  const end = performance.now() + TURN_MS;
  const rounds = [round(run)];
  while (performance.now() < end) rounds.push(round(run));
  return rounds;
}

/** The classifier and one other by turns, and no third one, which would drive their code out of the engine's caches. */
function compare(other: Contender): Compared {
  // The first turns warm up.
  turn(classifier);
  turn(other);
  const turns = Array.from({ length: Number(values.turns) }, () => [turn(classifier), turn(other)] as const);
  const best = {
    classifier: bestOf(turns.flatMap(([own]) => own)),
    other: bestOf(turns.flatMap(([, its]) => its)),
  };
  const medians = turns.map(([own, its]) => median(its.map(sum)) / median(own.map(sum)));
  return { ...best, ratio: best.other / best.classifier, medianRatio: median(medians) };
}

const results = Object.fromEntries(Object.entries(others).map(([name, other]) => [name, compare(other)]));
const lengths = texts.map((t) => t.length);

if (values.json) {
  console.log(
    JSON.stringify(
      { rules: ruleSet.rules.length, templates: regexes.length, texts: texts.length, microseconds: results },
      null,
      2,
    ),
  );
} else {
  console.log(
    `${texts.length} texts of ${Math.min(...lengths)} to ${Math.max(...lengths)} characters (mean ${Math.round(lengths.reduce((a, b) => a + b) / texts.length)}), ` +
      `${ruleSet.rules.length} rules, ${regexes.length} templates; ZoneMTA: ${zoneMta.rules.length} rules. Best times in ${values.turns} turns, Node ${process.versions.node}.`,
  );
  for (const [name, r] of Object.entries(results)) {
    console.log(
      `${name.padEnd(30)} ${r.other.toFixed(1).padStart(8)} µs a reply, the classifier beside it ${r.classifier.toFixed(1).padStart(6)} µs: ${r.ratio.toFixed(2)} times (by the median rounds ${r.medianRatio.toFixed(2)})`,
    );
  }
}
