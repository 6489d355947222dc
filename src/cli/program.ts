/** The command line: names, options, help. What each command does stands in its own file. */
import { existsSync, readFileSync } from "node:fs";
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { EXPORT_FORMATS, exportFormat } from "../exports/index.ts";
import { ruleSet } from "../index.ts";
import { FORM_IDS, FORMS } from "../inputs/index.ts";
import { type ClassifyOptions, classifyCommand } from "./classify-command.ts";
import { type ExplainOptions, explainCommand } from "./explain-command.ts";
import { Output, OutputClosed } from "./output.ts";
import { type ReportOptions, reportCommand } from "./report-command.ts";
import { EXIT, UsageError } from "./usage-error.ts";

/** The package's version: package.json lies two folders up in the source, three in the built package. */
function packageVersion(): string {
  for (const path of ["../../package.json", "../../../package.json"]) {
    const url = new URL(path, import.meta.url);
    if (!existsSync(url)) continue;
    const { name, version } = JSON.parse(readFileSync(url, "utf8")) as { name?: string; version?: string };
    if (name === "smtp-field-manual" && version !== undefined) return version;
  }
  return "0";
}

const inputOption = () =>
  new Option("--input <form>", "read the input as this form instead of detecting it").choices([...FORM_IDS]);
const columnOption = () =>
  new Option("--column <name>", "the CSV column (name or number) or JSON field (dotted path) with the server's words");
const recipientOption = () =>
  new Option("--recipient <address>", "the recipient's address or domain, where the input does not say it");
const mxOption = () => new Option("--mx <host>", "the MX host that answered, where the input does not say it");
const positive = (text: string) => {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 1 || n > 256) throw new InvalidArgumentError("A whole number from 1 to 256.");
  return n;
};

const EXIT_HELP = `
Exit codes:
  0  done
  1  the input had records that could not be read; they are counted and listed on stderr
  2  wrong usage`;

const FORMS_HELP = `
Input forms (detected; gzip is unpacked; --input NAME forces one):
${FORMS.map((f) => `  ${f.id.padEnd(11)} ${f.title}`).join("\n")}`;

/** Builds the program. `exit` takes the exit code of the command that ran. */
export function buildProgram(exit: (code: number) => void): Command {
  const program = new Command("smtp-field-manual");
  program
    .description("Explains SMTP bounces: what a reply means, whose problem it is, what to do next.")
    .version(`${packageVersion()} (rules ${ruleSet.version})`)
    .exitOverride()
    .showHelpAfterError("(--help shows how it is used)")
    .addHelpText(
      "after",
      `
Examples:
  $ smtp-field-manual explain "550 5.1.1 <a@example.com>: Recipient address rejected: User unknown"
  $ smtp-field-manual explain bounce.eml
  $ zcat mail.log.*.gz | smtp-field-manual classify > verdicts.jsonl
  $ smtp-field-manual report /var/log/mail.log
${EXIT_HELP}`,
    );

  program
    .command("explain")
    .description("Explain one bounce: a reply, a log line, a whole mail.")
    .addArgument(
      new Argument(
        "[input]",
        "the text itself, a file, or - for standard input (the default where something is piped in)",
      ),
    )
    .option("--json", "print the whole Explanation as JSON")
    .addOption(recipientOption())
    .addOption(mxOption())
    .addOption(inputOption())
    .addOption(columnOption())
    .addHelpText(
      "after",
      `
The parts of the text are marked in colour on terminals; NO_COLOR turns that off, FORCE_COLOR=1 on.

Examples:
  $ smtp-field-manual explain "421 4.7.0 [TSS04] Messages temporarily deferred"
  $ smtp-field-manual explain --mx mx.example.com "550 Mailbox unavailable"
  $ smtp-field-manual explain bounce.eml --json | jq .explanation.cause
  $ pbpaste | smtp-field-manual explain
${EXIT_HELP}`,
    )
    .action(async (input: string | undefined, options: ExplainOptions) => exit(await explainCommand(input, options)));

  program
    .command("classify")
    .description("Classify a stream of bounces: one JSON line (or CSV row) for each record, in order.")
    .addArgument(new Argument("[files...]", "files, folders, Maildirs; - or none for standard input"))
    .option("--json", "one JSON object a line (the default)")
    .option("--csv", "CSV with a header line instead")
    .option("--full", "the whole Explanation of each bounce (JSON only)")
    .option("--all", "print records that are neither bounce nor delivery, too (opens, auto-replies, other log lines)")
    .addOption(recipientOption())
    .addOption(mxOption())
    .addOption(inputOption())
    .addOption(columnOption())
    .option("-o, --output <file>", "write to a file instead of standard output")
    .option("--workers <n>", "how many threads to use for large inputs (default: the machine's cores)", positive)
    .addHelpText(
      "after",
      `
Each line says: line, type (bounce, delivery, other, unreadable), and for bounces cause, kind, action, severity, basis,
entry, provider, reply, status; with recipient, mx, time, messageId and text as far as the input has them.
Memory does not grow with the input. Progress is shown on a terminal's stderr.

Examples:
  $ smtp-field-manual classify replies.txt
  $ smtp-field-manual classify --csv --column "Bounce Reason" export.csv > verdicts.csv
  $ smtp-field-manual classify ~/Maildir mbox webhook-events.jsonl.gz
  $ smtp-field-manual classify < mail.log | jq -r 'select(.action == "suppress").recipient'
${FORMS_HELP}
${EXIT_HELP}`,
    )
    .action(async (files: string[], options: ClassifyOptions & { json?: boolean }) => {
      if (options.csv && options.json) throw new UsageError("Either --json or --csv.");
      if (options.csv && options.full) throw new UsageError("--full is for JSON: a CSV row has no room for it.");
      exit(await classifyCommand(files, options));
    });

  program
    .command("report")
    .description("Report what bounces, where, why, what changed, and what to do first.")
    .addArgument(new Argument("<files...>", "files, folders, Maildirs, or - for standard input"))
    .option("--json", "print the report as JSON")
    .option("--html", "print the report as a self-contained HTML page")
    .option("-o, --output <file>", "write to a file instead of standard output")
    .option("--suppress <file>", "write the addresses to suppress into a file, one a line")
    .option("--retry <file>", "write the addresses to retry into a file, one a line")
    .addOption(inputOption())
    .addOption(columnOption())
    .addHelpText(
      "after",
      `
Examples:
  $ smtp-field-manual report /var/log/mail.log
  $ smtp-field-manual report --html -o october.html accounting-2026-10-*.csv.gz
  $ smtp-field-manual report --suppress suppress.txt --retry retry.txt events.jsonl
${FORMS_HELP}
${EXIT_HELP}`,
    )
    .action(async (files: string[], options: ReportOptions) => {
      if (options.json && options.html) throw new UsageError("Either --json or --html.");
      exit(await reportCommand(files, options));
    });

  program
    .command("rules")
    .description("Print the rule set, for other programs.")
    .addOption(
      new Option("--format <name>", "the form to print").choices(EXPORT_FORMATS.map((f) => f.name)).default("json"),
    )
    .option("-o, --output <file>", "write to a file instead of standard output")
    .addHelpText(
      "after",
      `
Formats:
${EXPORT_FORMATS.map((f) => `  ${f.name.padEnd(11)} ${f.title}`).join("\n")}

Examples:
  $ smtp-field-manual rules --format json > rules.json
${EXIT_HELP}`,
    )
    .action(async (options: { format: string; output?: string }) => {
      const output = new Output(options.output);
      await output.write(exportFormat(options.format)?.print(ruleSet) ?? "");
      await output.end();
      exit(EXIT.done);
    });
  return program;
}

/**
 * Runs the program.
 * @param args the arguments behind the program's name
 * @returns the exit code
 */
export async function run(args: readonly string[]): Promise<number> {
  let code: number = EXIT.done;
  const program = buildProgram((c) => {
    code = c;
  });
  try {
    if (args.length === 0) {
      program.outputHelp({ error: true });
      return EXIT.usage;
    }
    await program.parseAsync([...args], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof OutputClosed) return EXIT.done;
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    const fault = error as NodeJS.ErrnoException;
    if (error instanceof UsageError || (fault.code?.startsWith("E") && fault.path !== undefined)) {
      process.stderr.write(`error: ${fault.message}\n`);
      return EXIT.usage;
    }
    throw error;
  }
}
