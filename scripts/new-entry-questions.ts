/** The questions of npm run new, for a person at a terminal. */
import { autocomplete, cancel, confirm, intro, isCancel, log, multiline, note, select, text } from "@clack/prompts";
import { type DraftInput, draftEntry, type Studied } from "../src/contribute/draft.ts";
import { httpsUrl, type RuleSet, slug } from "../src/model/index.ts";
import { parseTemplate, TemplateError } from "../src/template/index.ts";

/**
 * Asks for what the flags did not say.
 * @param look studies a reply; called again when the answers change what is known
 */
export async function askForEntry(
  flags: DraftInput,
  rules: RuleSet,
  look: (input: DraftInput) => Studied,
): Promise<{ input: DraftInput; studied: Studied }> {
  intro("A new entry");
  const reply = await answer(
    multiline({
      message: "Paste the reply, the log line or the whole report.",
      validate: (v) => (v?.trim() ? undefined : "Nothing was pasted."),
    }),
  );
  let input: DraftInput = { ...flags, reply };
  let studied = look(input);
  note(studied.masked, "The reply, with what is private masked");
  if (studied.parts.length > 0) log.info(`Masked: ${studied.parts.map((p) => `${p.value} → ${p.mask}`).join(", ")}`);
  await sayKnown(studied);
  const provider = input.provider ?? (await askProvider(rules, studied));
  input = { ...input, provider };
  studied = look(input);
  const cause = input.cause ?? (await askCause(rules, studied));
  const template = input.templates?.[0] ?? (await askTemplate(studied));
  const title =
    input.title ??
    (await answer(
      text({ message: "What does it mean? A few plain words, for the heading.", validate: atLeast(8, 90) }),
    ));
  const meaning =
    input.meaning ??
    (await answer(
      text({ message: "What happened, and why? One or two sentences of your own.", validate: atLeast(20, 400) }),
    ));
  const source =
    input.source ??
    (await answer(
      text({
        message: "Where was it seen in public? An https address.",
        validate: (v) => (httpsUrl.safeParse(v).success ? undefined : "An address that begins with https://"),
      }),
    ));
  const kind =
    input.kind ??
    (await answer(
      select({
        message: "What is that page?",
        options: [
          { value: "observed" as const, label: "A public place that shows the reply" },
          { value: "official" as const, label: "The provider's own documentation" },
        ],
      }),
    ));
  input = { ...input, cause, templates: [template], title, meaning, source, kind };
  note(draftEntry(rules, studied, input).text, "The entry");
  if (!(await answer(confirm({ message: "Write it?" })))) leave();
  return { input, studied };
}

async function sayKnown(studied: Studied): Promise<void> {
  if (studied.known === undefined && studied.common === undefined) {
    log.info(
      `The manual does not know these words (it goes by ${studied.told.basis === "none" ? "nothing" : `the ${studied.told.basis} code`} now).`,
    );
    return;
  }
  const message =
    studied.known !== undefined
      ? `The manual knows this reply: content/providers/${studied.known}.mdx. Make a new entry all the same?`
      : `These are common words, explained by ${studied.common}. Add them as the words of a provider?`;
  if (!(await answer(confirm({ message, initialValue: studied.known === undefined })))) leave();
}

async function askProvider(rules: RuleSet, studied: Studied): Promise<string> {
  const likely = studied.providers;
  const rest = rules.providers.filter((p) => !likely.includes(p.slug));
  const found = await answer(
    autocomplete({
      message: "Whose words are they?",
      placeholder: "type to search",
      options: [
        ...likely.map((s) => ({
          value: s,
          label: rules.providers.find((p) => p.slug === s)?.name ?? s,
          hint: "seems so",
        })),
        ...rest.map((p) => ({ value: p.slug, label: p.name })),
        { value: "", label: "Another provider", hint: "its page is written, too" },
      ],
    }),
  );
  if (found !== "") return found;
  return answer(
    text({
      message: "A slug for it: lower-case words joined by hyphens.",
      validate: (v) => (slug.safeParse(v).success ? undefined : "Lower-case letters, digits and hyphens."),
    }),
  );
}

async function askCause(rules: RuleSet, studied: Studied): Promise<string> {
  const options = rules.causes.map((c) => ({ value: c.id as string, label: `${c.name} (${c.id})`, hint: c.because }));
  return answer(
    autocomplete({
      message: "Why was it refused? The most specific cause that the words support.",
      options,
      ...(studied.cause ? { initialValue: studied.cause } : {}),
    }),
  );
}

async function askTemplate(studied: Studied): Promise<string> {
  const own = "\u0000";
  const options = [...studied.templates.map((t) => ({ value: t, label: t })), { value: own, label: "Write another" }];
  const chosen =
    studied.templates.length > 0 ? await answer(select({ message: "Which words stay the same?", options })) : own;
  if (chosen !== own) return chosen;
  return answer(
    text({
      message: "The words, with {ip} {email} {domain} {host} {url} {number} {id} for what varies.",
      initialValue: studied.templates[0] ?? "",
      validate(v) {
        try {
          parseTemplate(v ?? "");
          return undefined;
        } catch (error) {
          if (error instanceof TemplateError) return `${error.message}. ${error.remedy}`;
          throw error;
        }
      },
    }),
  );
}

const atLeast = (min: number, max: number) => (v: string | undefined) => {
  const length = v?.trim().length ?? 0;
  return length < min ? `At least ${min} characters.` : length > max ? `${max} characters at most.` : undefined;
};

async function answer<T>(prompt: Promise<T>): Promise<Exclude<T, symbol>> {
  const value = await prompt;
  if (isCancel(value)) leave();
  return value as Exclude<T, symbol>;
}

function leave(): never {
  cancel("Nothing was written.");
  process.exit(0);
}
