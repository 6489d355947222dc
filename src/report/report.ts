/** Many Explanations, one report: what bounces, where, why, what changed, what to do first. Pure; runs in browsers. */
import type { Step } from "../model/primitives.ts";
import type { Action, CauseGroup, CauseId, Kind, Party, Severity } from "../model/vocabulary.ts";
import { Counter, LIMITS, TopKeys } from "./limits.ts";
import type { ReportExplanation, ReportRecord, ReportRules } from "./record.ts";
import { findSpikes, type Period, SPIKE_RULE, type Spike, Timeline } from "./timeline.ts";

export interface CauseCount {
  cause: CauseId;
  name: string;
  group: CauseGroup;
  severity: Severity;
  count: number;
  /** Part of all bounces, 0 to 1. */
  share: number;
  hard: number;
  soft: number;
  /** The receiver domains it comes from most. */
  domains: { domain: string; count: number }[];
  sample: string;
}
export interface ProviderCount {
  provider: string | null;
  name: string;
  bounces: number;
  share: number;
  hard: number;
  soft: number;
  causes: { cause: CauseId; count: number }[];
}
export interface DomainCount {
  domain: string;
  bounces: number;
  deliveries: number;
  /** Bounces per attempt, 0 to 1; null where no deliveries are counted anywhere. */
  rate: number | null;
  hard: number;
  soft: number;
  causes: { cause: CauseId; count: number }[];
}
export interface EntryCount {
  entry: string;
  title: string;
  cause: CauseId;
  count: number;
  sample: string;
}
export interface Priority {
  cause: CauseId;
  /** The commonest entry's title, or the cause's name. */
  title: string;
  severity: Severity;
  count: number;
  share: number;
  /** Who can mend it, the likeliest first. */
  mend: readonly Party[];
  /** The domains concerned most. */
  domains: string[];
  steps: Step[];
}
export interface AddressRow {
  address: string;
  cause: CauseId;
  bounces: number;
  last: string | null;
}

export interface Report {
  totals: {
    records: number;
    bounces: number;
    deliveries: number;
    others: number;
    unreadable: number;
    hard: number;
    soft: number;
    /** Records that came as bounces and, by their words, are none. */
    notBounces: number;
    /** Bounces that neither words nor codes explain. */
    unexplained: number;
  };
  /** Bounces per attempt where deliveries are counted; judged against the usual marks of 2, 5 and 10 per cent. */
  rate: { value: number; level: "good" | "watch" | "high" | "critical" } | null;
  period: { from: string; to: string; unit: "hour" | "day" } | null;
  priorities: Priority[];
  causes: CauseCount[];
  providers: ProviderCount[];
  domains: DomainCount[];
  entries: EntryCount[];
  timeline: Period[];
  spikes: Spike[];
  spikeRule: string;
  /** Addresses to send nothing to any more. */
  suppress: AddressRow[];
  /** Addresses whose last answer was soft: the queue, or you, may try again. */
  retry: AddressRow[];
  /** Wordings that no entry knows yet, the commonest first. */
  unknown: { text: string; count: number }[];
  unreadable: { file: string | null; line: number; reason: string; text: string }[];
  /** What did not fit into the limits of memory. */
  omitted: { domains: number; entries: number; addresses: number; untimed: number; unreadable: number };
}

interface Tallied {
  count: number;
  hard: number;
  soft: number;
  deliveries: number;
  causes: Map<CauseId, number>;
}
const newTallied = (): Tallied => ({ count: 0, hard: 0, soft: 0, deliveries: 0, causes: new Map() });

interface CauseTally {
  count: number;
  hard: number;
  soft: number;
  domains: TopKeys;
  sample: string;
}
interface EntryTally {
  title: string;
  cause: CauseId;
  count: number;
  sample: string;
  steps: Step[];
}
interface AddressTally {
  cause: CauseId;
  action: Action;
  kind: Kind;
  bounces: number;
  /** Bounces since the last delivery. */
  inARow: number;
  last: string | null;
}

/** How much more a bounce of one severity weighs than one of another, for the order of the priorities. */
const WEIGHT: Record<Severity, number> = { none: 0, low: 1, medium: 3, high: 8, critical: 20 };
/** «suppress-if-repeated» becomes a suppression after so many bounces in a row. */
export const REPEATED = 3;
const MAX_SAMPLE = 400;

const oneLine = (text: string) => text.replace(/\s+/g, " ").trim().slice(0, MAX_SAMPLE);
/** What varies in a wording is masked, so that its copies count as one. */
const maskOf = (text: string) =>
  oneLine(text)
    .replace(/[^\s<>]+@[^\s<>]+/g, "@")
    .replace(/\b[0-9a-f]{8,}\b/gi, "#")
    .replace(/\d+/g, "0")
    .slice(0, 160);

const domainOf = (record: ReportRecord): string => {
  const at = record.recipient?.lastIndexOf("@") ?? -1;
  return at >= 0 && record.recipient ? record.recipient.slice(at + 1).toLowerCase() : (record.mx ?? "(unknown)");
};
const topCauses = (causes: ReadonlyMap<CauseId, number>, n: number) =>
  [...causes]
    .sort((a, b) => b[1] - a[1])
    .slice(0, n)
    .map(([cause, count]) => ({ cause, count }));

/** Collects records. Memory stays within LIMITS, whatever comes. */
export class ReportBuilder {
  private readonly totals: Report["totals"] = {
    records: 0,
    bounces: 0,
    deliveries: 0,
    others: 0,
    unreadable: 0,
    hard: 0,
    soft: 0,
    notBounces: 0,
    unexplained: 0,
  };
  private readonly causes = new Map<CauseId, CauseTally>();
  private readonly providers = new Map<string, Tallied>();
  private readonly domains = new Counter<Tallied>(LIMITS.domains, newTallied);
  private readonly entries = new Map<string, EntryTally>();
  private entriesOmitted = 0;
  private readonly addresses = new Map<string, AddressTally>();
  private addressesOmitted = 0;
  private readonly unknownTexts = new TopKeys(LIMITS.unknownTexts);
  private readonly unreadable: Report["unreadable"] = [];
  private readonly timeline = new Timeline();
  private readonly rules: ReportRules;

  constructor(rules: ReportRules) {
    this.rules = rules;
  }

  /**
   * Adds a record.
   * @param record what was read
   * @param explanation what the classifier says of it; needed for bounces only
   */
  add(record: ReportRecord, explanation?: ReportExplanation): void {
    this.totals.records++;
    if (record.type === "delivery") this.addDelivery(record);
    else if (record.type === "bounce" && explanation) this.addBounce(record, explanation);
    else if (record.type === "unreadable") {
      this.totals.unreadable++;
      if (this.unreadable.length < LIMITS.unreadable)
        this.unreadable.push({
          file: record.place?.file ?? null,
          line: record.place?.line ?? 0,
          reason: record.reason ?? "",
          text: oneLine(record.text).slice(0, 200),
        });
    } else this.totals.others++;
  }

  private addDelivery(record: ReportRecord): void {
    this.totals.deliveries++;
    const domain = this.domains.at(domainOf(record));
    if (domain) domain.deliveries++;
    this.timeline.add(record.time, "delivery");
    const address = record.recipient === undefined ? undefined : this.addresses.get(record.recipient);
    if (address) {
      address.inARow = 0;
      // The address takes mail: neither list is its place, whatever came before.
      address.action = "none";
    }
  }

  private addBounce(record: ReportRecord, e: ReportExplanation): void {
    if (e.cause === "not-a-bounce") {
      this.totals.notBounces++;
      this.totals.others++;
      return;
    }
    const totals = this.totals;
    totals.bounces++;
    const hard = e.kind === "hard" ? 1 : 0;
    const soft = e.kind === "soft" ? 1 : 0;
    totals.hard += hard;
    totals.soft += soft;
    const domainName = domainOf(record);
    let cause = this.causes.get(e.cause);
    if (!cause) {
      cause = { count: 0, hard: 0, soft: 0, domains: new TopKeys(100), sample: oneLine(record.text) };
      this.causes.set(e.cause, cause);
    }
    cause.count++;
    cause.hard += hard;
    cause.soft += soft;
    cause.domains.add(domainName, domainName);
    const provider = this.tallied(this.providers, e.provider ?? "");
    for (const t of [provider, this.domains.at(domainName)]) {
      if (!t) continue;
      t.count++;
      t.hard += hard;
      t.soft += soft;
      t.causes.set(e.cause, (t.causes.get(e.cause) ?? 0) + 1);
    }
    this.addEntry(record, e);
    if (e.basis === "none" || e.cause === "unknown") {
      totals.unexplained++;
      this.unknownTexts.add(maskOf(record.text), oneLine(record.text));
    }
    this.timeline.add(record.time, "bounce", e.cause, e.provider);
    this.addAddress(record, e);
  }

  private tallied(map: Map<string, Tallied>, key: string): Tallied {
    let t = map.get(key);
    if (!t) {
      t = newTallied();
      map.set(key, t);
    }
    return t;
  }

  private addEntry(record: ReportRecord, e: ReportExplanation): void {
    const key = e.entry ?? `(${e.cause})`;
    let entry = this.entries.get(key);
    if (!entry) {
      if (this.entries.size >= LIMITS.entries) {
        this.entriesOmitted++;
        return;
      }
      entry = { title: e.title, cause: e.cause, count: 0, sample: oneLine(record.text), steps: e.steps };
      this.entries.set(key, entry);
    }
    entry.count++;
  }

  private addAddress(record: ReportRecord, e: ReportExplanation): void {
    const name = record.recipient;
    if (name === undefined) return;
    let address = this.addresses.get(name);
    if (!address) {
      if (this.addresses.size >= LIMITS.addresses) {
        this.addressesOmitted++;
        return;
      }
      address = { cause: e.cause, action: e.action, kind: e.kind, bounces: 0, inARow: 0, last: null };
      this.addresses.set(name, address);
    }
    address.bounces++;
    address.inARow++;
    // Once suppressed, a later soft answer changes nothing.
    if (address.action !== "suppress" || address.inARow === 1) {
      address.cause = e.cause;
      address.action = e.action;
      address.kind = e.kind;
    }
    address.last = record.time ?? address.last;
  }

  /** The report on all that was added so far. */
  result(): Report {
    const { totals } = this;
    const names = new Map(this.rules.causes.map((c) => [c.id, c]));
    const providerNames = new Map(this.rules.providers.map((p) => [p.slug, p.name]));
    const share = (n: number) => (totals.bounces === 0 ? 0 : n / totals.bounces);
    const counted = totals.deliveries > 0;
    const { unit, periods } = this.timeline.periods();

    const causes = [...this.causes]
      .map(([id, c]): CauseCount => {
        const cause = names.get(id);
        return {
          cause: id,
          name: cause?.name ?? id,
          group: cause?.group ?? "other",
          severity: cause?.severity ?? "medium",
          count: c.count,
          share: share(c.count),
          hard: c.hard,
          soft: c.soft,
          domains: c.domains.top(5).map(({ text, count }) => ({ domain: text, count })),
          sample: c.sample,
        };
      })
      .sort((a, b) => b.count - a.count);
    const entries = [...this.entries].sort((a, b) => b[1].count - a[1].count);
    const priorities = causes
      .filter((c) => WEIGHT[c.severity] > 0)
      .sort((a, b) => WEIGHT[b.severity] * b.count - WEIGHT[a.severity] * a.count)
      .slice(0, 10)
      .map((c): Priority => {
        const first = entries.find(([, e]) => e.cause === c.cause)?.[1];
        const cause = names.get(c.cause);
        return {
          cause: c.cause,
          title: first?.title || c.name,
          severity: c.severity,
          count: c.count,
          share: c.share,
          mend: cause?.mend ?? [],
          domains: c.domains.slice(0, 3).map((d) => d.domain),
          steps: first?.steps ?? cause?.steps ?? [],
        };
      });
    const rate = totals.bounces / (totals.bounces + totals.deliveries);
    return {
      totals: { ...totals },
      rate: counted
        ? { value: rate, level: rate > 0.1 ? "critical" : rate > 0.05 ? "high" : rate > 0.02 ? "watch" : "good" }
        : null,
      period: periods.length > 0 ? { from: periods[0]?.time ?? "", to: periods.at(-1)?.time ?? "", unit } : null,
      priorities,
      causes,
      providers: [...this.providers]
        .map(([slug, p]) => ({
          provider: slug || null,
          name: slug === "" ? "Not known from the words" : (providerNames.get(slug) ?? slug),
          bounces: p.count,
          share: share(p.count),
          hard: p.hard,
          soft: p.soft,
          causes: topCauses(p.causes, 3),
        }))
        .sort((a, b) => b.bounces - a.bounces),
      domains: [...this.domains.map]
        .filter(([, d]) => d.count > 0)
        .sort((a, b) => b[1].count - a[1].count)
        .slice(0, 200)
        .map(([domain, d]) => ({
          domain,
          bounces: d.count,
          deliveries: d.deliveries,
          rate: counted ? d.count / (d.count + d.deliveries) : null,
          hard: d.hard,
          soft: d.soft,
          causes: topCauses(d.causes, 3),
        })),
      entries: entries
        .filter(([id]) => !id.startsWith("("))
        .slice(0, 100)
        .map(([entry, { title, cause, count, sample }]) => ({ entry, title, cause, count, sample })),
      timeline: periods,
      spikes: findSpikes(periods),
      spikeRule: SPIKE_RULE.text,
      suppress: this.rows(
        (a) => a.action === "suppress" || (a.action === "suppress-if-repeated" && a.inARow >= REPEATED),
      ),
      retry: this.rows(
        (a) =>
          a.kind === "soft" &&
          (a.action === "retry" ||
            a.action === "slow-down" ||
            (a.action === "suppress-if-repeated" && a.inARow < REPEATED)),
      ),
      unknown: this.unknownTexts.top(20).map(({ text, count }) => ({ text, count })),
      unreadable: this.unreadable,
      omitted: {
        domains: this.domains.overflow,
        entries: this.entriesOmitted,
        addresses: this.addressesOmitted,
        untimed: this.timeline.untimed,
        unreadable: totals.unreadable - this.unreadable.length,
      },
    };
  }

  private rows(wanted: (a: AddressTally) => boolean): AddressRow[] {
    const rows: AddressRow[] = [];
    for (const [address, a] of this.addresses)
      if (wanted(a)) rows.push({ address, cause: a.cause, bounces: a.bounces, last: a.last });
    return rows.sort((a, b) => (a.address < b.address ? -1 : 1));
  }
}
