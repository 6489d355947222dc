/** The report as one HTML page: no script, no request, everything escaped. */

import type { AddressRow, Report } from "./report.ts";
import type { Period, Spike } from "./timeline.ts";

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Escapes text for HTML, in elements and in quoted attributes. Bidirectional controls are shown, not obeyed. */
export function escapeHtml(text: string): string {
  return text
    .replace(/[&<>"']/g, (c) => ENTITIES[c] as string)
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, "\ufffd")
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, (c) => `&amp;#x${c.charCodeAt(0).toString(16)};`);
}
const h = escapeHtml;
const number = (n: number) => n.toLocaleString("en-US");
const percent = (n: number) => `${(100 * n).toFixed(n < 0.1 ? 1 : 0)} %`;

const STYLE = `:root{color-scheme:light dark;--line:#8885;--bar:#b4552d;--soft:#8886}
body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:0 auto;padding:1.5rem}
h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2.2rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
td.t{font-family:ui-monospace,monospace;font-size:.85rem;overflow-wrap:anywhere}
.wide{overflow-x:auto}meter{width:8rem}svg{width:100%;height:auto;display:block}
.sev{border:1px solid currentColor;border-radius:.3rem;padding:0 .35rem;font-size:.8rem}
details{margin:.6rem 0}pre{white-space:pre-wrap;overflow-wrap:anywhere}`;

const table = (head: string, rows: string[]) =>
  `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
const th = (text: string, n = false) => `<th scope="col"${n ? ' class="n"' : ""}>${h(text)}</th>`;
const td = (text: string, cls = "") => `<td${cls === "" ? "" : ` class="${cls}"`}>${text}</td>`;

/** Bars over time; spikes carry a mark above. */
function chart(periods: readonly Period[], spikes: readonly Spike[]): string {
  const shown = periods.slice(-400);
  const max = Math.max(1, ...shown.map((p) => p.bounces));
  const width = 1000;
  const height = 180;
  const step = width / shown.length;
  const spiky = new Set(spikes.map((s) => s.time));
  const bars = shown.map((p, i) => {
    const tall = (p.bounces / max) * (height - 24);
    const title = `<title>${h(p.time)}: ${number(p.bounces)} bounces</title>`;
    const mark = spiky.has(p.time)
      ? `<text x="${((i + 0.5) * step).toFixed(1)}" y="${(height - tall - 4).toFixed(1)}" text-anchor="middle" font-size="14" fill="currentColor">▲</text>`
      : "";
    return `<g>${title}<rect x="${(i * step).toFixed(1)}" y="${(height - tall).toFixed(1)}" width="${Math.max(step - 1, 0.5).toFixed(1)}" height="${tall.toFixed(1)}" fill="var(--bar)"/>${mark}</g>`;
  });
  const from = shown[0]?.time ?? "";
  const to = shown.at(-1)?.time ?? "";
  return `<svg viewBox="0 0 ${width} ${height + 20}" role="img" aria-label="Bounces from ${h(from)} to ${h(to)}, at most ${number(max)}">${bars.join("")}<text x="0" y="${height + 16}" font-size="13" fill="currentColor">${h(from)}</text><text x="${width}" y="${height + 16}" text-anchor="end" font-size="13" fill="currentColor">${h(to)}</text></svg>`;
}

/** Longer lists of addresses would make a page that no browser likes to open. */
const MAX_ADDRESSES = 5000;

function addresses(title: string, rows: readonly AddressRow[]): string {
  const shown = rows.slice(0, MAX_ADDRESSES);
  const more = rows.length > shown.length ? `<p>The first ${number(shown.length)} of ${number(rows.length)}.</p>` : "";
  return `<details><summary>${h(title)}: ${number(rows.length)}</summary>${more}<pre>${shown.map((r) => h(r.address)).join("\n")}</pre></details>`;
}

/**
 * Prints a report as a page of its own.
 * @param report the report
 * @param title the page's heading: the file's name, say
 */
export function renderHtml(report: Report, title = "Bounce report"): string {
  const { totals } = report;
  const names = new Map(report.causes.map((c) => [c.cause, c.name]));
  const causesOf = (list: { cause: string; count: number }[]) =>
    list.map((c) => `${h(names.get(c.cause as never) ?? c.cause)} (${number(c.count)})`).join(", ");
  const parts = [
    `<h1>${h(title)}</h1>`,
    `<p>${number(totals.records)} records: <strong>${number(totals.bounces)} bounces</strong> (${number(totals.hard)} hard, ${number(totals.soft)} soft), ${number(totals.deliveries)} deliveries, ${number(totals.others)} others, ${number(totals.unreadable)} unreadable.`,
    report.period ? ` From ${h(report.period.from)} to ${h(report.period.to)}.` : "",
    report.rate ? ` Bounce rate <strong>${percent(report.rate.value)}</strong> (${h(report.rate.level)}).` : "",
    "</p>",
    "<h2>What to do first</h2><ol>",
    ...report.priorities.map(
      (p) =>
        `<li><strong>${h(p.title)}</strong> <span class="sev">${h(p.severity)}</span> ${number(p.count)} (${percent(p.share)}), most at ${p.domains.map(h).join(", ")}<ul>${p.steps
          .slice(0, 4)
          .map((s) => `<li>${h(s.do)} <small>(${h(s.who)})</small></li>`)
          .join("")}</ul></li>`,
    ),
    "</ol><h2>Why</h2>",
    table(
      th("Cause") + th("Bounces", true) + th("Share", true) + th("Hard", true) + th("Soft", true) + th("A sample"),
      report.causes.map(
        (c) =>
          `<tr>${td(`${h(c.name)}<br><meter min="0" max="1" value="${c.share.toFixed(4)}">${percent(c.share)}</meter>`)}${td(number(c.count), "n")}${td(percent(c.share), "n")}${td(number(c.hard), "n")}${td(number(c.soft), "n")}${td(h(c.sample), "t")}</tr>`,
      ),
    ),
    "<h2>Whose words</h2>",
    table(
      th("Provider") + th("Bounces", true) + th("Share", true) + th("Causes"),
      report.providers.map(
        (p) =>
          `<tr>${td(h(p.name))}${td(number(p.bounces), "n")}${td(percent(p.share), "n")}${td(causesOf(p.causes))}</tr>`,
      ),
    ),
    "<h2>Where</h2>",
    table(
      th("Receiver domain") + th("Bounces", true) + th("Deliveries", true) + th("Rate", true) + th("Causes"),
      report.domains
        .slice(0, 100)
        .map(
          (d) =>
            `<tr>${td(h(d.domain))}${td(number(d.bounces), "n")}${td(number(d.deliveries), "n")}${td(d.rate === null ? "–" : percent(d.rate), "n")}${td(causesOf(d.causes))}</tr>`,
        ),
    ),
    report.timeline.length > 1 ? `<h2>When</h2>${chart(report.timeline, report.spikes)}` : "",
    report.spikes.length > 0
      ? `<h2>What changed</h2>${table(
          th("When") + th("What") + th("Bounces", true) + th("Usually", true),
          report.spikes.map(
            (s) =>
              `<tr>${td(h(s.time))}${td(h(s.of === "all" ? "All bounces" : s.of === "cause" ? (names.get(s.id as never) ?? s.id) : s.id))}${td(number(s.count), "n")}${td(number(s.usual), "n")}</tr>`,
          ),
        )}<p><small>${h(report.spikeRule)}</small></p>`
      : "",
    "<h2>Addresses</h2>",
    addresses("To suppress", report.suppress),
    addresses("To retry", report.retry),
    report.unknown.length > 0
      ? `<h2>Not explained</h2>${table(
          th("Words") + th("Times", true),
          report.unknown.map((u) => `<tr>${td(h(u.text), "t")}${td(number(u.count), "n")}</tr>`),
        )}`
      : "",
    report.unreadable.length > 0
      ? `<h2>Could not be read</h2>${table(
          th("Place") + th("Reason") + th("Text"),
          report.unreadable.map(
            (u) => `<tr>${td(h(`${u.file ?? ""}:${u.line}`))}${td(h(u.reason))}${td(h(u.text), "t")}</tr>`,
          ),
        )}`
      : "",
  ];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer"><title>${h(title)}</title><style>${STYLE}</style></head>
<body>${parts.filter((p) => p !== "").join("\n")}</body></html>
`;
}
