/**
 * Exim's main log: «<=» arrival, «=>» «->» «>>» delivery, «**» failure, «==» deferral.
 * https://www.exim.org/exim-html-current/doc/html/spec_html/ch-log_files.html
 */
import type { LogFormat } from "../form.ts";
import type { Reading } from "../record.ts";
import { toTime } from "../time.ts";
import { cleanAddress, cleanHost, cleanId } from "../words.ts";
import { MAX_MESSAGES, RecentMap } from "./syslog.ts";

/** Time, maybe its zone, maybe the process; then a message id of Exim up to 4.96 or since 4.97; or something else. */
const HEAD =
  /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?)(?: ([+-]\d{4}))?(?: \[\d{1,10}\])?(?: ([0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4}))? /;
const FLAG = /^(<=|=>|->|>>|\*>|\*\*|==) /;
/** Fields of the log line: R=router T=transport H=host [ip]:port X=cipher C="250 OK" … */
const FIELD =
  /^ ([A-Za-z]{1,4})=("(?:[^"\\]|\\.)*"|<[^>]*>|[^\s"<]*[^\s":<])?((?: \([^)\s]{1,255}\))? \[[^\]\s]{1,64}\](?::\d{1,5})?)?(?=[:\s]|$)/;
const DEFER = /^ defer \(-?\d{1,6}\)/;

/**
 * Takes Exim's words about a host away from the words of that host:
 * «SMTP error from remote mail server after RCPT TO:<…>: host mx.example.com [192.0.2.1]: 550 …»
 */
const REMOTE_ERROR =
  /SMTP error from remote (?:mail server|mailer) after (?:initial connection|pipelined [^:]{1,40}|end of data|[A-Z]{2,10}[^:]{0,20}(?::<[^>]*>)?[^:]{0,200}?): (?:host (\S{1,255}) \[([^\]]{1,64})\](?::\d{1,5})?: )?/;

/** What Exim adds to the last deferral when it gives a message up. */
const GIVEN_UP = /(?:: |^)retry time(?:out exceeded| not reached for any host after a long failure period)$/;

export function unwrapExim(reason: string): { text: string; mx: string | undefined } {
  // Exim prints the line breaks of a reply as \n and keeps its codes.
  const printed = reason.replace(/\\n/g, "\n").replace(/\\r/g, "").replace(/\\t/g, "\t");
  const m = REMOTE_ERROR.exec(printed);
  if (!m) return { text: printed, mx: undefined };
  return { text: printed.slice(m.index + m[0].length).replace(GIVEN_UP, ""), mx: cleanHost(m[1]) };
}

export const exim: LogFormat = {
  id: "exim",
  title: "Exim main log",
  recognises(line) {
    const m = HEAD.exec(line);
    return (
      m !== null &&
      (m[3] !== undefined ||
        /^(?:exim |Start queue run|End queue run|no (?:host name|IP address) found|H=)/.test(line.slice(m[0].length)))
    );
  },
  start() {
    const messages = new RecentMap<{ id?: string | undefined; from?: string | undefined }>(MAX_MESSAGES);
    /** The last deferral of each message and recipient: «** …: retry timeout exceeded» leaves its reason out. */
    const deferrals = new RecentMap<{ text: string; mx?: string }>(MAX_MESSAGES);
    return (line) => {
      const head = HEAD.exec(line);
      if (!head) return undefined;
      const time = toTime(head[2] === undefined ? head[1] : `${head[1]}${head[2]}`);
      const id = head[3];
      const other = (reason: string): Reading[] => [{ type: "other", text: line, time, reason }];
      const rest = line.slice(head[0].length);
      const flag = FLAG.exec(rest)?.[1];
      if (id === undefined)
        return /^(?:exim |Start queue run|End queue run|no (?:host name|IP address) found|H=|SMTP )/.test(rest)
          ? other("log line")
          : undefined;
      if (flag === undefined) {
        if (rest === "Completed") messages.delete(id);
        return other("log line");
      }
      if (flag === "<=") {
        const from = /^<= (\S+)/.exec(rest)?.[1];
        messages.set(id, { id: / id=(\S+)/.exec(rest)?.[1], from: from === "<>" ? undefined : from });
        return other("arrival");
      }
      const reading = readAttempt(flag, rest.slice(3), id, messages.get(id), time);
      const key = `${id} ${reading.recipient}`;
      if (flag === "==" && reading.type === "bounce") {
        deferrals.set(key, { text: reading.text, ...(reading.mx !== undefined && { mx: reading.mx }) });
      } else if (flag === "**" && GIVEN_UP.test(reading.text)) {
        const last = deferrals.get(key);
        if (last) {
          reading.text = last.text;
          reading.mx ??= last.mx;
        }
      }
      return [reading];
    };
  },
};

function readAttempt(
  flag: string,
  attempt: string,
  id: string,
  message: { id?: string | undefined; from?: string | undefined } | undefined,
  time: string | undefined,
): Reading {
  // The final address, maybe its parent in round brackets, maybe the original one in angle brackets.
  const addresses = /^(\S+?)(?: \([^)\s]*\))?(?: <([^>]*)>)?(?=:?(?:\s|$))/.exec(attempt);
  let at = addresses?.[0].length ?? 0;
  const fields = new Map<string, string>();
  let host: string | undefined;
  for (;;) {
    const rest = attempt.slice(at);
    const defer = DEFER.exec(rest);
    const field = defer ? null : FIELD.exec(rest);
    const length = defer?.[0].length ?? field?.[0].length ?? 0;
    if (length === 0) break;
    at += length;
    if (field?.[1]) {
      fields.set(field[1], field[2] ?? "");
      if (field[1] === "H") host = field[2] ?? field[3];
    }
  }
  const reason = attempt.slice(at).replace(/^\s*:?\s*/, "");
  const { text, mx } = unwrapExim(reason);
  const final = addresses?.[1];
  const reading: Reading = {
    type: flag === "**" || flag === "==" ? "bounce" : "delivery",
    text,
    recipient: cleanAddress(final) ?? cleanAddress(addresses?.[2]) ?? final,
    sender: cleanAddress(message?.from),
    mx: mx ?? cleanHost(host),
    time,
    messageId: cleanId(message?.id) ?? id,
  };
  if (flag === "*>") {
    reading.type = "other";
    reading.reason = "delivery suppressed (-N)";
  } else if (flag === "==" && /^(?:retry time not reached|remote host address is the local host$)/.test(text)) {
    // No attempt was made: an earlier line has the reply.
    reading.type = "other";
    reading.reason = "not tried";
  } else if (reading.type === "delivery") reading.text = (fields.get("C") ?? "").replace(/^"|"$/g, "");
  return reading;
}
