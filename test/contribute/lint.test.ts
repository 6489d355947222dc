/** Every lint rule has content that makes it fail, and the small content makes none fail. */
import { describe, expect, it } from "vitest";
import { fixAll, type LintFault, lint } from "../../src/contribute/lint/lint.ts";
import { RULES } from "../../src/contribute/lint/rules/index.ts";
import { blorked, entry, provider, small } from "./small.ts";

const ENTRY = "providers/acme/message-blorked.mdx";
const OTHER = "providers/acme/message-glorped.mdx";
const options = { today: "2026-11-23", exceptions: [] };
const run = (files: Record<string, string | undefined>) => lint(small(files), options).faults;

/** A second entry with words of its own. */
const other = (changes: object = {}) =>
  entry({
    title: "The message is glorped",
    templates: ["Message glorped by the Yarg engine"],
    meaning: "Another engine looked at the attachments of the message and kept it back.",
    examples: [{ text: "550 5.7.1 Message glorped by the Yarg engine\n", source: "https://help.acme-mail.com/errors" }],
    ...changes,
  });

/** For each rule, files that make it fail, and a part of what it says. */
const CASES: Record<string, [files: Record<string, string>, says: RegExp][]> = {
  "template-too-general": [
    [{ [ENTRY]: entry({ templates: ["your message was not"] }) }, /every other reply/],
    [{ [ENTRY]: entry({ templates: ["zorg"] }) }, /too short/],
  ],
  "template-too-greedy": [
    [
      Object.fromEntries([
        [ENTRY, entry({ templates: ["the Zorg filter"] })],
        ...["first", "second", "third", "fourth", "fifth"].map((n) => [
          `providers/acme/${n}-filter-says-more.mdx`,
          other({
            title: `The ${n} sort of refusal`,
            cause: "ip-reputation",
            templates: [`${n} reason of the Zorg filter here`],
            examples: [
              {
                text: `550 5.7.1 ${n} reason of the Zorg filter here\n`,
                source: "https://help.acme-mail.com/errors",
              },
            ],
          }),
        ]),
      ]),
      /examples of 5 entries/,
    ],
  ],
  "negative-texts": [[{ [ENTRY]: entry({ templates: ["out of the office", ...blorked.templates] }) }, /no bounce/]],
  "private-data": [
    [
      {
        [ENTRY]: entry({
          examples: [
            {
              ...blorked.examples[0],
              text: "550 5.7.1 <joe.miller@some-firm.de> Message blorked by the Zorg filter\n",
            },
          ],
        }),
      },
      /mail address/,
    ],
    [
      {
        [ENTRY]: entry({
          examples: [{ ...blorked.examples[0], text: "550 5.7.1 [85.12.13.14] Message blorked by the Zorg filter\n" }],
        }),
      },
      /IP address/,
    ],
    [
      {
        [ENTRY]: entry({
          examples: [
            { ...blorked.examples[0], text: "550 5.7.1 Dear John Smith, Message blorked by the Zorg filter\n" },
          ],
        }),
      },
      /name/,
    ],
    [{ [ENTRY]: entry({}, "\nWrite to joe.miller@some-firm.de.\n") }, /mail address/],
  ],
  "message-id": [
    [
      {
        [ENTRY]: entry({
          examples: [
            {
              ...blorked.examples[0],
              text: "550 5.7.1 Message blorked by the Zorg filter <20261123100000.4711@mail.some-firm.de>\n",
            },
          ],
        }),
      },
      /real message/,
    ],
  ],
  "link-form": [
    [
      { [ENTRY]: entry({ sources: [{ url: "https://bit.ly/3abc", kind: "observed", checked: "2026-11-23" }] }) },
      /will not last/,
    ],
    [
      { [ENTRY]: entry({ sources: [{ url: "https://example.com/x", kind: "observed", checked: "2026-11-23" }] }) },
      /only an example/,
    ],
    [
      { [ENTRY]: entry({ sources: [{ url: "https://10.0.0.1/x", kind: "observed", checked: "2026-11-23" }] }) },
      /private network/,
    ],
    [{ [ENTRY]: entry({}, "\nSee [the page](https://forum.acme-mail.com/?utm_source=x).\n") }, /tracking/],
  ],
  "secure-links": [
    [
      {
        [ENTRY]: entry({
          sources: [{ url: "http://help.acme-mail.com/errors", kind: "official", checked: "2026-11-23" }],
        }),
      },
      /not secure/,
    ],
  ],
  "dead-pages": [
    [{ [ENTRY]: entry({}, "\nSee [there](/providers/acme/nothing-here/).\n") }, /does not exist/],
    [
      {
        "providers/acme/old-name.mdx": "---\nmoved_to: [acme/message-blorked]\n---\n",
        [ENTRY]: entry({}, "\nSee [there](/providers/acme/old-name/).\n"),
      },
      /has moved/,
    ],
  ],
  "duplicate-entries": [
    [{ [OTHER]: other({ title: blorked.title }) }, /same title/],
    [
      { [OTHER]: other({ templates: ["message BLORKED by the Zorg filter", "Message glorped by the Yarg engine"] }) },
      /same template/,
    ],
  ],
  "duplicate-examples": [
    [
      {
        [OTHER]: other({
          examples: [
            { text: "550 5.7.1 Message glorped by the Yarg engine\n", source: "https://help.acme-mail.com/errors" },
            { text: "550 5.7.1 Message glorped by the Yarg engine.\n", source: "https://help.acme-mail.com/errors" },
          ],
        }),
      },
      /twice/,
    ],
  ],
  "orphaned-redirect": [
    [{ "providers/nobody/old-name.mdx": "---\nmoved_to: [acme/message-blorked]\n---\n" }, /no provider/],
    [{ "providers/acme/old-name.mdx": "---\nmoved_to: [acme/message-blorked]\n---\nOld text.\n" }, /nobody would read/],
  ],
  substance: [
    [{ [ENTRY]: entry({ meaning: "The message is blorked by the filter." }) }, /repeats the title/],
    [{ [ENTRY]: entry({ meaning: "Something went unexpectedly wrong." }) }, /too short/],
    [{ [ENTRY]: entry({ title: "TODO find a title" }) }, /to be written/],
  ],
  gaps: [[{ [ENTRY]: entry().replace(/^(title: .*)$/m, "$1  # write: a better one") }, /A gap is left/]],
  "plain-words": [
    [{ [ENTRY]: entry({ meaning: "The service utilizes a filter in order to keep spam out." }) }, /plainer word/],
  ],
  "sentence-length": [
    [
      { [ENTRY]: entry({ meaning: `The filter ${"looked at this and that and ".repeat(9)}found it bad.` }) },
      /too long/,
    ],
  ],
  "copied-prose": [
    [
      {
        [ENTRY]: entry({
          meaning: "It says that your message has been blorked by the Zorg filter because we do not like it.",
          examples: [
            {
              text: "550 5.7.1 Your message has been blorked by the Zorg filter because we do not like it\n",
              source: "https://help.acme-mail.com/errors",
            },
          ],
          templates: ["blorked by the Zorg filter"],
        }),
      },
      /copied from the reply/,
    ],
  ],
  "repeated-meaning": [[{ [OTHER]: other({ meaning: blorked.meaning }) }, /same meaning/]],
  "provider-names": [
    [{ [ENTRY]: entry({ meaning: "The filter of acmeMail found the words of the message suspicious." }) }, /spelled/],
    [{ [ENTRY]: entry({ meaning: "The filter asked Spamhouse about the words of the message." }) }, /spelled/],
  ],
  dates: [
    [
      {
        [ENTRY]: entry({
          sources: [{ url: "https://help.acme-mail.com/errors", kind: "official", checked: "2027-01-01" }],
        }),
      },
      /future/,
    ],
    [{ [ENTRY]: entry({ changed: "2026-11-01" }) }, /before it was added/],
  ],
  "official-host": [
    [
      {
        [ENTRY]: entry({
          sources: [{ url: "https://blog.somebody-else.org/x", kind: "official", checked: "2026-11-23" }],
        }),
      },
      /called official/,
    ],
  ],
  "step-place": [
    [{ [ENTRY]: entry({ steps: [{ who: "sender", do: "Contact your administrator." }] }) }, /where to do it/],
  ],
  "codes-of-examples": [[{ [ENTRY]: entry({ reply: [554], status: [] }) }, /does not list/]],
  "needless-overrides": [[{ [ENTRY]: entry({ cause: "policy", severity: "medium" }) }, /the same severity/]],
  "sorted-codes": [[{ [ENTRY]: entry().replace(/reply:\n {2}- 550/, "reply: [554, 550]") }, /order/]],
  quotes: [[{ [ENTRY]: entry().replace(/^title: (.*)$/m, 'title: "$1"') }, /Double quotes/]],
  blanks: [[{ [ENTRY]: `${entry()}\nText with a blank at the end. \n\n\n\nMore\t\n` }, /nobody sees/]],
};

it("the small content has no fault", () => {
  expect(run({}).map((f) => `${f.file} ${f.rule} ${f.message}`)).toEqual([]);
});

it("every rule has a case here, a name of its own and a description", () => {
  expect(RULES.map((r) => r.name).sort()).toEqual(Object.keys(CASES).sort());
  for (const r of RULES) expect(r.description, r.name).toMatch(/^[A-Z].{20,}\.$/);
});

describe.each(Object.entries(CASES))("%s", (name, cases) => {
  it.each(cases)("fails", (files, says) => {
    const found = run(files).filter((f) => f.rule === name);
    expect(found.length).toBeGreaterThan(0);
    const [fault] = found as [LintFault];
    expect(fault.message).toMatch(says);
    expect(fault.remedy.length).toBeGreaterThan(5);
    expect(fault.line).toBeGreaterThan(0);
    expect(Object.keys(files)).toContain(fault.file);
  });
});

describe("the fixers", () => {
  const messy = `${entry()
    .replace(/reply:\n {2}- 550/, "reply: [554, 550, 554]")
    .replace(/^title: (.*)$/m, 'title: "$1"')
    .replace(/sources:\n {2}- url: https:/, "sources:\n  - url: http:")
    .replace(/\n/g, "\r\n")}\r\nText.  \r\n\r\n\r\n\r\nMore text.\t`;
  const files = { [ENTRY]: messy, "providers/acme/index.mdx": provider() };
  const fixed = (files: Record<string, string>) => fixAll(small(files), lint(small(files), options).facts);

  it("mend all that they complain of", () => {
    const fixable = RULES.filter((r) => r.fix).map((r) => r.name);
    const before = new Set(run(files).map((f) => f.rule));
    for (const name of fixable) expect(before, name).toContain(name);
    const [changed] = fixed(files);
    expect(changed?.path).toBe(ENTRY);
    expect(run({ ...files, [ENTRY]: changed?.text ?? "" })).toEqual([]);
    expect(changed?.text).toContain("reply: [550, 554]");
    expect(changed?.text).toContain("url: https://help.acme-mail.com/errors");
  });

  it("change nothing the second time", () => {
    const [changed] = fixed(files);
    expect(fixed({ ...files, [ENTRY]: changed?.text ?? "" })).toEqual([]);
  });

  it("leave what is right alone", () => {
    expect(fixed({})).toEqual([]);
  });
});

describe("exceptions", () => {
  const files = { [ENTRY]: entry({ meaning: "The service utilizes a filter to keep the worst of the spam out." }) };
  const exception = { rule: "plain-words", file: "providers/acme/*.mdx", about: "utilizes", reason: "a test" };
  it("silence one complaint", () => {
    const { faults } = lint(small(files), { ...options, exceptions: [exception] });
    expect(faults).toEqual([]);
  });
  it("are errors when they are no longer needed", () => {
    const { faults } = lint(small(), { ...options, exceptions: [exception] });
    expect(faults).toMatchObject([
      { rule: "exception", severity: "error", message: expect.stringContaining("no longer needed") },
    ]);
  });
});
