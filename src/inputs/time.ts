/** Times as logs, mails and events write them, to ISO 8601. Undefined for what is no time; nothing throws. */

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const two = (n: number) => String(n).padStart(2, "0");

function fromMilliseconds(ms: number): string | undefined {
  // 1990 to 2100: what lies outside is some other number.
  if (!(ms > 631_152_000_000 && ms < 4_102_444_800_000)) return undefined;
  return new Date(ms).toISOString().replace(".000Z", "Z");
}

/** Seconds, milliseconds or microseconds since 1970, as a number or in digits. */
export function fromEpoch(value: unknown): string | undefined {
  const n =
    typeof value === "number"
      ? value
      : typeof value === "string" && /^\d+(\.\d+)?$/.test(value)
        ? Number(value)
        : Number.NaN;
  if (!Number.isFinite(n)) return undefined;
  return n > 1e14 ? fromMilliseconds(n / 1000) : n > 1e11 ? fromMilliseconds(n) : fromMilliseconds(n * 1000);
}

const LOCAL = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,]\d{1,9})?$/;
const ZONED = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?\s?(Z|UTC|[+-]\d\d:?\d\d)$/;

/** A time as events and tables carry it: epoch, ISO 8601 with or without zone, RFC 5322. */
export function toTime(value: unknown): string | undefined {
  if (typeof value === "number") return fromEpoch(value);
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  if (text.length < 8 || text.length > 64) return undefined;
  const epoch = fromEpoch(text);
  if (epoch !== undefined) return epoch;
  const local = LOCAL.exec(text);
  if (local) return `${local[1]}-${local[2]}-${local[3]}T${local[4]}:${local[5]}:${local[6]}`;
  const zoned = ZONED.exec(text);
  if (zoned) {
    const zone = zoned[4] === "UTC" ? "Z" : (zoned[4] as string).replace(/^([+-]\d\d)(\d\d)$/, "$1:$2");
    return fromMilliseconds(
      Date.parse(`${zoned[1]}T${zoned[2]}.${(zoned[3] ?? "0").slice(0, 3).padEnd(3, "0")}${zone}`),
    );
  }
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return Number.isNaN(Date.parse(text)) ? undefined : text;
  // RFC 5322: Mon, 23 Nov 2026 10:00:00 +0000 (UTC)
  if (/\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d/.test(text))
    return fromMilliseconds(Date.parse(text.replace(/\s*\([^)]*\)$/, "")));
  return undefined;
}

/** Nov 23 10:00:00 (RFC 3164): has neither year nor zone; the year is the latest that does not lie ahead of now. */
export function fromSyslog(month: string, day: string, clock: string, now: number): string | undefined {
  const m = MONTHS.indexOf(month.toLowerCase());
  if (m < 0) return undefined;
  const today = new Date(now);
  const d = Number(day);
  // Two days of grace: another zone, a clock that runs ahead.
  const ahead = Date.UTC(today.getUTCFullYear(), m, d) > now + 2 * 86_400_000;
  return `${today.getUTCFullYear() - (ahead ? 1 : 0)}-${two(m + 1)}-${two(d)}T${clock}`;
}
