/** The classifier: text in, Explanation out. No dependency, no Node: runs in browsers, workers and on the edge. */
import type { Explanation } from "../model/explanation.ts";
import type { Basis, CauseId, Kind } from "../model/vocabulary.ts";
import { fold, type Match, matchTemplateAt, parseTemplate, type Template } from "../template/index.ts";
import { AnchorIndex } from "./anchor-index.ts";
import { CodeTable } from "./code-table.ts";
import { type Context, Evidence } from "./evidence.ts";
import { Explained } from "./explained.ts";
import { type Prepared, prepare } from "./prepare.ts";
import { agreementOf, baseOf, scoreOf } from "./rank.ts";
import type { ClassifierRuleSet, Found, Reading, RuleMatch, Use } from "./reading.ts";
import { type FoundWrapper, locateReply } from "./reply.ts";
import { kindOf } from "./verdict.ts";
import { LEAD_INS, TAILS } from "./wrappers.ts";

/** Longer texts are cut here: no reply is near it, and a cut keeps time and memory bounded. UTF-16 units. */
export const MAX_TEXT_LENGTH = 100_000;
/** A mail passes a handful of servers; more wrappers than this are an attack. */
const MAX_WRAPPERS = 200;
const NONE: readonly string[] = [];
/** Words of the innermost server go before words around them, and weak words come last. */
const LAYER = 100_000;
/** From this score on the words are some provider's or software's own. */
const SURE = 6000;

export type Classifier = (text: string, context?: Context) => Explanation;

/**
 * Makes a classifier for a rule set. Costs some milliseconds once; keep the result.
 * @param rules a rule set of schema 1 (rules.json), or a slim one
 * @returns the function that explains a text; it never throws and its time is linear in the text's length
 */
export function createClassifier(rules: ClassifierRuleSet): Classifier {
  const causes = new Map(rules.causes.map((c) => [c.id, c]));
  const providers = new Map(rules.providers.map((p) => [p.slug, p]));
  const templates: Template[] = [];
  const uses: Use[] = [];
  for (const rule of rules.rules) {
    const provider = providers.get(rule.provider);
    if (!provider) continue;
    for (const { text, strength } of rule.templates) {
      templates.push(parseTemplate(text));
      uses.push({ use: "rule", rule, provider, strength });
    }
  }
  for (const provider of rules.providers) {
    for (const { text } of provider.fingerprints) {
      templates.push(parseTemplate(text));
      uses.push({ use: "fingerprint", provider });
    }
    for (const { template, meaning, token } of provider.tokens) {
      templates.push(parseTemplate(template));
      uses.push({ use: "token", provider, meaning, token });
    }
  }
  for (const { template, beforeCode = false, atLineStart = false } of LEAD_INS) {
    templates.push(parseTemplate(template));
    uses.push({ use: "wrapper", kind: "lead-in", beforeCode, atLineStart });
  }
  for (const template of TAILS) {
    templates.push(parseTemplate(template));
    uses.push({ use: "wrapper", kind: "tail", beforeCode: false, atLineStart: false });
  }
  const index = new AnchorIndex(templates);
  const codes = new CodeTable(rules.codes);
  const evidence = new Evidence(rules.providers);
  /** In which text each template was last found, so that it is found once. */
  const stamps = new Uint32Array(templates.length);
  let stamp = 0;

  /** All templates that stand in the folded text, each once; wrappers as often as they stand there. */
  function findAll(folded: string): Found[] {
    const found: Found[] = [];
    let wrappers = 0;
    if (++stamp > 0xfffffff0) {
      stamps.fill(0);
      stamp = 1;
    }
    index.search(folded, (id, part, at) => {
      if (stamps[id] === stamp) return;
      const template = templates[id] as Template;
      const match = matchTemplateAt(template, folded, part, at);
      if (!match) return;
      const use = uses[id] as Use;
      if (use.use !== "wrapper") stamps[id] = stamp;
      else if (++wrappers > MAX_WRAPPERS) return;
      found.push({ use, template, match });
    });
    return found;
  }

  /** Reads a text once: what stands in it, whom that confirms, and which entries match, the best first. */
  function readText(text: string, context: Context | undefined, join: boolean): Reading {
    const { text: folded, at } = fold(text, join);
    const found = findAll(folded);
    const wrappers: FoundWrapper[] = [];
    for (const { use, match } of found) {
      if (use.use !== "wrapper") continue;
      const host = match.captures.find((c) => c.name === "host");
      wrappers.push({
        kind: use.kind,
        beforeCode: use.beforeCode,
        atLineStart: use.atLineStart,
        start: at[match.start] as number,
        end: (at[match.end - 1] as number) + 1,
        host: host && folded.slice(host.start, host.end),
      });
    }
    const located = locateReply(text, wrappers);
    const inside = (m: Match) => {
      const start = at[m.start] as number;
      return start >= located.start && start < located.end;
    };
    let within = NONE;
    let without = NONE;
    for (const { use, match } of found) {
      if (use.use !== "fingerprint") continue;
      if (inside(match)) within = [...within, use.provider.slug];
      else without = [...without, use.provider.slug];
    }
    const confirmed = evidence.confirm(within, without, located.host, context);
    const reply = located.reply ? Number(located.reply.value) : undefined;
    const status = located.status?.value;
    const matches: RuleMatch[] = [];
    for (const { use, template, match } of found) {
      if (use.use !== "rule") continue;
      const { rule, provider, strength } = use;
      if (provider.type === "common" && insideHostName(folded, match)) continue;
      const isConfirmed = confirmed.includes(provider.slug);
      const isInside = inside(match);
      const base = baseOf(provider.type, rule.distinctive, strength, isConfirmed);
      const layer = strength === "weak" ? 0 : isInside ? 2 : 1;
      const score = layer * LAYER + scoreOf(base, template.literals, agreementOf(rule, reply, status));
      matches.push({ rule, provider, strength, template, match, inside: isInside, score, confirmed: isConfirmed });
    }
    if (matches.length > 1) matches.sort(byRank);
    return { at, found, located, matches, confirmed };
  }

  return (given, context) => {
    const raw = typeof given === "string" ? given : given === undefined || given === null ? "" : String(given);
    const truncated = raw.length > MAX_TEXT_LENGTH;
    const prepared = prepare(truncated ? raw.slice(0, MAX_TEXT_LENGTH) : raw);
    let read = readText(prepared.text, context, false);
    if (needsJoin(read.matches[0], prepared.text)) {
      // Perhaps the text was folded inside words: read it once more without the breaks.
      const joined = readText(prepared.text, context, true);
      if ((joined.matches[0]?.score ?? 0) > (read.matches[0]?.score ?? 0)) read = joined;
    }
    return explain(prepared, read, truncated);
  };

  function explain(prepared: Prepared, read: Reading, truncated: boolean): Explanation {
    const { matches, confirmed, located } = read;
    const reply = located.reply ? Number(located.reply.value) : undefined;
    const status = located.status?.value;
    const byCode = codes.lookup(reply, status);
    let winner = matches[0];
    // Weak words, and words of the wrapper, lose to a code that says something definite.
    if (
      winner &&
      (winner.strength === "weak" || !winner.inside) &&
      byCode &&
      !byCode.vague &&
      byCode.cause !== "unknown"
    ) {
      winner = undefined;
    }

    const claims = winner !== undefined && !isCommon(winner) && (winner.rule.distinctive || winner.confirmed);
    /** The entry whose advice is given: that of the words' owner where it is known, else of common words that say the same. */
    const rule = claims ? winner?.rule : matches.find((m) => isCommon(m) && m.rule.cause === winner?.rule.cause)?.rule;
    const basis: Basis = winner ? (claims ? "entry" : "phrase") : (byCode?.by ?? "none");
    const cause = winner?.rule.cause ?? byCode?.cause ?? "unknown";
    const causeInfo = causes.get(cause) ?? causes.get("unknown");
    const provider = claims
      ? winner?.provider.slug
      : confirmed.find((slug) => RECEIVERS.has(providers.get(slug)?.type ?? "common"));
    const verdict = rule ?? causeInfo;
    const kind: Kind = verdict ? kindOf(verdict, reply, status) : "soft";
    const byCodeOnly = basis === "status" || basis === "reply" ? byCode : undefined;

    return new Explained(
      {
        cause,
        kind,
        action: verdict ? (kind === "soft" ? verdict.soft_action : verdict.action) : "retry",
        severity: rule?.severity ?? causeInfo?.severity ?? "medium",
        basis,
        title: rule?.title ?? byCodeOnly?.name ?? causeInfo?.name ?? "Unknown reply",
        entry: rule?.id,
        provider,
        blocklist:
          rule?.blocklist ??
          (claims && winner?.provider.type === "blocklist" && isListing(cause) ? provider : undefined),
        reply,
        status,
        meaning: rule?.meaning ?? byCodeOnly?.meaning ?? causeInfo?.summary ?? "",
        misleading: rule?.misleading ?? undefined,
        tellRecipient: rule?.tell_recipient ?? causeInfo?.tell_recipient ?? undefined,
        template: winner?.template.source,
        truncated,
      },
      { prepared, read, winner, rule, causeInfo, byCode, parts: undefined, captures: undefined, spans: undefined },
    );
  }
}

/** A list may also be named because the receiver may not ask it: that is no listing. */
const isListing = (cause: CauseId) => cause === "ip-blocklisted" || cause === "domain-blocklisted";

const isCommon = (match: RuleMatch) => match.provider.type === "common";

const NAME_UNIT = /[\w.-]/;
const HOST_NAME = /^[\w-]+(?:\.[\w-]+){2,}$/;

/** One common word within a host name (spam.example.com) says nothing of a cause. */
function insideHostName(text: string, { start, end }: Match): boolean {
  let from = start;
  let to = end;
  while (from > 0 && start - from < 253 && NAME_UNIT.test(text[from - 1] as string)) from--;
  while (to < text.length && to - end < 253 && NAME_UNIT.test(text[to] as string)) to++;
  return (from < start || to > end) && HOST_NAME.test(text.slice(from, to).replace(/\.+$/, ""));
}

/** Providers that answer for a recipient: to know one is to know who refused. */
const RECEIVERS = new Set<string>(["mailbox", "filter", "esp"]);

function byRank(a: RuleMatch, b: RuleMatch): number {
  return b.score - a.score || (a.rule.id < b.rule.id ? -1 : a.rule.id > b.rule.id ? 1 : a.match.start - b.match.start);
}

/** Worth a second reading with the line breaks removed: no sure match, and breaks inside the text. */
function needsJoin(best: RuleMatch | undefined, text: string): boolean {
  if (best && best.score >= 2 * LAYER + SURE) return false;
  return /[^\s][\r\n]+[ \t]*[^\s]/.test(text);
}
