/**
 * A real Postfix and a real Exim deliver to a sink that answers with real replies; their logs and DSN mails, read by
 * our inputs and classified, give the verdicts of the bare replies.
 */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { classify } from "../../src/index.ts";
import { type InputRecord, readInput } from "../../src/inputs/index.ts";
import { EXIM_ROOT, IS_ROOT, type Mta, POSTFIX_ROOT, type Ports, startExim, startPostfix } from "./mta/machines.ts";
import { type Sink, startSink } from "./mta/sink.ts";

interface Case {
  entry: string;
  source: string;
  lines: string[];
}
const cases = JSON.parse(
  readFileSync(new URL("../fixtures/inputs/mta-replies.json", import.meta.url), "utf8"),
) as Case[];
const GREETING = ["421 4.7.0 greeting.example Too many connections, try again later"];
const addressOf = (i: number) => `case${i}@reply.example`;

const verdict = (text: string) => {
  const { cause, kind, entry, provider } = classify(text);
  return { cause, kind, entry, provider };
};

interface Machine {
  name: string;
  root: string | undefined;
  start(root: string, ports: Ports): Promise<Mta>;
}
const MACHINES: Machine[] = [
  { name: "Postfix", root: POSTFIX_ROOT, start: startPostfix },
  { name: "Exim", root: EXIM_ROOT, start: startExim },
];

for (const machine of MACHINES) {
  const missing =
    machine.root === undefined
      ? `${machine.name} is not on this machine (test/inputs/mta/fetch-mta.sh fetches it)`
      : !IS_ROOT
        ? `${machine.name} can only be started by root`
        : undefined;
  if (missing !== undefined) {
    console.warn(`SKIPPED: ${missing}.`);
    it.skip(`${machine.name}: ${missing}`, () => {});
    continue;
  }

  describe(`${machine.name} on loopback`, () => {
    let sinks: Sink[] = [];
    let mta: Mta | undefined;
    let log: InputRecord[] = [];
    let notices: InputRecord[] = [];
    const others = ["a@drop.example", "b@greeting.example", "c@dropdata.example"];
    const sent = cases.length + others.length + 1;

    beforeAll(async () => {
      const main = await startSink({
        answer: (to) => {
          const n = /^case(\d+)@/.exec(to)?.[1];
          return n === undefined ? undefined : cases[Number(n)]?.lines;
        },
      });
      const drop = await startSink({ answer: () => "drop" });
      const greeting = await startSink({ answer: () => undefined, greeting: GREETING });
      const dropData = await startSink({ answer: () => undefined, dropAfterData: true });
      sinks = [main, drop, greeting, dropData];
      mta = await machine.start(machine.root ?? "/", {
        main: main.port,
        drop: drop.port,
        greeting: greeting.port,
        dropData: dropData.port,
      });
      const { send } = mta;
      const recipients = [...cases.map((_, i) => addressOf(i)), ...others, "taken@reply.example"];
      // A few at a time, as a mail server would get them.
      const queue = [...recipients];
      await Promise.all(
        Array.from({ length: 4 }, async () => {
          for (let to = queue.shift(); to !== undefined; to = queue.shift()) await send(to);
        }),
      );
      for (let i = 0; i < 400 && main.mails.length < sent; i++) await new Promise((r) => setTimeout(r, 100));
      const text = mta.log();
      for await (const record of readInput(text)) log.push(record);
      for (const mail of main.mails.filter((m) => m.from === ""))
        for await (const record of readInput(mail.data)) notices.push(record);
    }, 85_000);
    afterAll(async () => {
      await mta?.stop();
      for (const sink of sinks) await sink.close();
      log = [];
      notices = [];
    });

    const bouncesTo = (records: InputRecord[], to: string) =>
      records.filter((r) => r.type === "bounce" && r.recipient === to);

    it("brings a notice for every refusal, and its log is read without a rest", () => {
      expect(notices.length).toBeGreaterThanOrEqual(cases.length + others.length);
      expect(log.filter((r) => r.type === "unreadable")).toEqual([]);
      expect(log.filter((r) => r.type === "delivery" && r.recipient === "taken@reply.example")).toHaveLength(1);
    });

    for (const [i, { lines, entry }] of cases.entries()) {
      const bare = lines.join("\n");
      it(`${i} ${entry}: log and notice say what the bare reply says`, () => {
        const expected = verdict(bare);
        const inLog = bouncesTo(log, addressOf(i));
        const inNotice = bouncesTo(notices, addressOf(i));
        expect(inLog.length, "in the log").toBeGreaterThan(0);
        expect(inNotice.length, "among the notices").toBeGreaterThan(0);
        for (const r of [...inLog, ...inNotice]) expect(verdict(r.text), `${r.form}: ${r.text}`).toEqual(expected);
      });
    }

    it("a dropped connection is a failed connection", () => {
      for (const to of ["a@drop.example", "c@dropdata.example"])
        for (const records of [log, notices]) {
          const found = bouncesTo(records, to);
          expect(found.length, to).toBeGreaterThan(0);
          for (const r of found) {
            // Exim's notice says only that it has given up; its log has what happened.
            const cause =
              r.form === "mail" && r.text.endsWith("retry timeout exceeded") ? "message-expired" : "connection-failed";
            expect(classify(r.text), r.text).toMatchObject({ cause, kind: "soft" });
          }
        }
    });

    it("a refusing greeting is read like the bare greeting", () => {
      const expected = verdict(GREETING[0] ?? "");
      const found = [...bouncesTo(log, "b@greeting.example"), ...bouncesTo(notices, "b@greeting.example")];
      expect(found.length).toBeGreaterThan(1);
      for (const r of found) expect(verdict(r.text), r.text).toEqual(expected);
    });
  });
}
