/** The report for a terminal: plain text, 100 columns at most. */
import type { Report } from "./report.ts";

const number = (n: number) => n.toLocaleString("en-US");
const percent = (n: number) => `${(100 * n).toFixed(n < 0.1 ? 1 : 0)} %`;
const BAR = 24;
const bar = (part: number) => "█".repeat(Math.round(part * BAR)).padEnd(BAR, "·");

/** Cuts to a width; control characters of hostile input never reach the terminal. */
function clip(text: string, width: number): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}]/gu, " ");
  return clean.length > width ? `${clean.slice(0, width - 1)}…` : clean;
}

/** Prints a report as text. `strong` marks headings, for terminals that show it. */
export function renderText(report: Report, strong: (s: string) => string = (s) => s): string {
  const { totals } = report;
  const out: string[] = [];
  const heading = (text: string) => out.push("", strong(text));
  const parts = [
    `${number(totals.records)} records: ${number(totals.bounces)} bounces (${number(totals.hard)} hard, ${number(totals.soft)} soft)`,
  ];
  parts.push(
    `${number(totals.deliveries)} deliveries`,
    `${number(totals.others)} others`,
    `${number(totals.unreadable)} unreadable`,
  );
  out.push(parts.join(", "));
  if (report.period) out.push(`From ${report.period.from} to ${report.period.to}, by ${report.period.unit}.`);
  if (report.rate) out.push(`Bounce rate ${percent(report.rate.value)}: ${RATE_WORDS[report.rate.level]}`);
  if (totals.bounces === 0) {
    out.push("", "No bounces.");
    return `${out.join("\n")}\n`;
  }
  heading("What to do first");
  report.priorities.slice(0, 6).forEach((p, i) => {
    out.push(
      `${String(i + 1).padStart(2)}. ${clip(p.title, 70)}  [${p.severity}] ${number(p.count)} (${percent(p.share)})`,
    );
    out.push(`    ${clip(`at ${p.domains.join(", ")}; can be mended by: ${p.mend.join(", ") || "nobody"}`, 95)}`);
    for (const step of p.steps.slice(0, 2)) out.push(`    → ${clip(step.do, 92)}`);
  });
  heading("Why: causes");
  for (const c of report.causes.slice(0, 20))
    out.push(`${bar(c.share)} ${number(c.count).padStart(9)} ${percent(c.share).padStart(7)}  ${clip(c.name, 40)}`);
  heading("Who: whose words");
  for (const p of report.providers.slice(0, 12))
    out.push(`${bar(p.share)} ${number(p.bounces).padStart(9)} ${percent(p.share).padStart(7)}  ${clip(p.name, 40)}`);
  heading("Where: receiver domains");
  for (const d of report.domains.slice(0, 15)) {
    const rate = d.rate === null ? "" : `  of ${number(d.bounces + d.deliveries)} (${percent(d.rate)})`;
    out.push(
      `${number(d.bounces).padStart(9)}  ${clip(d.domain, 36).padEnd(36)}${rate}  ${d.causes.map((c) => c.cause).join(", ")}`,
    );
  }
  if (report.timeline.length > 1) {
    heading(`When: bounces by ${report.period?.unit ?? "day"}`);
    const max = Math.max(...report.timeline.map((p) => p.bounces), 1);
    const spiky = new Set(report.spikes.map((s) => s.time));
    for (const p of report.timeline.slice(-72))
      out.push(
        `${p.time.padEnd(13)} ${bar(p.bounces / max)} ${number(p.bounces).padStart(9)}${p.deliveries > 0 ? ` of ${number(p.bounces + p.deliveries)}` : ""}${spiky.has(p.time) ? "  ← spike" : ""}`,
      );
  }
  if (report.spikes.length > 0) {
    heading("What changed: spikes");
    for (const s of report.spikes.slice(0, 10))
      out.push(
        `  ${s.time}  ${clip(s.of === "all" ? "all bounces" : `${s.of} ${s.id}`, 50)}: ${number(s.count)}, usually ${number(s.usual)}`,
      );
    out.push(`  ${report.spikeRule}`);
  }
  heading("Addresses");
  out.push(
    `  ${number(report.suppress.length)} to suppress, ${number(report.retry.length)} to retry (full lists: --json, --suppress FILE, --retry FILE).`,
  );
  if (report.unknown.length > 0) {
    heading(`Not explained: ${number(totals.unexplained)}`);
    for (const u of report.unknown.slice(0, 5)) out.push(`${number(u.count).padStart(9)}  ${clip(u.text, 88)}`);
  }
  if (report.unreadable.length > 0) {
    heading(`Could not be read: ${number(totals.unreadable)}`);
    for (const u of report.unreadable.slice(0, 10))
      out.push(`  ${clip(`${u.file ?? "input"}:${u.line}: ${u.reason}`, 96)}`);
  }
  const left = Object.entries(report.omitted).filter(([key, n]) => n > 0 && key !== "untimed" && key !== "unreadable");
  if (left.length > 0)
    out.push(
      "",
      `Beyond this report's limits: ${left.map(([k, n]) => `${number(n)} bounces at further ${k}`).join(", ")}.`,
    );
  return `${out.join("\n")}\n`;
}

/** What a bounce rate means, in words. */
export const RATE_WORDS: Record<NonNullable<Report["rate"]>["level"], string> = {
  good: "good.",
  watch: "watch it; above 2 % receivers begin to take notice.",
  high: "high; find the cause before the next campaign.",
  critical: "above 10 %. Stop sending to what bounces: at this rate receivers block senders.",
};
