/** What happened when: counts per hour, or per day where the period is long; and spikes in them. */
import { LIMITS } from "./limits.ts";

export interface Period {
  /** 2026-11-23T10 or 2026-11-23 */
  time: string;
  bounces: number;
  deliveries: number;
  causes: Record<string, number>;
  providers: Record<string, number>;
}

export interface Spike {
  time: string;
  /** all, or what the series counts. */
  of: "all" | "cause" | "provider";
  id: string;
  count: number;
  /** The median of the series. */
  usual: number;
}

/**
 * The rule by which a period is a spike. It is printed with every report.
 *
 * Three times the median tells a change from the daily ups and downs; four times its square root keeps small numbers,
 * which scatter by about their square root, from looking like one; ten is the least that is worth a look.
 */
export const SPIKE_RULE = {
  leastPeriods: 5,
  leastCount: 10,
  factor: 3,
  deviations: 4,
  text: "A spike is a period with at least 10 bounces, at least three times the median of all periods, and more than four times the median's square root above it; at least five periods are needed.",
} as const;

interface Bucket {
  bounces: number;
  deliveries: number;
  causes: Map<string, number>;
  providers: Map<string, number>;
}
const newBucket = (): Bucket => ({ bounces: 0, deliveries: 0, causes: new Map(), providers: new Map() });
const add = (map: Map<string, number>, key: string, n = 1) => map.set(key, (map.get(key) ?? 0) + n);

const HOUR = /^\d{4}-\d\d-\d\dT\d\d/;
const DAY = /^\d{4}-\d\d-\d\d/;

export class Timeline {
  private buckets = new Map<string, Bucket>();
  private unit: "hour" | "day" = "hour";
  /** Records without a time, or beyond the limit. */
  untimed = 0;

  add(time: string | undefined, what: "bounce" | "delivery", cause?: string, provider?: string): void {
    const key =
      time === undefined ? undefined : ((this.unit === "hour" ? HOUR : DAY).exec(time)?.[0] ?? DAY.exec(time)?.[0]);
    if (key === undefined) {
      this.untimed++;
      return;
    }
    let bucket = this.buckets.get(key);
    if (!bucket) {
      if (this.buckets.size >= LIMITS.periods) {
        if (this.unit === "hour") {
          this.toDays();
          this.add(time, what, cause, provider);
          return;
        }
        this.untimed++;
        return;
      }
      bucket = newBucket();
      this.buckets.set(key, bucket);
    }
    if (what === "delivery") bucket.deliveries++;
    else {
      bucket.bounces++;
      if (cause !== undefined) add(bucket.causes, cause);
      if (provider !== undefined) add(bucket.providers, provider);
    }
  }

  private toDays(): void {
    const days = new Map<string, Bucket>();
    for (const [key, bucket] of this.buckets) {
      const day = key.slice(0, 10);
      let into = days.get(day);
      if (!into) {
        into = newBucket();
        days.set(day, into);
      }
      into.bounces += bucket.bounces;
      into.deliveries += bucket.deliveries;
      for (const [k, n] of bucket.causes) add(into.causes, k, n);
      for (const [k, n] of bucket.providers) add(into.providers, k, n);
    }
    this.buckets = days;
    this.unit = "day";
  }

  /** The periods in order, empty ones filled in; hours where the whole is no longer than three days. */
  periods(): { unit: "hour" | "day"; periods: Period[] } {
    const keys = [...this.buckets.keys()].sort();
    const first = keys[0];
    const last = keys.at(-1);
    if (first === undefined || last === undefined) return { unit: "day", periods: [] };
    const span = Date.parse(last.slice(0, 10)) - Date.parse(first.slice(0, 10));
    if (this.unit === "hour" && (span > 2 * 86_400_000 || keys.some((k) => k.length === 10))) this.toDays();
    const step = this.unit === "hour" ? 3_600_000 : 86_400_000;
    const at = (key: string) => Date.parse(key.length === 13 ? `${key}:00:00Z` : `${key.slice(0, 10)}T00:00:00Z`);
    const sorted = [...this.buckets.keys()].sort();
    const from = at(sorted[0] as string);
    const to = at(sorted.at(-1) as string);
    const periods: Period[] = [];
    const length = this.unit === "hour" ? 13 : 10;
    // A stray time of another year must not fill the report with empty days.
    const fill = Number.isFinite(from) && Number.isFinite(to) && (to - from) / step <= LIMITS.periods;
    const all = fill
      ? Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) =>
          new Date(from + i * step).toISOString().slice(0, length),
        )
      : sorted;
    for (const time of all) {
      const b = this.buckets.get(time);
      periods.push({
        time,
        bounces: b?.bounces ?? 0,
        deliveries: b?.deliveries ?? 0,
        causes: Object.fromEntries(b?.causes ?? []),
        providers: Object.fromEntries(b?.providers ?? []),
      });
    }
    return { unit: this.unit, periods };
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Finds spikes by SPIKE_RULE: of all bounces, of each cause, of each provider. The steepest first. */
export function findSpikes(periods: readonly Period[]): Spike[] {
  if (periods.length < SPIKE_RULE.leastPeriods) return [];
  const spikes: Spike[] = [];
  const look = (series: Spike["of"], id: string, counts: readonly number[]) => {
    const usual = median(counts);
    counts.forEach((count, i) => {
      if (
        count >= SPIKE_RULE.leastCount &&
        count >= SPIKE_RULE.factor * usual &&
        count > usual + SPIKE_RULE.deviations * Math.sqrt(Math.max(usual, 1))
      )
        spikes.push({ time: periods[i]?.time ?? "", of: series, id, count, usual });
    });
  };
  look(
    "all",
    "all",
    periods.map((p) => p.bounces),
  );
  for (const series of ["cause", "provider"] as const) {
    const field = series === "cause" ? "causes" : "providers";
    const ids = new Set(periods.flatMap((p) => Object.keys(p[field])));
    for (const id of ids)
      look(
        series,
        id,
        periods.map((p) => p[field][id] ?? 0),
      );
  }
  return spikes.sort((a, b) => b.count / Math.max(b.usual, 1) - a.count / Math.max(a.usual, 1)).slice(0, 30);
}
