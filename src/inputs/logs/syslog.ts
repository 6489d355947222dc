/** The head of a syslog line (RFC 3164 as written to files, or with an ISO 8601 time as rsyslog and journald write it). */
import { fromSyslog, toTime } from "../time.ts";

export interface SyslogLine {
  time: string | undefined;
  program: string;
  message: string;
}

const HEAD =
  /^(?:<\d{1,3}>(?:\d )?)?(?:([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d)(?:\.\d{1,9})?|(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?)) (?:[\w.:-]{1,255} )?([\w./-]{1,100})(?:\[\d{1,10}\])?: /;

/** Whether a line begins with the time of a log. Cheap. */
export const LOG_TIME =
  /^(?:<\d{1,3}>(?:\d )?)?(?:[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)/;

/** Takes a syslog line apart; undefined for other lines. */
export function parseSyslog(line: string, now: number): SyslogLine | undefined {
  const m = HEAD.exec(line);
  if (!m) return undefined;
  return {
    time: m[4] === undefined ? fromSyslog(m[1] as string, m[2] as string, m[3] as string, now) : toTime(m[4]),
    program: m[5] as string,
    message: line.slice(m[0].length),
  };
}

/** The program's name alone, for a cheap test. */
export function syslogProgram(line: string): string | undefined {
  return HEAD.exec(line)?.[5];
}

/** A map that forgets its oldest entries: what a log says of a message before its deliveries. */
export class RecentMap<V> {
  private readonly map = new Map<string, V>();
  private readonly limit: number;
  constructor(limit: number) {
    this.limit = limit;
  }
  get(key: string): V | undefined {
    return this.map.get(key);
  }
  set(key: string, value: V): void {
    if (this.map.size >= this.limit && !this.map.has(key)) {
      const oldest = this.map.keys().next();
      if (!oldest.done) this.map.delete(oldest.value);
    }
    this.map.set(key, value);
  }
  delete(key: string): void {
    this.map.delete(key);
  }
}

/** So many messages in flight are remembered, for their Message-IDs and senders: about 20 MB at most. */
export const MAX_MESSAGES = 50_000;
