/**
 * The body of a content file is text, never a program. It is read twice before the site sees it: as
 * Markdown, which is how it is rendered, and as MDX, which is what its name says, so that nothing hides
 * in what one of the two does not see.
 */
import { type MarkdownNode, nodesOf, parseMarkdown, parseMdx } from "./markdown.ts";
import type { SourceFile } from "./source-file.ts";
import { checkTags } from "./tags.ts";

/**
 * Components that a body may use, by name; attributes are plain texts, never expressions. None yet: the
 * site renders bodies as Markdown, so a name that is added here needs its rendering there.
 */
export const COMPONENTS: readonly string[] = [];

/** Longer bodies belong into a guide. Characters. */
const MAX_BODY = 40_000;
/** The MDX parser tries each open brace to the end of the text; nobody needs so many. */
const MAX_BRACES = 400;
/** Lists in lists in quotes …: deeper than this is an attack on the parser. Signs before the text of a line. */
const MAX_NESTING = 24;

const BRACE = "A brace outside of code: MDX would run it as a program.";

/** What text needs. Everything else is refused by name. */
const ALLOWED = new Set(
  "root paragraph text heading emphasis strong delete inlineCode code blockquote list listItem link linkReference definition thematicBreak break table tableRow tableCell".split(
    " ",
  ),
);

/** https, mail, a page of this site, or a heading of the page. `//host` and `/\host` lead elsewhere. */
const SAFE_LINK = /^(?:https:\/\/[^\s<>"'`\\]+|mailto:[^\s<>"'`\\]+|\/(?![/\\])[^\s<>"'`\\]*|#[\w-]*)$/i;

export function checkBody(file: SourceFile): void {
  checkTags(file);
  if (file.body.trim() === "") return;
  if (!isReadable(file)) return;
  const found = new Faults(file);
  try {
    checkTree(parseMarkdown(file.body), found);
  } catch (error) {
    found.add({ line: 1, column: 1 }, "unreadable", `The body cannot be read: ${textOf(error)}`, "Use plain Markdown.");
  }
  try {
    checkTree(parseMdx(file.body), found);
  } catch (error) {
    const [, line = "1", column = "1", message = textOf(error)] = /^(\d+):(\d+): (.*)/s.exec(textOf(error)) ?? [];
    const isBrace = /expression/i.test(message);
    found.add(
      { line: Number(line), column: Number(column) },
      isBrace ? "brace" : "code",
      isBrace ? BRACE : `MDX would read this as code and fail: ${message.split(/\n| \(/)[0]}.`,
      "Write names and signs such as <x> and {x} in `code`, and links as [text](https://…).",
    );
  }
}

/** Sizes that keep the parsers quick. */
function isReadable(file: SourceFile): boolean {
  const refuse = (line: number, message: string, remedy: string, expected: string, actual: string) =>
    file.fault("body", line, 1, message, remedy, expected, actual);
  if (file.body.length > MAX_BODY) {
    refuse(
      file.bodyLine,
      "The body is too long.",
      "Keep what a reader of this reply needs.",
      `${MAX_BODY} characters at most`,
      `${file.body.length} characters`,
    );
    return false;
  }
  const braces = file.body.split("{").length - 1;
  if (braces > MAX_BRACES) {
    refuse(
      file.bodyLine,
      "The body is full of braces.",
      "Use plain Markdown.",
      `${MAX_BRACES} at most`,
      `${braces} braces`,
    );
    return false;
  }
  const deep = file.body.split("\n").findIndex((line) => {
    const lead = /^(?:[\s>]|[-*+](?=\s)|\d{1,9}[.)](?=\s))*/.exec(line)?.[0] ?? "";
    return lead.replace(/\s/g, "").length > MAX_NESTING || lead.length > 8 * MAX_NESTING;
  });
  if (deep >= 0) {
    refuse(
      file.bodyLine + deep,
      "Lists and quotes are nested too deep.",
      "Use plain paragraphs.",
      `${MAX_NESTING} levels at most`,
      "more",
    );
    return false;
  }
  return true;
}

/** Both readings find mostly the same: each place and sort is reported once. */
class Faults {
  private readonly seen = new Set<string>();
  private readonly file: SourceFile;
  constructor(file: SourceFile) {
    this.file = file;
  }
  add(at: { line: number; column: number }, sort: string, message: string, remedy: string, actual?: string): void {
    const key = `${at.line}:${at.column} ${sort}`;
    // A tag that is refused already need not be refused as bad code, too.
    const told = sort === "code" && this.seen.has(`${at.line} html`);
    if (this.seen.has(key) || told) return;
    this.seen.add(key);
    this.seen.add(`${at.line} ${sort}`);
    this.file.fault("body", this.file.bodyLine + at.line - 1, at.column, message, remedy, undefined, actual);
  }
}

function checkTree(root: MarkdownNode, faults: Faults): void {
  let level = 1;
  for (const node of nodesOf(root)) {
    const at = node.position?.start ?? { line: 1, column: 1 };
    if (node.type === "heading") {
      level = checkHeading(node.depth ?? 1, level, at, faults);
    } else if (node.type === "link" || node.type === "definition") {
      if (!SAFE_LINK.test(node.url ?? ""))
        faults.add(
          at,
          "link",
          "A link leads to an address of a kind that is not allowed.",
          "Link to https://…, mailto:…, a page of this site (/guides/…/) or a heading (#…).",
          node.url ?? "",
        );
    } else if (!ALLOWED.has(node.type)) refuse(node, at, faults);
  }
}

function checkHeading(depth: number, level: number, at: { line: number; column: number }, faults: Faults): number {
  if (depth === 1)
    faults.add(at, "heading", "A heading of level 1: the page has its own from the title.", "Begin with ## (level 2).");
  else if (depth > level + 1)
    faults.add(
      at,
      "heading",
      `A heading of level ${depth} follows one of level ${level}.`,
      `Use ${"#".repeat(level + 1)}: levels are not skipped.`,
    );
  return Math.max(depth, 1);
}

function refuse(node: MarkdownNode, at: { line: number; column: number }, faults: Faults): void {
  const actual = (node.value ?? node.url ?? node.name ?? "").slice(0, 100) || undefined;
  switch (node.type) {
    case "mdxjsEsm":
      faults.add(
        at,
        "esm",
        "import and export are not allowed in content.",
        "Remove the line; a sentence that begins with such a word needs another first word.",
        actual,
      );
      break;
    case "mdxFlowExpression":
    case "mdxTextExpression":
      faults.add(at, "brace", BRACE, "Put it into `code`.", actual);
      break;
    case "mdxJsxFlowElement":
    case "mdxJsxTextElement":
      refuseElement(node, at, faults);
      break;
    case "html": {
      const name = /^<\/?([A-Za-z][\w.]*)/.exec(node.value ?? "")?.[1];
      if (name !== undefined && COMPONENTS.includes(name)) break;
      faults.add(
        at,
        "html",
        "HTML is not allowed in content.",
        "Use Markdown; put what shall be seen as it is into `code`.",
        actual,
      );
      break;
    }
    case "image":
    case "imageReference":
      faults.add(
        at,
        "image",
        "Images are not allowed in content: they would load from elsewhere.",
        "Say it in words, or link to the page that shows it.",
        actual,
      );
      break;
    default:
      faults.add(at, node.type, `Markdown of the kind «${node.type}» is not used here.`, "Use plain Markdown.", actual);
  }
}

function refuseElement(node: MarkdownNode, at: { line: number; column: number }, faults: Faults): void {
  const name = node.name ?? "";
  if (!COMPONENTS.includes(name)) {
    faults.add(
      at,
      "html",
      /^[A-Z]/.test(name) ? `There is no component <${name}> for content.` : "HTML is not allowed in content.",
      COMPONENTS.length > 0
        ? `Use Markdown, or one of ${COMPONENTS.join(", ")}.`
        : "Use Markdown; put what shall be seen as it is into `code`.",
      `<${name}>`,
    );
    return;
  }
  for (const { type, name: attribute = "", value } of node.attributes ?? []) {
    if (type !== "mdxJsxAttribute" || (typeof value === "object" && value !== null))
      faults.add(
        at,
        "attribute",
        `An attribute of <${name}> is a program.`,
        'Write attributes as name="text".',
        attribute,
      );
    else if (/^on/i.test(attribute))
      faults.add(at, "attribute", "Event handlers are not allowed.", "Remove the attribute.", attribute);
  }
}

const textOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
