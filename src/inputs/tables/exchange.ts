/**
 * Exchange's message tracking log: CSV behind lines that begin with #; #Fields: names the columns.
 * https://learn.microsoft.com/en-us/exchange/mail-flow/transport-logs/message-tracking
 */
import type { Form } from "../form.ts";
import { textChunks } from "../lines.ts";
import { type InputRecord, placeReadings, type Reading, unreadable } from "../record.ts";
import { toTime } from "../time.ts";
import { cleanAddress, cleanHost, cleanId } from "../words.ts";
import { csvRows } from "./csv-rows.ts";

const FIELDS =
  "date-time,client-ip,client-hostname,server-ip,server-hostname,source-context,connector-id,source,event-id,internal-message-id,message-id,network-message-id,recipient-address,recipient-status,total-bytes,recipient-count,related-recipient-address,reference,message-subject,sender-address,return-path,message-info".split(
    ",",
  );

/** The reply inside a recipient's status: [{LED=550 5.1.10 …};{MSG=};{FQDN=mx.example.com};{IP=…}] or bare. */
function replyOf(status: string): { text: string; mx: string | undefined } {
  const last = /\{LED=((?:[^{}]|\{[^{}]*\})*)\}/.exec(status)?.[1];
  const message = /\{MSG=([^{}]+)\}/.exec(status)?.[1];
  const host = /\{FQDN=([^{}]+)\}/.exec(status)?.[1];
  return { text: (last ?? message ?? status).trim(), mx: cleanHost(host) };
}

/** The statuses of several recipients stand between semicolons; those inside braces do not count. */
function splitStatuses(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === "{" || c === "[") depth++;
    else if (c === "}" || c === "]") depth = Math.max(0, depth - 1);
    else if (c === ";" && depth === 0) {
      parts.push(text.slice(from, i));
      from = i + 1;
    }
  }
  parts.push(text.slice(from));
  return parts.map((p) => p.trim());
}

function readRow(get: (field: string) => string): Reading[] {
  const event = get("event-id").toUpperCase();
  const common = {
    sender: cleanAddress(get("sender-address")) ?? cleanAddress(get("return-path")),
    time: toTime(get("date-time")),
    messageId: cleanId(get("message-id")),
  };
  const recipients = get("recipient-address")
    .split(";")
    .filter((r) => r.trim() !== "");
  const statuses = splitStatuses(get("recipient-status"));
  const each = (read: (recipient: string | undefined, i: number) => Reading): Reading[] =>
    recipients.length === 0 ? [read(undefined, 0)] : recipients.map((r, i) => read(cleanAddress(r), i));
  if (event === "FAIL" || event === "DEFER" || event === "BADMAIL")
    return each((recipient, i) => {
      const { text, mx } = replyOf(
        (statuses.length === recipients.length ? statuses[i] : get("recipient-status")) ?? "",
      );
      return {
        ...common,
        type: "bounce",
        text: text || get("source-context") || event,
        recipient,
        mx: mx ?? (get("source").toUpperCase() === "SMTP" ? cleanHost(get("server-hostname")) : undefined),
      };
    });
  if (event === "SEND" || event === "DELIVER")
    return each((recipient, i) => ({
      ...common,
      type: "delivery",
      text: statuses[i] ?? "",
      recipient,
      mx: cleanHost(get("server-hostname")),
    }));
  return [{ ...common, type: "other", text: "", recipient: cleanAddress(recipients[0]), reason: `event ${event}` }];
}

async function* readExchange(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<InputRecord[]> {
  let fields = FIELDS;
  let index = 0;
  for await (const rows of csvRows(textChunks(chunks), ",")) {
    const records: InputRecord[] = [];
    for (const row of rows) {
      const text = row.text.replace(/^\ufeff/, "");
      if (text.startsWith("#")) {
        const names = /^#Fields:\s*(.*)$/i.exec(text)?.[1];
        if (names) fields = names.split(",").map((f) => f.trim());
        continue;
      }
      if (/^"?date-time"?,"?client-ip"?/i.test(text)) {
        // An export that has dropped the # lines but kept the names.
        fields = (row.fields ?? []).map((f) => f.trim());
        continue;
      }
      const place = { line: row.line, ...(row.lines > 1 && { lines: row.lines }), index: ++index };
      const values = row.fields;
      if (!values) records.push(unreadable("exchange", row.text, place, row.fault ?? "The row could not be read."));
      else {
        const get = (name: string) => values[fields.indexOf(name)] ?? "";
        if (!/^[A-Z]{3,30}$/i.test(get("event-id")))
          records.push(unreadable("exchange", row.text, place, "The row has no event in the column event-id."));
        else records.push(...placeReadings(readRow(get), "exchange", place));
      }
    }
    yield records;
  }
}

export const exchange: Form = {
  id: "exchange",
  title: "Exchange message tracking log",
  detect(head) {
    if (
      head.lines
        .slice(0, 10)
        .some((l) => /^\ufeff?#(?:Log-type: Message Tracking Log|Fields: date-time,client-ip)/i.test(l))
    )
      return 1;
    return /^"?date-time"?,"?client-ip"?/.test(head.lines[0] ?? "") ? 0.9 : 0;
  },
  read: (chunks) => readExchange(chunks),
};
