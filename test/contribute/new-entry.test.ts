/** From three replies that the manual does not know to entries that pass, as a contributor would go. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { compile } from "../../src/compiler/compile.ts";
import { readContent } from "../../src/compiler/read-content.ts";
import { GAP } from "../../src/contribute/lint/rules/gaps.ts";
import { provider, small } from "./small.ts";

const folder = mkdtempSync(join(tmpdir(), "new-entry-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A copy of the small content on disk, with a common entry. */
function content(name: string): string {
  const root = join(folder, name);
  const common = {
    "providers/common/index.mdx": provider({
      name: "Common words",
      type: "common",
      aliases: [],
      domains: [],
      mx: [],
      fingerprints: [],
    }),
    "providers/common/user-unknown.mdx": `---
title: The server does not know this user
cause: recipient-unknown
reply: [550]
templates: [user unknown]
meaning: The receiving server has no user with this name at all.
steps: [{ who: sender, do: Compare the address letter by letter with the right one. }]
examples: [{ text: 550 5.1.1 User unknown, source: https://help.acme-mail.com/errors }]
sources: [{ url: https://help.acme-mail.com/errors, kind: observed, checked: 2026-11-23 }]
added: 2026-11-23
---
`,
  };
  for (const { path, text } of small(common)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

function run(script: string, args: string[], input?: string) {
  return spawnSync(process.execPath, [`scripts/${script}.ts`, ...args], { encoding: "utf8", input });
}

interface Unknown {
  name: string;
  reply: string;
  flags: string[];
  file: string;
  template: string;
}

const UNKNOWN: Unknown[] = [
  {
    name: "a log line of a provider that is known by its host",
    reply:
      "Nov 23 10:00:00 mail postfix/smtp[12]: 4F1: to=<joe@acme-mail.com>, relay=mx.acme-mail.com[85.12.13.14]:25, dsn=5.2.9, status=bounced (host mx.acme-mail.com[85.12.13.14] said: 552 5.2.9 The letterbox of <joe@acme-mail.com> is nailed shut since 2026-01-02 (in reply to RCPT TO command))",
    flags: [
      "--title",
      "The mailbox was closed by its owner",
      "--meaning",
      "The owner has closed the mailbox, so that nothing is delivered to it.",
      "--cause",
      "recipient-inactive",
    ],
    file: "acme/mailbox-closed-its-owner",
    template: "is nailed shut since {date}",
  },
  {
    name: "a reply of several lines with private data, of a new provider",
    reply:
      "550-5.7.1 Dear John Smith, mail from 85.12.13.14 (mail.some-firm.de) for jane@some-firm.de\n550-5.7.1 smells of sulphur. Ticket 8a7sd87f6asd99.\n550 5.7.1 https://zorg-mail.net/help",
    flags: [
      ...[
        "--provider",
        "zorg",
        "--provider-name",
        "Zorg Mail",
        "--provider-type",
        "mailbox",
        "--provider-domain",
        "zorg-mail.net",
      ],
      ...["--provider-summary", "A mail service that this test has made up."],
      ...[
        "--title",
        "The sending address has a bad smell",
        "--meaning",
        "The filter distrusts the sending address because of what it sent before.",
      ],
      ...["--cause", "ip-reputation", "--slug", "sulphur-smell"],
    ],
    file: "zorg/sulphur-smell",
    template: "sulphur",
  },
  {
    name: "a provider's use of common words",
    reply: "550 5.1.1 User unknown in this letterbox house\n",
    flags: [
      "--provider",
      "acme",
      "--mx",
      "mx.acme-mail.com",
      "--title",
      "Acme Mail has no such mailbox",
      "--meaning",
      "There is no mailbox with this name at Acme Mail, nor an alias.",
      "--cause",
      "recipient-unknown",
      "--template",
      "User unknown in this letterbox house",
    ],
    file: "acme/acme-no-such-mailbox",
    template: "User unknown in this letterbox house",
  },
];

describe.each(UNKNOWN)("$name", ({ name, reply, flags, file, template }) => {
  const root = content(name.replace(/\W+/g, "-"));
  const base = content(`${name.replace(/\W+/g, "-")}-base`);
  const started = performance.now();

  it("becomes an entry that passes, and that alone", () => {
    const made = run(
      "new-entry",
      ["--reply", "-", "--out", root, "--source", "https://forum.acme-mail.com/t/4711", ...flags],
      reply,
    );
    expect(made.stderr).toContain("Next:");
    expect(made.stderr).not.toContain("# write:");
    expect(made.status).toBe(0);
    const path = join(root, `providers/${file}.mdx`);
    expect(existsSync(path), made.stderr).toBe(true);
    const text = readFileSync(path, "utf8");
    expect(text).toContain(template);
    expect(text).not.toMatch(/85\.12\.13\.14|some-firm|joe@|jane@|John|8a7sd87f6asd99/);
    expect(text).not.toMatch(GAP);

    const checked = run("check-content", ["--content", root, "--errors"]);
    expect(checked.stderr).toBe("");
    expect(checked.status).toBe(0);

    const diff = run("diff-rules", [base, "--content", root, "--json", "--corpus", "none"]);
    const { added, changed, removed } = JSON.parse(diff.stdout);
    expect({ added, changed, removed }).toEqual({ added: [file], changed: [], removed: [] });
    expect(performance.now() - started).toBeLessThan(5 * 60_000);
  });
});

describe("what it says", () => {
  const root = content("says");
  it("names the entry that has the reply already, and writes nothing", () => {
    const known = run("new-entry", [
      "--reply",
      "550 5.7.1 Message blorked by the Zorg filter, see help.acme-mail.com",
      "--out",
      root,
    ]);
    expect(known.status).toBe(3);
    expect(known.stderr).toContain("acme/message-blorked");
    const common = run("new-entry", ["--reply", "550 5.1.1 User unknown", "--out", root]);
    expect(common.status).toBe(3);
    expect(common.stderr).toContain("common/user-unknown");
  });

  it("names the gaps that it leaves; the file compiles all the same, and check:content names them again", () => {
    const made = run("new-entry", [
      "--reply",
      "550 5.7.1 Frobnication by the Yarg engine failed",
      "--provider",
      "acme",
      "--out",
      root,
    ]);
    expect(made.status, made.stderr).toBe(0);
    const path = /Written: (\S+)/.exec(made.stderr)?.[1] ?? "";
    const gaps = readFileSync(path, "utf8")
      .split("\n")
      .filter((l) => GAP.test(l));
    expect(gaps.length).toBeGreaterThan(2);
    for (const gap of gaps) expect(made.stderr).toContain(GAP.exec(gap)?.[1]);
    expect(compile(readContent(root)).faults).toEqual([]);
    const checked = run("check-content", ["--content", root, "--rule", "gaps"]);
    expect(checked.status).toBe(1);
    expect(checked.stderr.match(/A gap is left/g)?.length).toBe(gaps.length);
    rmSync(path);
  });

  it("writes nothing with --dry-run, and refuses wrong flags", () => {
    const dry = run("new-entry", [
      "--reply",
      "550 5.7.1 Frobnication by the Yarg engine failed",
      "--provider",
      "acme",
      "--out",
      root,
      "--dry-run",
    ]);
    expect(dry.stdout).toContain("---\ntitle:");
    expect(existsSync(join(root, "providers/acme/frobnication-yarg-engine-failed.mdx"))).toBe(false);
    for (const args of [
      ["--reply", "x", "--cause", "spam"],
      ["--reply", "x", "--provider", "../etc"],
      ["--reply", "x", "--slug", "550"],
      ["--reply", "x", "--kind", "rumour"],
      ["--reply", "  "],
      ["--nonsense"],
      [],
    ])
      expect(run("new-entry", [...args, "--out", root]).status, args.join(" ")).toBe(2);
  });
});
