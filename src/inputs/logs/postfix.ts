/**
 * Postfix's log. A delivery attempt is one line of smtp, lmtp, local, virtual, pipe, error, discard or retry:
 *
 *   Nov 23 10:00:00 mx postfix/smtp[12]: 4Xq: to=<a@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=1,
 *   delays=0/0/1/0, dsn=5.1.1, status=bounced (host mx.example.com[192.0.2.1] said: 550 5.1.1 … (in reply to RCPT TO command))
 *
 * https://www.postfix.org/DEBUG_README.html, postfix/src/global/log_adhoc.c
 */
import type { LogFormat } from "../form.ts";
import type { Reading } from "../record.ts";
import { cleanAddress, cleanHost, cleanId, unflatten } from "../words.ts";
import { MAX_MESSAGES, parseSyslog, RecentMap, syslogProgram } from "./syslog.ts";

const DAEMONS = new Set(
  "anvil bounce cleanup defer discard dnsblog error flush lmtp local master nqmgr oqmgr pickup pipe postfix-script postqueue postscreen postsuper proxymap qmgr qmqpd relay retry scache sendmail showq smtp smtpd smtps submission tlsmgr tlsproxy trace trivial-rewrite verify virtual".split(
    " ",
  ),
);

/** postfix/smtp, or postfix-out/smtp and mta2/smtp where an instance has its own syslog_name. */
function isPostfix(program: string): boolean {
  const slash = program.lastIndexOf("/");
  return slash > 0 && DAEMONS.has(program.slice(slash + 1));
}

const ATTEMPT =
  /^([0-9A-Za-z]{5,20}): to=<(.*?)>, (?:orig_to=<.*?>, )?relay=([^,]{1,300}), (?:conn_use=\d+, )?(?:delay=[\d.]+, )?(?:delays=[\d./]+, )?dsn=(\d\.\d{1,3}\.\d{1,3}), status=([a-z-]+)(?: \((.*)\))?$/s;
const MESSAGE_ID = /^([0-9A-Za-z]{5,20}): (?:resent-)?message-id=<?([^<>\s]{1,500})>?/;
const SENDER = /^([0-9A-Za-z]{5,20}): from=<([^>]*)>/;
const REMOVED = /^([0-9A-Za-z]{5,20}): removed$/;
const SAID = /(?:^|: )host (\S{1,255}?)(?:\[([^\]]{0,64})\])?(?::\d{1,5})? (?:said|refused to talk to me): /;
const IN_REPLY = / \(in reply to [^()]{1,80}\)$/;

/** Takes Postfix's words about a host away from the words of that host. */
export function unwrapPostfix(reason: string): { text: string; mx: string | undefined } {
  const m = SAID.exec(reason);
  if (!m) return { text: reason, mx: undefined };
  const text = reason.slice(m.index + m[0].length).replace(IN_REPLY, "");
  return { text: unflatten(text), mx: cleanHost(m[1]) };
}

export const postfix: LogFormat = {
  id: "postfix",
  title: "Postfix log",
  recognises: (line) => isPostfix(syslogProgram(line) ?? ""),
  start({ now }) {
    const messages = new RecentMap<{ id?: string | undefined; from?: string | undefined }>(MAX_MESSAGES);
    const remember = (queueId: string, what: { id?: string | undefined; from?: string | undefined }) =>
      messages.set(queueId, { ...messages.get(queueId), ...what });
    return (line) => {
      const head = parseSyslog(line, now);
      if (!head || !isPostfix(head.program)) return undefined;
      const { message, time } = head;
      const m = message.includes(" status=") ? ATTEMPT.exec(message) : null;
      if (!m) {
        const id = MESSAGE_ID.exec(message);
        if (id) remember(id[1] as string, { id: id[2] });
        const from = SENDER.exec(message);
        if (from) remember(from[1] as string, { from: from[2] });
        const removed = REMOVED.exec(message);
        if (removed) messages.delete(removed[1] as string);
        return [{ type: "other", text: line, time, reason: "log line" }];
      }
      const [, queueId = "", to = "", relay = "", dsn = "", status = "", reason = ""] = m;
      const known = messages.get(queueId);
      const { text, mx } = unwrapPostfix(reason);
      const reading: Reading = {
        type: "other",
        text,
        recipient: cleanAddress(to) ?? to,
        sender: cleanAddress(known?.from),
        mx: mx ?? cleanHost(relay),
        time,
        messageId: cleanId(known?.id) ?? queueId,
      };
      if (status === "sent" || status === "deliverable") reading.type = "delivery";
      else if (status === "bounced" || status === "deferred" || status === "undeliverable" || status === "expired") {
        reading.type = "bounce";
        // Postfix's own findings carry no code of their own: the line's dsn= is theirs.
        if (mx === undefined && !/\b[245]\d\d[ -]|\b[245]\.\d{1,3}\.\d{1,3}\b/.test(text))
          reading.text = `${dsn} ${text}`;
      } else reading.reason = `status ${status}`;
      return [reading];
    };
  },
};
