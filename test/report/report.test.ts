import { describe, expect, it } from "vitest";
import { classify, ruleSet } from "../../src/index.ts";
import { createReport, type Period, type ReportExplanation, renderHtml, renderText } from "../../src/report/index.ts";
import { LIMITS, TopKeys } from "../../src/report/limits.ts";
import { findSpikes, SPIKE_RULE, Timeline } from "../../src/report/timeline.ts";
import { readAll } from "../inputs/read-all.ts";

const explanation = (over: Partial<ReportExplanation> = {}): ReportExplanation => ({
  cause: "recipient-unknown",
  kind: "hard",
  action: "suppress",
  severity: "medium",
  basis: "phrase",
  title: "The address does not exist",
  entry: "common/no-such-user",
  provider: undefined,
  steps: [{ who: "sender", do: "Take the address off your lists." }],
  ...over,
});
const bounce = (recipient: string, time?: string, text = "550 5.1.1 unknown") => ({
  type: "bounce" as const,
  text,
  recipient,
  ...(time !== undefined && { time }),
});

describe("a report", () => {
  it("counts, rates and names", () => {
    const report = createReport(ruleSet);
    for (let i = 0; i < 8; i++) report.add(bounce(`u${i}@example.com`), explanation());
    for (let i = 0; i < 2; i++)
      report.add(
        bounce(`v${i}@example.org`),
        explanation({ cause: "mailbox-full", kind: "soft", action: "suppress-if-repeated", entry: undefined }),
      );
    for (let i = 0; i < 90; i++) report.add({ type: "delivery", text: "", recipient: `w${i}@example.com` });
    report.add({ type: "other", text: "", reason: "event open" });
    report.add({ type: "unreadable", text: "x", reason: "because", place: { line: 7, file: "a.log" } });
    const r = report.result();
    expect(r.totals).toMatchObject({
      records: 102,
      bounces: 10,
      deliveries: 90,
      others: 1,
      unreadable: 1,
      hard: 8,
      soft: 2,
    });
    expect(r.totals.records).toBe(r.totals.bounces + r.totals.deliveries + r.totals.others + r.totals.unreadable);
    expect(r.rate).toEqual({ value: 0.1, level: "high" });
    expect(r.causes[0]).toMatchObject({
      cause: "recipient-unknown",
      count: 8,
      share: 0.8,
      domains: [{ domain: "example.com", count: 8 }],
    });
    expect(r.domains[0]).toMatchObject({ domain: "example.com", bounces: 8, deliveries: 90, rate: 8 / 98 });
    expect(r.unreadable).toEqual([{ file: "a.log", line: 7, reason: "because", text: "x" }]);
    expect(r.suppress).toHaveLength(8);
    expect(r.retry).toHaveLength(2);
  });

  it("suppresses after three in a row, and not behind a delivery", () => {
    const report = createReport(ruleSet);
    const full = explanation({ cause: "mailbox-full", kind: "soft", action: "suppress-if-repeated" });
    for (let i = 0; i < 3; i++) report.add(bounce("full@example.com"), full);
    for (let i = 0; i < 2; i++) report.add(bounce("back@example.com"), full);
    report.add({ type: "delivery", text: "", recipient: "back@example.com" });
    report.add(bounce("back@example.com"), full);
    report.add(bounce("gone@example.com"), explanation());
    report.add(bounce("gone@example.com"), full);
    report.add(bounce("moved@example.com"), explanation());
    report.add({ type: "delivery", text: "", recipient: "moved@example.com" });
    const r = report.result();
    expect(r.suppress.map((a) => a.address)).toEqual(["full@example.com", "gone@example.com"]);
    expect(r.retry.map((a) => a.address)).toEqual(["back@example.com"]);
  });

  it("puts reputation before a greater number of dead addresses", () => {
    const report = createReport(ruleSet);
    for (let i = 0; i < 50; i++) report.add(bounce(`u${i}@example.com`), explanation());
    for (let i = 0; i < 20; i++)
      report.add(
        bounce(`v${i}@example.org`),
        explanation({
          cause: "ip-blocklisted",
          action: "delist",
          severity: "critical",
          title: "Listed",
          entry: undefined,
        }),
      );
    expect(report.result().priorities.map((p) => p.cause)).toEqual(["ip-blocklisted", "recipient-unknown"]);
  });

  it("a record that is no bounce by its words is none", () => {
    const report = createReport(ruleSet);
    report.add(bounce("a@example.com"), explanation({ cause: "not-a-bounce", kind: "none", action: "none" }));
    expect(report.result().totals).toMatchObject({ records: 1, bounces: 0, others: 1, notBounces: 1 });
  });

  it("keeps its memory within the limits, and says what it left out", () => {
    const report = createReport(ruleSet);
    const n = LIMITS.addresses + 1000;
    for (let i = 0; i < n; i++)
      report.add(
        bounce(`u@d${i}.example`, undefined, `strange ${i.toString(36)} words`),
        explanation({ basis: "none", cause: "unknown", entry: undefined }),
      );
    const r = report.result();
    expect(r.omitted.addresses).toBe(1000);
    expect(r.omitted.domains).toBe(n - LIMITS.domains);
    expect(r.totals.bounces).toBe(n);
    expect(r.unknown.length).toBeLessThanOrEqual(20);
  });
});

describe("top keys", () => {
  it("keep what is frequent in a stream of rare ones", () => {
    const top = new TopKeys(50);
    for (let i = 0; i < 5000; i++) {
      top.add(`rare ${i}`, "");
      if (i % 4 === 0) top.add("frequent", "frequent");
    }
    const [first] = top.top(1);
    expect(first?.text).toBe("frequent");
    expect((first?.count ?? 0) - (first?.error ?? 0)).toBeLessThanOrEqual(1250);
    expect(first?.count).toBeGreaterThanOrEqual(1250);
  });
});

describe("time", () => {
  it("goes by hours for days, by days for months, with the gaps filled", () => {
    const short = new Timeline();
    short.add("2026-11-23T10:00:00Z", "bounce", "policy");
    short.add("2026-11-23T13:59:00Z", "delivery");
    expect(short.periods()).toMatchObject({
      unit: "hour",
      periods: [
        { time: "2026-11-23T10", bounces: 1 },
        { bounces: 0 },
        { bounces: 0 },
        { time: "2026-11-23T13", deliveries: 1 },
      ],
    });
    const long = new Timeline();
    long.add("2026-02-27T10:00:00", "bounce", "policy", "gmail");
    long.add("2026-03-02", "bounce", "policy", "gmail");
    expect(long.periods().periods.map((p) => p.time)).toEqual(["2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02"]);
  });
  it("hours beyond the limit fold into days", () => {
    const t = new Timeline();
    for (let i = 0; i < LIMITS.periods + 100; i++)
      t.add(new Date(Date.UTC(2025, 0, 1) + i * 3_600_000).toISOString(), "bounce");
    const { unit, periods } = t.periods();
    expect(unit).toBe("day");
    expect(periods.reduce((n, p) => n + p.bounces, 0)).toBe(LIMITS.periods + 100);
  });
  it("finds spikes by its rule, and none in the ordinary scatter", () => {
    const period = (time: string, n: number): Period => ({
      time,
      bounces: n,
      deliveries: 0,
      causes: { policy: n },
      providers: {},
    });
    const quiet = [12, 9, 14, 11, 10, 13].map((n, i) => period(`2026-11-0${i + 1}`, n));
    expect(findSpikes(quiet)).toEqual([]);
    const spikes = findSpikes([...quiet, period("2026-11-07", 90)]);
    expect(spikes.map((s) => [s.of, s.id, s.time])).toEqual([
      ["all", "all", "2026-11-07"],
      ["cause", "policy", "2026-11-07"],
    ]);
    expect(findSpikes([period("2026-11-01", 0), period("2026-11-02", 90)])).toEqual([]);
    expect(SPIKE_RULE.text).toContain("at least five periods");
  });
});

describe("the faces of a report", () => {
  const hostile = `<script>alert(1)</script>"'&\u001b[31m\u202e ${"x".repeat(600)}`;
  const make = () => {
    const report = createReport(ruleSet);
    for (let day = 1; day <= 8; day++)
      for (let i = 0; i < (day === 8 ? 60 : 3); i++)
        report.add(
          {
            type: "bounce",
            text: hostile,
            recipient: `a${i}@<b>${hostile.slice(0, 20)}.example`,
            time: `2026-11-0${day}T10:00:00Z`,
          },
          explanation({ title: hostile, basis: "none" }),
        );
    report.add({ type: "unreadable", text: hostile, reason: hostile, place: { line: 1, file: hostile } });
    return report.result();
  };
  it("HTML is whole, without script or request, and everything is escaped", () => {
    const html = renderHtml(make(), hostile);
    expect(html).not.toMatch(/<script/i);
    expect(html).not.toMatch(/<b>/);
    expect(html).not.toContain("\u001b");
    expect(html).not.toContain("\u202e");
    expect(html.match(/\b(?:src|href)=/g)).toBeNull();
    expect(html).not.toMatch(/url\(|@import|http-equiv="refresh/i);
    expect(html).toContain("default-src 'none'");
    expect(html).toContain("<svg");
    expect(html).toContain("▲");
  });
  it("text has no control characters and keeps its width", () => {
    const text = renderText(make());
    expect(text).not.toMatch(/[^\P{Cc}\n]/u);
    for (const line of text.split("\n"))
      if (!line.includes(SPIKE_RULE.text)) expect(line.length, line).toBeLessThanOrEqual(120);
    expect(text).toContain("← spike");
  });
  it("an empty report is still one", () => {
    const empty = createReport(ruleSet).result();
    expect(renderText(empty)).toContain("No bounces");
    expect(renderHtml(empty)).toContain("0 records");
    expect(JSON.parse(JSON.stringify(empty))).toEqual(empty);
  });
});

it("from a log to priorities", async () => {
  const lines = [
    "550 5.1.1 <a@example.com>: Recipient address rejected: User unknown",
    "554 5.7.1 Service unavailable; Client host [203.0.113.7] blocked using zen.spamhaus.org",
  ];
  const report = createReport(ruleSet);
  for (const record of (await readAll(lines.join("\n"))).records) report.add(record, classify(record.text, record));
  expect(report.result().totals.bounces).toBe(2);
  expect(report.result().priorities[0]?.cause).toBe("ip-blocklisted");
});
