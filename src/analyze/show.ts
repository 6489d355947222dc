/** The analysis as a page: summary, priorities, causes, whose words, domains, time, lists, what could not be read. */
import { at, el } from "../lookup/dom.ts";
import { PARTY_SIDE, SEVERITY_WORD } from "../lookup/words.ts";
import type { AddressRow, Report } from "../report/report.ts";
import { RATE_WORDS } from "../report/text.ts";
import { shareBar, timeline } from "./charts.ts";
import { addressCsv, downloadButton } from "./download.ts";
import type { Analysis } from "./messages.ts";
import { number, percent, period, plural, size } from "./words.ts";

type Cell = string | Node | undefined | false;
/** A column: its heading, and whether it holds numbers. */
type Column = [heading: string, kind?: "number"];

/** Rows that are shown at once; the rest unfolds. */
const SHOWN = 12;
/** Addresses shown on the page; the file has them all. */
const ADDRESSES = 200;

function table(label: string, columns: readonly Column[], rows: readonly Cell[][]): HTMLElement {
  return el(
    "div",
    { class: "scroll", tabindex: 0, role: "group", "aria-label": label },
    el(
      "table",
      { class: "counts" },
      el(
        "thead",
        {},
        el("tr", {}, ...columns.map(([heading, kind]) => el("th", { scope: "col", class: kind }, heading))),
      ),
      el(
        "tbody",
        {},
        ...rows.map((cells) =>
          el(
            "tr",
            {},
            ...cells.map((cell, i) =>
              i === 0 ? el("th", { scope: "row" }, cell) : el("td", { class: columns[i]?.[1] }, cell),
            ),
          ),
        ),
      ),
    ),
  );
}

/** A table whose further rows unfold. */
function longTable(label: string, columns: readonly Column[], rows: readonly Cell[][]): HTMLElement[] {
  const first = table(label, columns, rows.slice(0, SHOWN));
  if (rows.length <= SHOWN) return [first];
  const rest = rows.slice(SHOWN);
  return [first, fold(`${number(rest.length)} more`, table(`${label}, the rest`, columns, rest))];
}

const fold = (summary: string, ...children: Cell[]) => el("details", {}, el("summary", {}, summary), ...children);

const section = (id: string, title: string, ...children: Cell[]): HTMLElement =>
  el("section", { class: "sec", "aria-labelledby": id }, el("h2", { id }, title), el("div", {}, ...children));

const named = (name: string, bar: Node) => {
  const cell = document.createDocumentFragment();
  cell.append(name, bar);
  return cell;
};
const linked = (name: string, path: string, bar: Node) => {
  const cell = document.createDocumentFragment();
  cell.append(el("a", { href: at(path) }, name), bar);
  return cell;
};

function facts(report: Report): HTMLElement {
  const { totals, rate } = report;
  const list: [string, string][] = [
    ["Bounces", number(totals.bounces)],
    ["Hard", number(totals.hard)],
    ["Soft", number(totals.soft)],
    ["Deliveries", number(totals.deliveries)],
    ["Bounce rate", rate ? percent(rate.value) : "No deliveries counted"],
    ["Other records", number(totals.others)],
    ["Unreadable", number(totals.unreadable)],
  ];
  return el(
    "dl",
    { class: "facts" },
    ...list.map(([term, value]) => el("div", {}, el("dt", {}, term), el("dd", {}, value))),
  );
}

function priorities(report: Report): HTMLElement {
  return el(
    "ol",
    { class: "steps priorities" },
    ...report.priorities.map((p) =>
      el(
        "li",
        {},
        el("h3", {}, el("a", { href: at(`/causes/${p.cause}/`) }, p.title)),
        el(
          "p",
          { class: "note" },
          `${plural(p.count, "bounce")} (${percent(p.share)}) · severity ${SEVERITY_WORD[p.severity].toLowerCase()}`,
          p.domains.length > 0 && ` · most at ${p.domains.join(", ")}`,
          p.mend[0] !== undefined && ` · who can mend it: ${PARTY_SIDE[p.mend[0]].toLowerCase()}`,
        ),
        el("ul", {}, ...p.steps.slice(0, 3).map((s) => el("li", {}, s.do))),
      ),
    ),
  );
}

function overTime(report: Report, names: ReadonlyMap<string, string>): HTMLElement | false {
  const { timeline: periods, spikes } = report;
  const unit = report.period?.unit ?? "day";
  if (periods.length === 0) return false;
  const providers = new Map(report.providers.map((p) => [p.provider as string, p.name]));
  const spiky = new Set(spikes.map((s) => s.time));
  return section(
    "when",
    "When",
    timeline(periods, spikes),
    spikes.length > 0 && el("h3", {}, "What changed"),
    spikes.length > 0 &&
      el(
        "ul",
        { class: "spikes" },
        ...spikes
          .slice(0, 10)
          .map((s) =>
            el(
              "li",
              {},
              el("strong", {}, period(s.time)),
              `: ${s.of === "all" ? "all bounces" : (s.of === "cause" ? names : providers).get(s.id) || s.id}, ${number(s.count)} instead of the usual ${number(s.usual)}`,
            ),
          ),
      ),
    el("p", { class: "note" }, spikes.length === 0 && "No spikes. ", report.spikeRule),
    fold(
      "The numbers",
      table(
        `Bounces by ${unit}`,
        [[unit === "day" ? "Day" : "Hour"], ["Bounces", "number"], ["Deliveries", "number"], ["Spike"]],
        periods.map((p) => [period(p.time), number(p.bounces), number(p.deliveries), spiky.has(p.time) ? "Spike" : ""]),
      ),
    ),
  );
}

function addresses(
  title: string,
  why: string,
  file: string,
  rows: readonly AddressRow[],
  names: ReadonlyMap<string, string>,
): HTMLElement {
  return el(
    "div",
    { class: "addresses" },
    el("h3", {}, `${title}: ${number(rows.length)}`),
    el("p", { class: "note" }, why),
    rows.length > 0 &&
      el(
        "p",
        { class: "row" },
        downloadButton(`Download ${file}`, file, () => addressCsv(rows)),
      ),
    rows.length > 0 &&
      fold(
        rows.length > ADDRESSES ? `Show the first ${number(ADDRESSES)} addresses` : "Show the addresses",
        table(
          title,
          [["Address"], ["Cause"], ["Bounces", "number"], ["Last"]],
          rows
            .slice(0, ADDRESSES)
            .map((r) => [r.address, names.get(r.cause) ?? r.cause, number(r.bounces), r.last ?? ""]),
        ),
      ),
  );
}

function unreadable(analysis: Analysis): HTMLElement | false {
  const { report, files } = analysis;
  const faults = files.filter((f) => f.fault !== undefined);
  if (report.totals.unreadable === 0 && faults.length === 0) return false;
  return section(
    "unreadable",
    "Could not be read",
    ...faults.map((f) =>
      el("p", { class: "aside" }, `${f.name} could not be read to its end: ${f.fault} What came before is counted.`),
    ),
    ...(report.unreadable.length === 0
      ? []
      : longTable(
          "Places that could not be read",
          [["Place"], ["Reason"], ["Text"]],
          report.unreadable.map((u) => [`${u.file ?? "input"}, line ${u.line}`, u.reason, el("code", {}, u.text)]),
        )),
    report.omitted.unreadable > 0 &&
      el("p", { class: "note" }, `${number(report.omitted.unreadable)} more; the CSV file has them all.`),
  );
}

function summary(report: Report): string {
  const { totals, period: when } = report;
  if (totals.records === 0) return "There is nothing in it.";
  if (totals.bounces === 0)
    return totals.unreadable > 0 && totals.deliveries === 0 && totals.others === 0
      ? "Nothing in it could be read."
      : "No bounces.";
  const worst = report.causes[0];
  return `${plural(totals.bounces, "bounce")}${when ? (when.from === when.to ? `, ${period(when.from)}` : `, ${period(when.from)} to ${period(when.to)}`) : ""}${worst ? `. Most often: ${worst.name.toLowerCase()}` : ""}.`;
}

/**
 * @param formTitle what people call a form
 * @returns the result, and one sentence for screen readers
 */
export function show(analysis: Analysis, formTitle: (form: string) => string): { node: HTMLElement; sentence: string } {
  const { report, files, csv } = analysis;
  const { totals } = report;
  const names = new Map<string, string>(report.causes.map((c) => [c.cause, c.name]));
  const some = totals.bounces > 0;
  const counted = report.rate !== null;
  const most = report.causes[0]?.count ?? 0;
  const causesOf = (list: readonly { cause: string; count: number }[]) =>
    list.map((c) => `${names.get(c.cause) ?? c.cause} (${number(c.count)})`).join(", ");
  const sentence = summary(report);
  const left = Object.entries(report.omitted).filter(([k, n]) => n > 0 && k !== "untimed" && k !== "unreadable");
  const node = el(
    "div",
    { class: "analysis" },
    el("h2", { id: "result", tabindex: -1 }, sentence),
    el(
      "ul",
      { class: "note files" },
      ...files.map((f) =>
        el(
          "li",
          {},
          el("strong", {}, f.name),
          ` (${size(f.size)})`,
          f.records > 0
            ? `, read as ${f.form ? formTitle(f.form) : "unknown"}: ${plural(f.records, "record")}, ${plural(f.bounces, "bounce")}`
            : f.size === 0
              ? ": the file is empty"
              : ": no records",
        ),
      ),
    ),
    facts(report),
    report.rate !== null &&
      el("p", { class: "aside" }, `Bounce rate ${percent(report.rate.value)}: ${RATE_WORDS[report.rate.level]}`),
    totals.notBounces > 0 &&
      el("p", { class: "note" }, `${plural(totals.notBounces, "record")} came as a bounce and, by the words, is none.`),
    totals.records > 0 &&
      el(
        "p",
        { class: "row" },
        downloadButton("Download the whole classification (CSV)", "classification.csv", () => csv, some),
      ),
    // What could not be read comes first where there is nothing else.
    !some && unreadable(analysis),
    some && report.priorities.length > 0 && section("first", "What to do first", priorities(report)),
    some &&
      section(
        "why",
        "Why",
        el(
          "p",
          { class: "note legend" },
          el("span", { class: "swatch swatch-hard" }),
          "hard ",
          el("span", { class: "swatch swatch-soft" }),
          "soft",
        ),
        ...longTable(
          "Bounces by cause",
          [["Cause"], ["Bounces", "number"], ["Share", "number"], ["Hard", "number"], ["Soft", "number"]],
          report.causes.map((c) => [
            linked(c.name, `/causes/${c.cause}/`, shareBar(c.hard, c.soft, most)),
            number(c.count),
            percent(c.share),
            number(c.hard),
            number(c.soft),
          ]),
        ),
      ),
    some && overTime(report, names),
    some &&
      section(
        "who",
        "Whose words",
        ...longTable(
          "Bounces by provider",
          [["Provider"], ["Bounces", "number"], ["Share", "number"], ["Causes"]],
          report.providers.map((p) => {
            const bar = shareBar(p.hard, p.soft, report.providers[0]?.bounces ?? 0);
            return [
              p.provider === null ? named(p.name, bar) : linked(p.name, `/providers/${p.provider}/`, bar),
              number(p.bounces),
              percent(p.share),
              causesOf(p.causes),
            ];
          }),
        ),
      ),
    some &&
      section(
        "where",
        "Where",
        ...longTable(
          "Bounces by receiver domain",
          [
            ["Receiver"],
            ["Bounces", "number"],
            ...(counted
              ? ([
                  ["Deliveries", "number"],
                  ["Rate", "number"],
                ] as Column[])
              : []),
            ["Causes"],
          ],
          report.domains.map((d) => [
            named(d.domain, shareBar(d.hard, d.soft, report.domains[0]?.bounces ?? 0)),
            number(d.bounces),
            ...(counted ? [number(d.deliveries), d.rate === null ? "" : percent(d.rate)] : []),
            causesOf(d.causes),
          ]),
        ),
      ),
    some &&
      section(
        "addresses",
        "Addresses",
        addresses("To suppress", "Send nothing to these any more.", "suppress.csv", report.suppress, names),
        addresses(
          "To retry",
          "Their last answer was temporary: the queue, or you, may try again.",
          "retry.csv",
          report.retry,
          names,
        ),
      ),
    some &&
      report.unknown.length > 0 &&
      section(
        "unexplained",
        "Not explained",
        ...longTable(
          "Words that no entry knows",
          [["Words"], ["Times", "number"]],
          report.unknown.map((u) => [el("code", {}, u.text), number(u.count)]),
        ),
      ),
    some && unreadable(analysis),
    left.length > 0 &&
      el(
        "p",
        { class: "note" },
        `Beyond the limits of memory: ${left.map(([what, n]) => `${number(n)} bounces at further ${what}`).join(", ")}.`,
      ),
  );
  return { node, sentence };
}
