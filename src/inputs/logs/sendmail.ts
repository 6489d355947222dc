/**
 * Sendmail's log: one line of key=value for each attempt, stat= last.
 *
 *   Nov 23 10:00:00 mx sendmail[12]: 4ANA0: to=<a@example.com>, delay=00:00:01, mailer=esmtp, relay=mx.example.com. [192.0.2.1],
 *   dsn=5.1.1, reply=550 5.1.1 …, stat=User unknown
 *
 * Sendmail Installation and Operation Guide, «The System Log»: https://www.sendmail.org/~ca/email/doc8.12/op.html
 */
import type { LogFormat } from "../form.ts";
import type { Reading } from "../record.ts";
import { cleanAddress, cleanHost, cleanId, joinWords, REPLY_START, unflatten } from "../words.ts";
import { MAX_MESSAGES, parseSyslog, RecentMap, syslogProgram } from "./syslog.ts";

const isSendmail = (program: string) => /^(?:sendmail|sm-mta|sm-msp-queue|sm-que|MTA|mail)$/i.test(program);

/** The value of a field up to the next field. stat= is the last and runs to the end. */
function field(message: string, name: string): string | undefined {
  const at = message.search(new RegExp(`(?:^|[ ,])${name}=`));
  if (at < 0) return undefined;
  const rest = message.slice(message.indexOf("=", at) + 1);
  if (name === "stat") return rest;
  const end = rest.search(/, (?:[a-z]\w{1,12})=/);
  return end < 0 ? rest : rest.slice(0, end);
}

export const sendmail: LogFormat = {
  id: "sendmail",
  title: "sendmail log",
  recognises: (line) => isSendmail(syslogProgram(line) ?? "") || /: to=.{1,600}, delay=.{1,600}, stat=/.test(line),
  start({ now }) {
    const messages = new RecentMap<{ id?: string | undefined; from?: string | undefined }>(MAX_MESSAGES);
    return (line) => {
      const head = parseSyslog(line, now);
      if (!head || head.program.includes("/")) return undefined;
      const { message, time } = head;
      const attempt = /^(\w{8,20}): to=/.exec(message);
      const isAttempt = attempt !== null && message.includes(", stat=");
      if (!isAttempt && !isSendmail(head.program)) return undefined;
      if (!isAttempt) {
        const from = /^(\w{8,20}): from=/.exec(message);
        if (from) messages.set(from[1] as string, { id: field(message, "msgid"), from: field(message, "from") });
        return [{ type: "other", text: line, time, reason: "log line" }];
      }
      const known = messages.get(attempt[1] as string);
      const stat = field(message, "stat") ?? "";
      const dsn = field(message, "dsn") ?? "";
      const common: Omit<Reading, "type" | "text"> = {
        sender: cleanAddress(known?.from),
        mx: cleanHost(field(message, "relay")),
        time,
        messageId: cleanId(known?.id) ?? attempt[1],
      };
      const outcome = outcomeOf(stat, dsn, field(message, "reply"));
      const recipients = (field(message, "to") ?? "").split(",").filter((t) => t.trim() !== "");
      return (recipients.length === 0 ? [""] : recipients).map((to) => ({
        ...outcome,
        ...common,
        reason: outcome.reason,
        recipient: cleanAddress(to) ?? (to.replace(/[<>]/g, "").trim() || undefined),
      }));
    };
  },
};

function outcomeOf(stat: string, dsn: string, reply: string | undefined): Reading {
  if (/^Sent\b/.test(stat)) return { type: "delivery", text: stat.replace(/^Sent ?\(?|\)$/g, "") };
  if (/^queued\b/i.test(stat)) return { type: "other", text: stat, reason: "queued" };
  // «reply=» has the server's words whole; «Deferred: 451 4.7.1 …» nearly so; else only sendmail's summary is there.
  const words = stat.replace(/^(?:Deferred|Data format error|Service unavailable|Remote protocol error): /, "");
  const text = reply && REPLY_START.test(reply) ? reply : REPLY_START.test(words) ? words : joinWords(dsn, stat);
  return { type: "bounce", text: unflatten(text) };
}
