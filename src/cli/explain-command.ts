/** smtp-field-manual explain: one bounce, for people. */
import { statSync } from "node:fs";
import { classify, type Explanation, ruleSet } from "../index.ts";
import { type FormId, type InputRecord, readInput } from "../inputs/index.ts";
import { REPLY_START } from "../inputs/words.ts";
import { BASIS_MEANING, KIND_MEANING, PARTY_MEANING, type SpanRole } from "../model/vocabulary.ts";
import { Output } from "./output.ts";
import { openSources } from "./sources.ts";
import { type Style, safeText, styleFor, wantsColour, wrapText } from "./terminal.ts";
import { EXIT, UsageError } from "./usage-error.ts";

export interface ExplainOptions {
  json?: boolean;
  recipient?: string;
  mx?: string;
  input?: FormId;
  column?: string;
}

/** More bounces than this in one input are a case for classify or report. */
const MAX_EXPLAINED = 20;
/** A bounce is a page of text; what is longer is read, but no further. UTF-16 units. */
const MAX_INPUT = 4_000_000;
const WIDTH = 96;

const COLOURS: Record<SpanRole, string> = {
  reply: "1;33",
  status: "1;36",
  words: "1;32",
  fingerprint: "35",
  token: "1;35",
  email: "34",
  ip: "34",
  domain: "34",
  host: "34",
  url: "4;34",
  wrapper: "2",
};

/** The text of the argument: standard input, a file, or the argument itself. */
async function textOf(argument: string | undefined): Promise<{ text: string | Uint8Array; name: string | undefined }> {
  if (argument === undefined || argument === "-") {
    if (argument === undefined && process.stdin.isTTY)
      throw new UsageError("Give a text, a file, or - for standard input.");
    return { text: await slurp("-"), name: undefined };
  }
  let isFile = false;
  try {
    isFile = statSync(argument).isFile();
  } catch {
    isFile = false;
  }
  if (isFile) return { text: await slurp(argument), name: argument };
  if (/^[^\s]{1,300}\.(?:eml|txt|log|json|jsonl|ndjson|csv|mbox|gz)$/i.test(argument))
    throw new UsageError(`There is no file «${argument}».`);
  return { text: argument, name: undefined };
}

async function slurp(path: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for (const source of openSources([path]))
    for await (const chunk of source.open()) {
      parts.push(chunk);
      length += chunk.length;
      if (length > MAX_INPUT) break;
    }
  return Buffer.concat(parts);
}

interface Bounce {
  text: string;
  record: InputRecord | undefined;
}

/** What of an input is to be explained: the bounces that its form gives, or all of it as one bounce. */
async function bouncesOf(
  text: string | Uint8Array,
  name: string | undefined,
  options: ExplainOptions,
): Promise<{ bounces: Bounce[]; more: number; others: InputRecord[] }> {
  let form: FormId | undefined;
  const bounces: Bounce[] = [];
  const others: InputRecord[] = [];
  let more = 0;
  const read = readInput(text, {
    form: options.input,
    column: options.column,
    ...(name !== undefined && { name }),
    onForm: (f) => {
      form = f;
    },
  });
  for await (const record of read) {
    if (record.type !== "bounce") others.length < MAX_EXPLAINED && others.push(record);
    else if (bounces.length < MAX_EXPLAINED) bounces.push({ text: record.text, record });
    else more++;
  }
  const plain = typeof text === "string" ? text : new TextDecoder().decode(text);
  const isText = form === "replies" || form === "pastes";
  // Prose without replies at the starts of its lines is one bounce, however many lines it has.
  const several = bounces.length > 1 && bounces.every((b) => REPLY_START.test(b.text));
  if (options.input === undefined && isText && !several)
    return {
      bounces: [{ text: plain.trim(), record: bounces.length === 1 ? bounces[0]?.record : undefined }],
      more: 0,
      others: [],
    };
  const isLog = form === "postfix" || form === "exim" || form === "sendmail";
  // One log line is shown whole, its parts marked.
  if (isLog && bounces.length === 1 && others.length === 0)
    return { bounces: [{ text: plain.trim(), record: bounces[0]?.record }], more, others };
  return { bounces, more, others };
}

export async function explainCommand(argument: string | undefined, options: ExplainOptions): Promise<number> {
  const { text, name } = await textOf(argument);
  const { bounces, more, others } = await bouncesOf(text, name, options);
  const output = new Output();
  const explained = bounces.map(({ text, record }) => {
    const recipient = options.recipient ?? record?.recipient;
    const mx = options.mx ?? record?.mx;
    const context = { ...(recipient !== undefined && { recipient }), ...(mx !== undefined && { mx }) };
    return { text, record, explanation: classify(text, context) };
  });
  if (options.json) {
    const values = explained.map(({ text, record, explanation }) => ({
      text,
      ...(record?.recipient !== undefined && { recipient: record.recipient }),
      ...(record?.mx !== undefined && { mx: record.mx }),
      ...(record?.time !== undefined && { time: record.time }),
      explanation,
    }));
    await output.write(`${JSON.stringify(values.length === 1 ? values[0] : values, null, 2)}\n`);
  } else {
    const style = styleFor(wantsColour(process.stdout));
    const pages = explained.map((e) => printExplanation(e.text, e.explanation, e.record, style));
    if (pages.length === 0) {
      const what = others.map((o) => `line ${o.place.line}: ${o.type}${o.reason ? `, ${o.reason}` : ""}`);
      pages.push(
        what.length === 0 ? "The input is empty.\n" : `No bounce in it.\n${what.map((w) => `  ${w}`).join("\n")}\n`,
      );
    }
    await output.write(pages.join(`\n${"─".repeat(72)}\n\n`));
    if (more > 0) await output.write(`\nand ${more} more: try classify or report.\n`);
  }
  await output.end();
  return explained.length === 0 || others.some((o) => o.type === "unreadable") ? EXIT.unreadable : EXIT.done;
}

/** The text with its parts in colour. */
export function markSpans(text: string, explanation: Pick<Explanation, "spans">, style: Style): string {
  let out = "";
  let at = 0;
  for (const span of explanation.spans) {
    if (span.start < at) continue;
    out +=
      safeText(text.slice(at, span.start)) +
      style.colour(COLOURS[span.role], safeText(text.slice(span.start, span.end)));
    at = span.end;
  }
  return out + safeText(text.slice(at));
}

/** Of a long text so much is printed back. */
const MAX_ECHO = 4000;

export function printExplanation(
  text: string,
  e: Explanation,
  record: Pick<InputRecord, "recipient" | "mx" | "time"> | undefined,
  style: Style,
): string {
  const out: string[] = [];
  const cause = ruleSet.causes.find((c) => c.id === e.cause);
  const provider = ruleSet.providers.find((p) => p.slug === e.provider);
  const shown = text.length > MAX_ECHO ? text.slice(0, MAX_ECHO) : text;
  out.push(markSpans(shown, e, style) + (shown.length < text.length ? style.dim(" […]") : ""), "");
  const about = [record?.recipient && `to ${record.recipient}`, record?.mx && `at ${record.mx}`, record?.time].filter(
    Boolean,
  );
  if (about.length > 0) out.push(style.dim(safeText(about.join(", "))), "");
  out.push(style.bold(safeText(e.title)));
  out.push(
    `${e.kind} · ${e.action} · severity ${e.severity} · ${e.cause}${provider ? ` · ${provider.name}` : ""}${e.entry ? style.dim(` · ${e.entry}`) : ""}`,
    "",
    wrapText(e.meaning, WIDTH),
  );
  if (e.misleading) out.push("", wrapText(`Mind: ${e.misleading}`, WIDTH));
  for (const d of e.disagreements) out.push("", wrapText(`Note: ${d}`, WIDTH));
  if (cause && cause.mend.length > 0)
    out.push("", `Can be mended by ${cause.mend.map((m) => PARTY_MEANING[m]).join("; or ")}.`);
  if (e.steps.length > 0) {
    out.push("", style.bold("What to do"));
    e.steps.forEach((step, i) => {
      const lines = wrapText(`${step.do} (${step.who})`, WIDTH - 5).split("\n");
      for (const [n, line] of lines.entries())
        out.push(`${n === 0 ? `${String(i + 1).padStart(3)}. ` : "     "}${line}`);
      if (step.link) out.push(`     ${style.dim(step.link)}`);
    });
  }
  if (e.tellRecipient)
    out.push("", style.bold("What to tell the recipient"), wrapText(safeText(e.tellRecipient), WIDTH - 2, "  "));
  if (e.lookups.length > 0) {
    out.push("", style.bold("Look up"));
    for (const l of e.lookups) out.push(`  ${l.label}: ${safeText(l.url)}`);
  }
  out.push("", style.dim(`${KIND_MEANING[e.kind]} ${BASIS_MEANING[e.basis]}`));
  if (e.possibleProviders.length > 0)
    out.push(style.dim(`These words are used by: ${e.possibleProviders.join(", ")}.`));
  const other = e.alternatives.slice(0, 3).map((a) => a.entry ?? a.cause);
  if (other.length > 0) out.push(style.dim(`Other readings: ${other.join(", ")}.`));
  return `${out.join("\n")}\n`;
}
