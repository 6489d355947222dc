/** Which column of a table, or which field of an object, holds what: by name, and where that fails by content. */
import type { Reading } from "../record.ts";
import { toTime } from "../time.ts";
import { cleanAddress, cleanHost, cleanId, joinWords, REPLY_START } from "../words.ts";

/** Names of columns, most telling first, without case, blanks and signs. */
const NAMES = {
  text: "diagnosticcode diagnostic diag dsndiag smtpdiagnostic smtpresponse smtpreply smtperror smtpmessage bouncereason bouncemessage bouncedetails bouncetext bounce rawreason rawbounce serverresponse serverreply remoteresponse deliveryresponse reply response reason failurereason rejectreason errormessage errortext error details detail statusmessage statusdetails statustext description message text msg line".split(
    " ",
  ),
  recipient:
    "recipient recipientaddress recipients finalrecipient rcpt rcptto torecipient envelopeto toaddress to email emailaddress useremail contactemail address user subscriber".split(
      " ",
    ),
  sender: "sender senderaddress envelopefrom mailfrom returnpath fromaddress from orig".split(" "),
  mx: "mx mxhost mxserver mxhostname remotemta dsnmta remotehost remoteserver receivingserver relay host destinationhost destination server".split(
    " ",
  ),
  time: "time timestamp datetime eventtime eventtimestamp bouncedat bouncetime timelogged loggedat occurredat createdat created datesent sentat received date day ts at".split(
    " ",
  ),
  messageId: "messageid msgid smtpid internetmessageid smtpmessageid id".split(" "),
  event: "event eventtype eventname recordtype type status result outcome state deliverystatus action".split(" "),
  code: "smtpcode replycode responsecode bouncecode errorcode statuscode code".split(" "),
  status: "dsnstatus enhancedcode enhancedstatuscode enhancedstatus dsncode dsn extendedcode".split(" "),
} as const;
export type ColumnRole = keyof typeof NAMES;

const plain = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

const DELIVERED = /^(?:delivered|delivery|sent|success(?:ful)?|ok|accepted by|250)\b/i;
const NO_ATTEMPT =
  /^(?:open(?:ed)?|click(?:ed)?|unsub|unsubscribe[ds]?|subscribe[ds]?|spam ?(?:report|complaint)?|complain(?:t|ed)|processed|accepted|queued|injection|received?|reception|expand(?:ed)?)$/i;

export interface Columns {
  /** The name of the column with the server's words. */
  text: string | undefined;
  by: Partial<Record<ColumnRole, string>>;
}

/** The columns that names alone give away. */
function byName(names: readonly string[]): Partial<Record<ColumnRole, string>> {
  const given = new Map<string, string>();
  for (const name of names) if (!given.has(plain(name))) given.set(plain(name), name);
  // «user.email»: the last part of a dotted path, where no whole name is that.
  for (const name of names) {
    const last = plain(name.slice(name.lastIndexOf(".") + 1));
    if (name.includes(".") && !given.has(last)) given.set(last, name);
  }
  const found: Partial<Record<ColumnRole, string>> = {};
  for (const role of Object.keys(NAMES) as ColumnRole[]) {
    for (const candidate of NAMES[role]) {
      const name = given.get(candidate) ?? (role === "text" ? suffixed(given, candidate) : undefined);
      if (name !== undefined && !Object.values(found).includes(name)) {
        found[role] = name;
        break;
      }
    }
  }
  return found;
}

/** «Last Bounce Reason», «event.response»: a name that ends in a telling one. */
function suffixed(given: ReadonlyMap<string, string>, candidate: string): string | undefined {
  if (candidate.length < 8) return undefined;
  for (const [key, name] of given) if (key.endsWith(candidate)) return name;
  return undefined;
}

/**
 * Finds the columns of a table.
 * @param names all columns
 * @param rows the first rows, to tell by content what names do not tell
 * @param wanted the column that the caller names for the server's words
 */
export function findColumns(
  names: readonly string[],
  rows: readonly ReadonlyMap<string, string>[],
  wanted?: string,
): Columns {
  const by = byName(names);
  if (wanted !== undefined) {
    const exact = names.find((n) => n === wanted) ?? names.find((n) => plain(n) === plain(wanted));
    const number = /^\d{1,4}$/.test(wanted) ? names[Number(wanted) - 1] : undefined;
    const text = exact ?? number;
    for (const role of Object.keys(by) as ColumnRole[]) if (by[role] === text) delete by[role];
    if (text !== undefined) by.text = text;
    else delete by.text;
    return { text, by };
  }
  const score = (name: string) => {
    let n = 0;
    for (const row of rows) {
      const value = row.get(name) ?? "";
      if (value.length > 8 && REPLY_START.test(value)) n += 2;
      else if (/\b[45]\d\d[ -][45]\.\d|\bsmtp;|\bsaid: |\b[45]\.\d\.\d{1,3} /.test(value)) n += 2;
    }
    return n;
  };
  // Content first: a column full of replies is the one, whatever its name.
  let best: string | undefined;
  let bestScore = 0;
  for (const name of names) {
    const s = score(name) + (name === by.text ? 1 : 0);
    if (s > bestScore) {
      best = name;
      bestScore = s;
    }
  }
  if (bestScore > 1 || by.text === undefined) by.text = best ?? by.text ?? "";
  if (by.text === "") delete by.text;
  for (const role of Object.keys(by) as ColumnRole[]) if (role !== "text" && by[role] === by.text) delete by[role];
  return { text: by.text, by };
}

/** Reads one row or object with known columns. */
export function readRow(get: (column: string) => string | undefined, columns: Columns): Reading {
  const of = (role: ColumnRole) => {
    const name = columns.by[role];
    return name === undefined ? undefined : get(name)?.trim();
  };
  const words = (columns.text === undefined ? undefined : get(columns.text)?.trim()) ?? "";
  const event = of("event") ?? "";
  const code = of("code");
  const status = of("status");
  const fields = {
    recipient: cleanAddress(of("recipient")),
    sender: cleanAddress(of("sender")),
    mx: cleanHost(of("mx")),
    time: toTime(of("time")),
    messageId: cleanId(of("messageId")),
  };
  if (NO_ATTEMPT.test(event)) return { ...fields, type: "other", text: words, reason: `event ${event}` };
  if (DELIVERED.test(event) || /^2\d\d[ -]/.test(words)) return { ...fields, type: "delivery", text: words };
  const prefix =
    words === "" || REPLY_START.test(words)
      ? undefined
      : code !== undefined && /^[45]\d\d$/.test(code)
        ? code
        : undefined;
  const prefixStatus =
    status !== undefined &&
    /^[245]\.\d{1,3}\.\d{1,3}$/.test(status) &&
    !/[245]\.\d{1,3}\.\d{1,3}/.test(words) &&
    !/^\s*[245]\d\d/.test(words)
      ? status
      : undefined;
  const text = words.replace(/^smtp;\s*/i, "");
  if (text !== "") return { ...fields, type: "bounce", text: joinWords(prefix, prefixStatus, text) };
  if (code !== undefined && /^[45]\d\d$/.test(code))
    return { ...fields, type: "bounce", text: joinWords(code, status) };
  if (status !== undefined && /^[45]\./.test(status)) return { ...fields, type: "bounce", text: status };
  return { ...fields, type: "other", text: "", reason: "no reply in it" };
}

/** The fields of an object, those of nested ones under dotted names, two levels deep. */
export function flatten(value: object, prefix = "", into = new Map<string, string>(), depth = 0): Map<string, string> {
  for (const [key, inner] of Object.entries(value)) {
    const name = prefix === "" ? key : `${prefix}.${key}`;
    if (into.size > 500) break;
    if (typeof inner === "string") into.set(name, inner);
    else if (typeof inner === "number" || typeof inner === "boolean") into.set(name, String(inner));
    else if (Array.isArray(inner)) {
      const texts = inner.filter((v) => typeof v === "string");
      if (texts.length > 0) into.set(name, texts.join("\n"));
      else if (depth < 3 && typeof inner[0] === "object" && inner[0] !== null) flatten(inner[0], name, into, depth + 1);
    } else if (inner !== null && typeof inner === "object" && depth < 3) flatten(inner, name, into, depth + 1);
  }
  return into;
}
