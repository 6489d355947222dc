import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COLUMNS, csvCell } from "../../src/cli/verdict-lines.ts";

const MAIN = new URL("../../src/cli/main.ts", import.meta.url).pathname;
const FIXTURES = new URL("../fixtures/inputs/", import.meta.url).pathname;

interface Result {
  code: number | null;
  out: string;
  err: string;
}

function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, [MAIN, ...args], {
    env: { ...process.env, NO_COLOR: "", FORCE_COLOR: "", ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
}

function run(args: readonly string[], input: string | Uint8Array = "", env: NodeJS.ProcessEnv = {}): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = start(args, env);
    let out = "";
    let err = "";
    child.stdout?.on("data", (c) => {
      out += c;
    });
    child.stderr?.on("data", (c) => {
      err += c;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, err }));
    child.stdin?.on("error", () => {});
    child.stdin?.end(input);
  });
}
const jsonLines = (text: string) =>
  text
    .split("\n")
    .filter((l) => l !== "")
    .map((l) => JSON.parse(l) as Record<string, unknown>);

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sfm-cli-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("usage", () => {
  it("help with examples for every command, exit code 0", async () => {
    const all = await Promise.all(
      [["--help"], ["explain", "--help"], ["classify", "--help"], ["report", "--help"], ["rules", "--help"]].map((a) =>
        run(a),
      ),
    );
    for (const { code, out } of all) {
      expect(code).toBe(0);
      expect(out).toContain("Examples:");
      expect(out).toContain("Exit codes:");
    }
  });
  it("wrong usage is exit code 2 and says what is wrong on stderr", async () => {
    const wrong = [
      [],
      ["nonsense"],
      ["classify", "--nope"],
      ["classify", "no-such-file"],
      ["explain", "missing.eml"],
      ["report"],
      ["rules", "--format", "nope"],
      ["classify", "--csv", "--full"],
      ["classify", "--input", "nope"],
      ["classify", "--workers", "0"],
      ["report", "--json", "--html", MAIN],
      ["classify", "-o", "/no/such/folder/x", join(FIXTURES, "replies.txt")],
    ];
    const results = await Promise.all(wrong.map((a) => run(a)));
    results.forEach(({ code, out, err }, i) => {
      expect(code, `${wrong[i]} ${err}`).toBe(2);
      expect(out).toBe("");
      expect(err).not.toBe("");
      expect(err).not.toMatch(/\n {4}at /);
    });
  });
});

describe("explain", () => {
  const TEXT = "550 5.1.1 <a@example.com>: Recipient address rejected: User unknown";
  it("a text, a file, standard input", async () => {
    const file = join(folder, "reply.txt");
    writeFileSync(file, TEXT);
    const results = await Promise.all([
      run(["explain", TEXT]),
      run(["explain", file]),
      run(["explain"], TEXT),
      run(["explain", "-"], TEXT),
    ]);
    for (const r of results) {
      expect(r.code, r.err).toBe(0);
      expect(r.out).toContain(TEXT);
      expect(r.out).toContain("recipient-unknown");
      expect(r.out).toContain("What to do");
      expect(r.out).not.toContain("\u001b");
    }
  });
  it("marks the parts in colour where it is wanted, and never where NO_COLOR is set", async () => {
    const [colour, none] = await Promise.all([
      run(["explain", TEXT], "", { FORCE_COLOR: "1" }),
      run(["explain", TEXT], "", { FORCE_COLOR: "1", NO_COLOR: "1" }),
    ]);
    expect(colour.out).toContain("\u001b[1;33m550\u001b[0m");
    expect(none.out).not.toContain("\u001b");
  });
  it("hostile text does not reach the terminal", async () => {
    const { out } = await run(["explain", "550 \u001b]0;title\u0007 user \u202e unknown"]);
    expect(out).not.toMatch(/[\u001b\u0007\u202e]/);
  });
  it("--json prints the whole Explanation", async () => {
    const { out } = await run(["explain", "--json", "--mx", "mx.example.com", TEXT]);
    const value = JSON.parse(out) as { text: string; explanation: Record<string, unknown> };
    expect(value.text).toBe(TEXT);
    expect(Object.keys(value.explanation)).toEqual(
      expect.arrayContaining(["cause", "kind", "action", "spans", "steps", "alternatives"]),
    );
  });
  it("a mail gives the bounces inside, prose is one bounce, an auto-reply none", async () => {
    const [dsn, paste, auto] = await Promise.all([
      run(["explain", "--json", join(FIXTURES, "dsn.eml")]),
      run(["explain", "--json"], "Hello,\nwe got this:\n550 5.1.1 User unknown\nWhat now?\n"),
      run(["explain", join(FIXTURES, "auto-reply.eml")]),
    ]);
    expect((JSON.parse(dsn.out) as { recipient: string }[]).map((b) => b.recipient)).toEqual([
      "anna@example.com",
      "bert@example.com",
    ]);
    expect(JSON.parse(paste.out)).toMatchObject({ explanation: { cause: "recipient-unknown" } });
    expect(auto.code).toBe(1);
    expect(auto.out).toContain("auto-reply");
  });
});

describe("classify", () => {
  it("a line in, a JSON line out, in order", async () => {
    const { code, out } = await run(
      ["classify"],
      "550 5.1.1 User unknown\n\n452 4.2.2 Mailbox full\n550-5.7.1 a\n550 5.7.1 b\n",
    );
    expect(code).toBe(0);
    expect(jsonLines(out)).toMatchObject([
      {
        line: 1,
        type: "bounce",
        cause: "recipient-unknown",
        kind: "hard",
        reply: 550,
        status: "5.1.1",
        text: "550 5.1.1 User unknown",
      },
      { line: 3, type: "bounce", cause: "mailbox-full", kind: "soft" },
      { line: 4, type: "bounce", text: "550-5.7.1 a\n550 5.7.1 b" },
    ]);
  });
  it("CSV has a header, the same columns, and runs no formulas", async () => {
    const { out } = await run(["classify", "--csv"], '550 5.1.1 "User", unknown\n=cmd|x\n');
    const lines = out.split("\r\n");
    expect(lines[0]).toBe(COLUMNS.join(","));
    expect(lines[1]).toContain('"550 5.1.1 ""User"", unknown"');
    expect(lines[2]).toContain("'=cmd|x");
    expect(csvCell("-1")).toBe("-1");
  });
  it("unreadable records are listed with their place, exit code 1, the rest is there", async () => {
    const { code, out, err } = await run(
      ["classify", join(FIXTURES, "brevo.jsonl"), "-"],
      '{"event":"hard_bounce"\n{"event":"hard_bounce","email":"a@example.com","message-id":"x","ts_event":1795428000,"reason":"550 5.1.1 unknown"}\n{"a":\n',
    );
    expect(code).toBe(1);
    expect(err).toMatch(/records? could not be read \(of/);
    expect(err).toContain("input:1:");
    expect(jsonLines(out).filter((l) => l.type === "bounce").length).toBeGreaterThanOrEqual(3);
  });
  it("gzip, --all, --recipient, --column, --full, a Maildir, an output file", async () => {
    const maildir = join(folder, "Maildir");
    for (const d of ["cur", "new", "tmp"]) mkdirSync(join(maildir, d), { recursive: true });
    writeFileSync(join(maildir, "new/1.x"), readFileSync(join(FIXTURES, "dsn.eml")));
    writeFileSync(join(maildir, "cur/2.x:2,S"), readFileSync(join(FIXTURES, "auto-reply.eml")));
    const file = join(folder, "out.jsonl");
    const [gz, all, context, column, full, mails, output] = await Promise.all([
      run(["classify"], gzipSync(readFileSync(join(FIXTURES, "postfix.log")))),
      run(["classify", "--all", join(FIXTURES, "postfix.log")]),
      run(["classify", "--recipient", "a@gmail.com"], "550 no\n"),
      run(["classify", "--column", "answer", join(FIXTURES, "table.tsv")]),
      run(["classify", "--full"], "550 5.1.1 User unknown\n"),
      run(["classify", "--all", maildir]),
      run(["classify", "-o", file], "550 5.1.1 User unknown\n"),
    ]);
    expect(jsonLines(gz.out)).toHaveLength(5);
    expect(jsonLines(all.out)).toHaveLength(11);
    expect(jsonLines(context.out)).toMatchObject([{ type: "bounce" }]);
    expect(jsonLines(column.out)).toHaveLength(2);
    expect(jsonLines(full.out)).toMatchObject([{ explanation: { steps: expect.any(Array) } }]);
    expect(
      jsonLines(mails.out)
        .map((l) => l.type)
        .sort(),
    ).toEqual(["bounce", "bounce", "delivery", "other"]);
    expect(output.out).toBe("");
    expect(jsonLines(readFileSync(file, "utf8"))).toHaveLength(1);
  });
  it("large inputs go through workers, in order, with the same result", async () => {
    const n = 60_000;
    const lines = Array.from({ length: n }, (_, i) => `550 5.1.1 <user${i}@example.com>: User unknown`);
    const input = `${lines.join("\n")}\n`;
    const [two, one] = await Promise.all([
      run(["classify", "--workers", "2"], input),
      run(["classify", "--workers", "1"], input),
    ]);
    expect(two.out === one.out).toBe(true);
    const texts = jsonLines(two.out).map((l) => l.text);
    expect(texts.length).toBe(n);
    expect(texts.every((t, i) => t === lines[i])).toBe(true);
  });
  it("a reader that goes away ends it quietly", async () => {
    const child = start(["classify"]);
    let err = "";
    child.stderr?.on("data", (c) => {
      err += c;
    });
    child.stdin?.on("error", () => {});
    const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
    child.stdout?.once("data", () => child.stdout?.destroy());
    const feed = () => {
      while (child.stdin?.writable && child.stdin.write("550 5.1.1 User unknown\n".repeat(2000)));
      if (child.exitCode === null) child.stdin?.once("drain", feed);
    };
    feed();
    expect(await ended).toBe(0);
    expect(err).toBe("");
  });
  it("Ctrl-C ends it with what was done, exit code 130", async () => {
    const child = start(["classify"]);
    let out = "";
    let err = "";
    child.stderr?.on("data", (c) => {
      err += c;
    });
    const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
    child.stdout?.on("data", (c) => {
      out += c;
    });
    child.stdout?.once("data", () => child.kill("SIGINT"));
    child.stdin?.on("error", () => {});
    child.stdin?.write("550 5.1.1 User unknown\n".repeat(3));
    expect(await ended).toBe(130);
    expect(jsonLines(out)).toHaveLength(3);
    expect(err).toContain("Interrupted after 3 records");
  });
});

describe("report", () => {
  it("text, JSON and HTML of a log; lists to suppress and to retry", async () => {
    const log = join(FIXTURES, "postfix.log");
    const suppress = join(folder, "suppress.txt");
    const retry = join(folder, "retry.txt");
    const [text, json, html] = await Promise.all([
      run(["report", log]),
      run(["report", "--json", "--suppress", suppress, "--retry", retry, log]),
      run(["report", "--html", log]),
    ]);
    expect(text.code, text.err).toBe(0);
    expect(text.out).toContain("What to do first");
    expect(JSON.parse(json.out)).toMatchObject({
      totals: { records: 11, bounces: 4, deliveries: 1 },
      rate: { value: 0.8 },
    });
    expect(readFileSync(suppress, "utf8")).toContain("anna@example.com\n");
    expect(readFileSync(retry, "utf8")).toContain("dora@example.com\n");
    expect(html.out).toMatch(/^<!doctype html>/);
  });
});

describe("rules", () => {
  it("prints the rule set", async () => {
    const { code, out } = await run(["rules", "--format", "json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ schema: 1 });
  });
});
