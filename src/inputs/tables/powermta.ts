/**
 * PowerMTA's accounting files: CSV with a header line; the first column is the type of the record.
 * https://www.port25.com/ PowerMTA User's Guide, «Accounting»: d delivered, b bounced, t transient, tq transient queue,
 * r received, f feedback loop, rb and rs remote bounce and status.
 */
import type { Form } from "../form.ts";
import { textChunks } from "../lines.ts";
import { type InputRecord, placeReadings, type Reading, unreadable } from "../record.ts";
import { toTime } from "../time.ts";
import { cleanAddress, cleanHost, cleanId, joinWords, REPLY_START } from "../words.ts";
import { csvRows } from "./csv-rows.ts";

const HEADER = /^"?type"?,.*"?(?:timeLogged|dsnDiag|dsnStatus|bounceCat)"?/i;
/** The order of a file that has lost its header, as PowerMTA writes it by default. */
const DEFAULT_FIELDS =
  "type,timeLogged,timeQueued,orig,rcpt,orcpt,dsnAction,dsnStatus,dsnDiag,dsnMta,bounceCat,srcType,srcMta,dlvType,dlvSourceIp,dlvDestinationIp,dlvEsmtpAvailable,dlvSize,vmta,jobId,envId,queue,vmtaPool".split(
    ",",
  );
const DATA_ROW = /^(?:d|b|t|tq|rb|rs|r|f),"?\d{4}-\d\d-\d\d \d\d:\d\d:\d\d|^(?:d|b|t|tq|rb|rs|r|f),\d{10},/;

function readRow(get: (field: string) => string): Reading {
  const type = get("type").toLowerCase();
  // «smtp;550 5.1.1 …» and «5.1.1 (bad destination mailbox address)»
  const diag = get("dsnDiag").replace(/^smtp;\s*/i, "");
  const status = /^[245]\.\d{1,3}\.\d{1,3}/.exec(get("dsnStatus"))?.[0];
  const fields = {
    recipient: cleanAddress(get("rcpt")),
    sender: cleanAddress(get("orig")),
    mx: cleanHost(get("dsnMta").replace(/\s*\(.*$/, "")),
    time: toTime(get("timeLogged")),
    messageId: cleanId(get("header_Message-Id")) ?? cleanId(get("envId")) ?? cleanId(get("jobId")),
  };
  switch (type) {
    case "d":
    case "delivery":
      return { ...fields, type: "delivery", text: diag };
    case "b":
    case "bounce":
    case "t":
    case "tq":
    case "tran":
    case "rb":
      return {
        ...fields,
        type: "bounce",
        text: REPLY_START.test(diag)
          ? diag
          : joinWords(status, diag || get("dsnStatus").replace(/^[\d.]+\s*/, "") || get("bounceCat")),
      };
    default:
      return { ...fields, type: "other", text: diag, reason: `record ${type || "without type"}` };
  }
}

async function* readPowermta(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<InputRecord[]> {
  let fields = DEFAULT_FIELDS;
  let index = 0;
  for await (const rows of csvRows(textChunks(chunks), ",")) {
    const records: InputRecord[] = [];
    for (const row of rows) {
      // Files that were put together have their header more than once.
      if (row.fields && HEADER.test(row.text.replace(/^\ufeff/, ""))) {
        fields = row.fields.map((f) => f.trim());
        continue;
      }
      const place = { line: row.line, ...(row.lines > 1 && { lines: row.lines }), index: ++index };
      const values = row.fields;
      if (!values) records.push(unreadable("powermta", row.text, place, row.fault ?? "The row could not be read."));
      else if (values.length < 3 || !/^"?[a-z]{1,10}"?$/i.test(values[0] ?? ""))
        records.push(unreadable("powermta", row.text, place, "The row does not begin with the type of a record."));
      else
        records.push(
          ...placeReadings(
            [readRow((name) => values[fields.findIndex((f) => f.toLowerCase() === name.toLowerCase())] ?? "")],
            "powermta",
            place,
          ),
        );
    }
    yield records;
  }
}

export const powermta: Form = {
  id: "powermta",
  title: "PowerMTA accounting file",
  detect(head) {
    const first = (head.lines[0] ?? "").replace(/^\ufeff/, "");
    if (HEADER.test(first)) return 1;
    return head.lines.length > 0 && head.lines.filter((l) => DATA_ROW.test(l)).length / head.lines.length > 0.5
      ? 0.9
      : 0;
  },
  read: (chunks) => readPowermta(chunks),
};
