/** What the readers hand out: one record for each attempt, notice or event that an input holds. */

/** The forms that inputs come in. FORMS (forms.ts) has a reader for each. */
export const FORM_IDS = [
  "replies",
  "pastes",
  "mail",
  "mbox",
  "dsn-fields",
  "postfix",
  "exim",
  "sendmail",
  "powermta",
  "exchange",
  "csv",
  "kumomta",
  "ses",
  "sendgrid",
  "mailgun",
  "postmark",
  "sparkpost",
  "brevo",
  "mandrill",
  "json",
] as const;
export type FormId = (typeof FORM_IDS)[number];

/**
 * bounce: a refusal, a deferral, or a notice of one. delivery: the message was taken. other: read, but neither
 * (an open, an auto-reply, a log line about something else). unreadable: not understood; `reason` says why.
 */
export const RECORD_TYPES = ["bounce", "delivery", "other", "unreadable"] as const;
export type RecordType = (typeof RECORD_TYPES)[number];

/** Where in the input a record stood. All counts begin at 1. */
export interface Place {
  /** The line it begins on. */
  line: number;
  /** How many lines it takes up, where more than one. */
  lines?: number;
  /** Which message, row or JSON value of the input it is. */
  index?: number;
  /** Which recipient of that message or value it is, where there are several. */
  part?: number;
  /** The file's name, where the caller gave one. */
  file?: string;
}

export interface InputRecord {
  type: RecordType;
  /** The form it was read as. A mixed input gives records of several forms. */
  form: FormId;
  /** The server's words, unwrapped as far as the form says where they stand; the raw text where it is unreadable. */
  text: string;
  place: Place;
  /** The address the message was for. */
  recipient?: string;
  /** The envelope sender. */
  sender?: string;
  /** The host that answered, lower case, or its IP. */
  mx?: string;
  /** ISO 8601: in UTC with a Z where the input has a zone, else local time without one. */
  time?: string;
  /** The message's Message-ID without angle brackets, or the sending system's own id where it logs no other. */
  messageId?: string;
  /** Why it is unreadable; for other: what it is instead. */
  reason?: string;
}

export interface ReadOptions {
  /** Read as this form instead of detecting it. */
  form?: FormId | undefined;
  /** The column of a CSV file, or the dotted path in JSON objects, that holds the server's words. */
  column?: string | undefined;
  /** The file's name: put into every place, and a hint for the detection. */
  name?: string | undefined;
  /** Now, in milliseconds: gives the year to log lines that carry none. Default: the clock. */
  now?: number | undefined;
  /** Called once, as soon as the form is known. */
  onForm?: ((form: FormId) => void) | undefined;
}

/** What a record says beside type, form, text and place. */
export interface RecordFields {
  recipient?: string | undefined;
  sender?: string | undefined;
  mx?: string | undefined;
  time?: string | undefined;
  messageId?: string | undefined;
  reason?: string | undefined;
}

/** Longer texts are cut: the classifier reads no further (MAX_TEXT_LENGTH there). UTF-16 units. */
export const MAX_RECORD_TEXT = 100_000;

/** Makes a record; fields that are undefined or empty are left out. */
export function makeRecord(
  type: RecordType,
  form: FormId,
  text: string,
  place: Place,
  fields?: RecordFields,
): InputRecord {
  const record: InputRecord = {
    type,
    form,
    text: text.length > MAX_RECORD_TEXT ? text.slice(0, MAX_RECORD_TEXT) : text,
    place,
  };
  if (fields) {
    if (fields.recipient) record.recipient = fields.recipient;
    if (fields.sender) record.sender = fields.sender;
    if (fields.mx) record.mx = fields.mx;
    if (fields.time) record.time = fields.time;
    if (fields.messageId) record.messageId = fields.messageId;
    if (fields.reason) record.reason = fields.reason;
  }
  return record;
}

/** Of an unreadable record so much text is kept: enough to find it again. */
const MAX_UNREADABLE_TEXT = 2000;

/** Makes the record of something that could not be read. */
export function unreadable(form: FormId, text: string, place: Place, reason: string): InputRecord {
  return makeRecord("unreadable", form, text.slice(0, MAX_UNREADABLE_TEXT), place, { reason });
}

/** What an adapter of one event or row says: a record without form and place. */
export interface Reading extends RecordFields {
  type: RecordType;
  text: string;
}

/** Puts form and place to what an adapter read; several readings of one value are numbered as its parts. */
export function placeReadings(readings: readonly Reading[], form: FormId, place: Place): InputRecord[] {
  return readings.map((r, i) =>
    makeRecord(r.type, form, r.text, readings.length > 1 ? { ...place, part: i + 1 } : { ...place }, r),
  );
}
