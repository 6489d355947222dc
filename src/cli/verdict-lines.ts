/** Records in, output lines out: the work of classify, in the main thread or in a worker. */
import { classify } from "../index.ts";
import type { InputRecord, RecordType } from "../inputs/index.ts";
import type { Explanation } from "../model/explanation.ts";
import { COLUMNS, csvCell, VERDICT } from "../report/csv.ts";

export { COLUMNS, csvCell };

export interface LineOptions {
  format: "json" | "csv";
  /** The whole Explanation instead of its verdict. */
  full: boolean;
  types: readonly RecordType[];
  recipient: string | undefined;
  mx: string | undefined;
}

/** So many verdicts are kept: replies repeat, and a repeated one costs nothing. Two generations of them. */
const CACHE_SIZE = 4_000;
/** Longer texts are not worth their room in the cache. */
const CACHE_TEXT = 600;

interface CachedVerdict {
  /** The verdict's part of a JSON line. */
  json: string;
  fields: string[];
}

/** After so many look-ups the cache asks itself whether it is of use, and if not pauses for PAUSE of them. */
const TRIAL = 4_096;
const PAUSE = 65_536;

class Cache {
  private young = new Map<string, CachedVerdict>();
  private old = new Map<string, CachedVerdict>();
  private lookups = 0;
  private hits = 0;
  private pause = 0;

  /** Whether to look a text up at all: where no text comes twice, keeping them only costs. */
  get inUse(): boolean {
    if (this.pause > 0) {
      this.pause--;
      return false;
    }
    if (++this.lookups >= TRIAL) {
      if (this.hits < TRIAL / 10) {
        this.pause = PAUSE;
        this.young = new Map();
        this.old = new Map();
      }
      this.lookups = this.hits = 0;
    }
    return true;
  }
  get(key: string): CachedVerdict | undefined {
    const found = this.young.get(key) ?? this.old.get(key);
    if (!found) return undefined;
    this.hits++;
    if (!this.young.has(key)) this.set(key, found);
    return found;
  }
  set(key: string, value: CachedVerdict): void {
    if (this.young.size >= CACHE_SIZE) {
      this.old = this.young;
      this.young = new Map();
    }
    this.young.set(key, value);
  }
}

export function makeLineWriter(options: LineOptions): (record: InputRecord) => string {
  const wanted = new Set(options.types);
  const cache = new Cache();
  const verdictOf = (text: string, recipient: string | undefined, mx: string | undefined): CachedVerdict => {
    // Only the domain of the recipient is evidence: addresses must not defeat the cache.
    const domain = recipient === undefined ? "" : recipient.slice(recipient.lastIndexOf("@") + 1);
    const key = text.length <= CACHE_TEXT && cache.inUse ? `${domain}\0${mx ?? ""}\0${text}` : undefined;
    const known = key === undefined ? undefined : cache.get(key);
    if (known) return known;
    const e = explain(text, recipient, mx);
    let json = "";
    const fields: string[] = [];
    for (const name of VERDICT) {
      const value = e[name];
      if (value !== undefined) json += `,"${name}":${JSON.stringify(value)}`;
      fields.push(value === undefined ? "" : csvCell(String(value)));
    }
    const verdict = { json, fields };
    if (key !== undefined) cache.set(key, verdict);
    return verdict;
  };
  const explain = (text: string, recipient: string | undefined, mx: string | undefined): Explanation =>
    classify(text, { ...(recipient !== undefined && { recipient }), ...(mx !== undefined && { mx }) });

  return (record) => {
    if (!wanted.has(record.type)) return "";
    const recipient = record.recipient ?? options.recipient;
    const mx = record.mx ?? options.mx;
    const { place, text } = record;
    const verdict = record.type === "bounce" && !options.full ? verdictOf(text, recipient, mx) : undefined;
    if (options.format === "csv") {
      const v = verdict ?? (record.type === "bounce" ? verdictOf(text, recipient, mx) : undefined);
      const cells = [
        csvCell(place.file ?? ""),
        String(place.line),
        record.type,
        ...(v?.fields ?? VERDICT.map(() => "")),
        csvCell(recipient ?? ""),
        csvCell(mx ?? ""),
        record.time ?? "",
        csvCell(record.messageId ?? ""),
        csvCell(text),
        csvCell(record.reason ?? ""),
      ];
      return `${cells.join(",")}\r\n`;
    }
    let line = "{";
    if (place.file !== undefined) line += `"file":${JSON.stringify(place.file)},`;
    line += `"line":${place.line},"type":"${record.type}"`;
    if (verdict) line += verdict.json;
    if (record.recipient !== undefined) line += `,"recipient":${JSON.stringify(record.recipient)}`;
    if (record.mx !== undefined) line += `,"mx":${JSON.stringify(record.mx)}`;
    if (record.time !== undefined) line += `,"time":"${record.time}"`;
    if (record.messageId !== undefined) line += `,"messageId":${JSON.stringify(record.messageId)}`;
    line += `,"text":${JSON.stringify(text)}`;
    if (record.reason !== undefined) line += `,"reason":${JSON.stringify(record.reason)}`;
    if (options.full && record.type === "bounce")
      line += `,"explanation":${JSON.stringify(explain(text, recipient, mx))}`;
    return `${line}}\n`;
  };
}
