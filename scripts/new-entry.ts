/**
 * Makes an entry from a pasted reply: recognises what is known, masks what is private, fills in what it
 * can, and says what is left. Asks where it runs in a terminal; with --reply it asks nothing.
 *
 *   npm run new
 *   npm run new -- --reply "550 5.1.1 …" --provider gmail --source https://…
 *
 *   --reply TEXT|-       the reply, a log line or a whole report; - reads it from the standard input
 *   --provider SLUG      whose words they are; a new slug makes the provider's page, too
 *   --slug SLUG          the file's name; made from the title where it is not given
 *   --title TEXT         what it means, in a few plain words
 *   --meaning TEXT       what happened and why, in one or two sentences
 *   --cause CAUSE        one of the list in content/causes
 *   --template TEXT      the words that stay the same; may stand several times
 *   --step TEXT          what to do; those of the cause where it is not given
 *   --source URL         the public address where the reply was seen
 *   --kind KIND          official (the provider documents it) or observed (default)
 *   --recipient ADDRESS  whom the mail was for, where the words do not name the provider
 *   --mx HOST            the host that answered, where the words do not name the provider
 *   --provider-name, --provider-type, --provider-domain, --provider-summary      for a new provider's page
 *   --out DIR            the content folder (default content)
 *   --dry-run            print the files, write nothing
 *   --yes                write although the manual knows the words already
 *
 * Ends with 0 when the file was written, 1 when it has faults, 2 for wrong usage, 3 when the manual
 * knows the reply.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { compile } from "../src/compiler/compile.ts";
import { formatFault } from "../src/compiler/fault.ts";
import { readContent } from "../src/compiler/read-content.ts";
import {
  type Draft,
  type DraftInput,
  draftEntry,
  draftProvider,
  isCause,
  type Studied,
  study,
} from "../src/contribute/draft.ts";
import type { Facts } from "../src/contribute/lint/facts.ts";
import { lint } from "../src/contribute/lint/lint.ts";
import { entrySlug, type RuleSet, slug as slugSchema } from "../src/model/index.ts";
import { askForEntry } from "./new-entry-questions.ts";

const { values } = readFlags();
const today = new Date().toISOString().slice(0, 10);

if (values.help) {
  console.log(/\/\*\*\n([\s\S]*?) \*\//.exec(readFileSync(import.meta.filename, "utf8"))?.[1]?.replace(/^ \* ?/gm, ""));
} else {
  await main();
}

function readFlags() {
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      options: {
        reply: text,
        provider: text,
        slug: text,
        title: text,
        meaning: text,
        cause: text,
        template: { type: "string", multiple: true },
        step: text,
        source: text,
        kind: text,
        recipient: text,
        mx: text,
        "provider-name": text,
        "provider-type": text,
        "provider-domain": { type: "string", multiple: true },
        "provider-summary": text,
        out: { type: "string", default: "content" },
        "dry-run": { type: "boolean", default: false },
        yes: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    return stop(2, `${error instanceof Error ? error.message : error}\nnpm run new -- --help lists the flags.`);
  }
}

async function main(): Promise<void> {
  const input = inputOf();
  const interactive = input.reply === "";
  if (interactive && !process.stdin.isTTY)
    stop(2, "There is no terminal to ask in: give --reply TEXT, or --reply - to read it from the standard input.");
  const { facts } = lint(readContent(values.out), { today, rules: [], exceptions: [] });
  const { ruleSet, classify } = facts;
  if (!ruleSet || !classify) return stop(1, "The content has faults that must be mended first: npm run check:content");
  const look = (given: DraftInput) => study(ruleSet, classify, facts.isPublicHost, given);
  const { input: asked, studied } = interactive
    ? await askForEntry(input, ruleSet, look)
    : { input, studied: look(input) };
  if (studied.masked === "") stop(2, "The reply is empty.");
  if (!interactive) sayKnown(studied, asked);
  write(asked, studied, ruleSet, facts);
}

function inputOf(): DraftInput {
  const { kind, cause, provider, slug } = values;
  if (kind !== undefined && kind !== "official" && kind !== "observed") stop(2, "--kind is official or observed.");
  if (cause !== undefined && !isCause(cause)) stop(2, `«${cause}» is no cause. The list: ls content/causes`);
  if (provider !== undefined && !slugSchema.safeParse(provider).success)
    stop(2, `«${provider}» is no slug: lower-case words joined by hyphens.`);
  if (slug !== undefined) {
    const checked = entrySlug.safeParse(slug);
    if (!checked.success) stop(2, `--slug ${slug}: ${checked.error.issues[0]?.message}`);
  }
  return {
    reply: values.reply === "-" ? readFileSync(0, "utf8") : (values.reply ?? ""),
    today,
    provider,
    slug,
    title: values.title,
    meaning: values.meaning,
    cause,
    templates: values.template,
    step: values.step,
    source: values.source,
    kind: kind as DraftInput["kind"],
    recipient: values.recipient,
    mx: values.mx,
  };
}

function sayKnown(studied: Studied, input: DraftInput): void {
  if (values.yes) return;
  if (studied.known !== undefined)
    stop(
      3,
      `The manual knows this reply: content/providers/${studied.known}.mdx\nIf yours differs, add it there as an example; --yes makes a new entry all the same.`,
    );
  if (studied.common !== undefined && input.provider === undefined)
    stop(
      3,
      `These are words that many servers use: content/providers/${studied.common}.mdx\nTo add them as the words of a provider, name it with --provider.`,
    );
}

function write(input: DraftInput, studied: Studied, ruleSet: RuleSet, facts: Facts): void {
  const draft = draftEntry(ruleSet, studied, input);
  const drafts: Draft[] = [draft];
  const provider = draft.id.split("/")[0] as string;
  if (!facts.providers.has(provider))
    drafts.unshift(
      draftProvider(provider, today, {
        name: values["provider-name"],
        type: values["provider-type"],
        domains: values["provider-domain"],
        mx: input.mx ? [input.mx] : undefined,
        summary: values["provider-summary"],
        source: input.source,
      }),
    );
  for (const d of drafts) {
    const path = join(values.out, d.path);
    if (existsSync(path)) stop(2, `${path} exists already: give another --slug.`);
  }
  if (values["dry-run"]) for (const d of drafts) console.log(`${join(values.out, d.path)}\n\n${d.text}`);
  else {
    for (const d of drafts) {
      const path = join(values.out, d.path);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, d.text);
    }
  }
  sayResult(drafts, studied);
}

function sayResult(drafts: readonly Draft[], studied: Studied): void {
  const say = (line = "") => console.error(line);
  const kinds = studied.parts.map((p) => `${p.value} → ${p.mask}`);
  if (kinds.length > 0) say(`Masked: ${kinds.join(", ")}. Look the example over once more.`);
  if (studied.common !== undefined) say(`Until now these words are explained as common words: ${studied.common}.`);
  for (const d of drafts) {
    say(`\n${values["dry-run"] ? "Not written (--dry-run)" : "Written"}: ${join(values.out, d.path)}`);
    for (const note of d.notes) say(`  ${note}`);
    if (d.gaps.length > 0) say("  Left for you, marked «# write:» in the file:");
    for (const gap of d.gaps) say(`    ${gap.field}: ${gap.what}`);
  }
  const faults = faultsOf(drafts);
  for (const fault of faults) say(`\n${formatFault({ ...fault, file: join(values.out, fault.file) })}`);
  say(
    `\nNext: ${drafts.some((d) => d.gaps.length > 0) ? "fill in what is left, then " : ""}npm run check:content, then npm run diff:rules`,
  );
  if (faults.length > 0) process.exitCode = 1;
}

/** What the compiler says of the new files, and of others that they disturb. */
function faultsOf(drafts: readonly Draft[]) {
  const others = readContent(values.out).filter((f) => !drafts.some((d) => d.path === f.path));
  const ids = drafts.flatMap((d) => [d.path, d.id]);
  return compile([...others, ...drafts.map(({ path, text }) => ({ path, text }))]).faults.filter((f) =>
    ids.some((id) => f.file === id || f.message.includes(id)),
  );
}

function stop(code: number, message: string): never {
  console.error(message);
  process.exit(code);
}
