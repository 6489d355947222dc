/** How much a report holds, so that its memory does not grow with the input. The result states what was left out. */
export const LIMITS = {
  /** Receiver domains counted one by one; the rest is counted together. */
  domains: 20_000,
  /** Entries and causes of words nobody knows yet, counted one by one. */
  entries: 5_000,
  /** Addresses remembered for the lists to suppress and to retry. */
  addresses: 200_000,
  /** Unrecognised wordings remembered. */
  unknownTexts: 500,
  /** Unreadable records listed with place and reason. */
  unreadable: 100,
  /** Hours of the timeline; a longer period goes by days, the newest first to stay. */
  periods: 9_600,
} as const;

/** A map that counts; a new key beyond the limit is counted under «overflow» instead. */
export class Counter<V> {
  readonly map = new Map<string, V>();
  overflow = 0;
  private readonly limit: number;
  private readonly make: () => V;

  constructor(limit: number, make: () => V) {
    this.limit = limit;
    this.make = make;
  }

  /** The entry of a key; undefined where there is no room for another. */
  at(key: string): V | undefined {
    const known = this.map.get(key);
    if (known !== undefined) return known;
    if (this.map.size >= this.limit) {
      this.overflow++;
      return undefined;
    }
    const made = this.make();
    this.map.set(key, made);
    return made;
  }
}

/**
 * The most frequent keys of a stream in bounded room (after Space-Saving, Metwally et al. 2005): when the room is used up
 * the rarer half goes, and a key that comes later starts with the count of the greatest that went. So counts are upper
 * bounds, and `error` says by how much.
 */
export class TopKeys {
  private counts = new Map<string, { count: number; error: number; sample: string }>();
  private floor = 0;
  private readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  add(key: string, sample: string): void {
    const known = this.counts.get(key);
    if (known) {
      known.count++;
      return;
    }
    if (this.counts.size >= 2 * this.limit) {
      const sorted = [...this.counts].sort((a, b) => b[1].count - a[1].count);
      this.floor = Math.max(this.floor, sorted[this.limit]?.[1].count ?? 0);
      this.counts = new Map(sorted.slice(0, this.limit));
    }
    this.counts.set(key, { count: this.floor + 1, error: this.floor, sample });
  }

  top(n: number): { text: string; count: number; error: number }[] {
    return [...this.counts.values()]
      .sort((a, b) => b.count - b.error - (a.count - a.error))
      .slice(0, n)
      .map(({ count, error, sample }) => ({ text: sample, count, error }));
  }
}
