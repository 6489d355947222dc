/** A content of a few files, for the tests: real causes and codes, made-up providers and entries. */
import { readdirSync, readFileSync } from "node:fs";
import { stringify } from "yaml";
import type { SourceText } from "../../src/compiler/source-file.ts";

const read = (folder: string): SourceText[] =>
  readdirSync(`content/${folder}`).map((name) => ({
    path: `${folder}/${name}`,
    text: readFileSync(`content/${folder}/${name}`, "utf8"),
  }));

/** The causes without their links to guides, which are not part of the small content. */
const CAUSES = read("causes").map((f) => ({
  ...f,
  text: f.text.replace(/, link: \/[^ }]+/g, "").replace(/\n---\n[\s\S]*$/, "\n---\n"),
}));

const front = (data: object, body = "") => `---\n${stringify(data, { lineWidth: 0 })}---\n${body}`;

const SOURCE = { url: "https://help.acme-mail.com/errors", kind: "official", checked: "2026-11-23" };

export const acme = {
  name: "Acme Mail",
  type: "mailbox",
  aliases: ["AcmeMail"],
  summary: "A made-up mail service that only the tests know.",
  domains: ["acme-mail.com"],
  mx: ["mx.acme-mail.com"],
  fingerprints: ["help.acme-mail.com"],
  sources: [SOURCE],
  added: "2026-11-23",
};

export const blorked = {
  title: "The message is blorked by the filter",
  cause: "spam-content",
  reply: [550],
  status: ["5.7.1"],
  templates: ["Message blorked by the Zorg filter"],
  meaning: "A filter found the words of the message suspicious, so that nobody got it.",
  steps: [{ who: "sender-admin", do: "Look up the case number at the form of the postmaster page." }],
  examples: [
    {
      text: "550 5.7.1 Message blorked by the Zorg filter, see help.acme-mail.com\n",
      source: "https://help.acme-mail.com/errors",
    },
  ],
  sources: [SOURCE],
  added: "2026-11-23",
};

export const entry = (changes: object = {}, body = ""): string => front({ ...blorked, ...changes }, body);
export const provider = (changes: object = {}, body = ""): string => front({ ...acme, ...changes }, body);

/** All files of the small content; `files` adds to them or takes their place, undefined removes one. */
export function small(files: Record<string, string | undefined> = {}): SourceText[] {
  const all: Record<string, string | undefined> = {
    ...Object.fromEntries(CAUSES.map((f) => [f.path, f.text])),
    "providers/acme/index.mdx": provider(),
    "providers/acme/message-blorked.mdx": entry(),
    ...files,
  };
  return Object.entries(all).flatMap(([path, text]) => (text === undefined ? [] : [{ path, text }]));
}
