/** Reads JSON: events of the services in the table, and objects of any other kind by their fields. */
import type { Form, Head } from "../form.ts";
import { share } from "../form.ts";
import {
  decodeFormBody,
  elementsOf,
  isJsonLine,
  type JsonValue,
  jsonDocumentValues,
  jsonLineValues,
  tryJson,
  valuesOfLine,
} from "../json-values.ts";
import { textChunks } from "../lines.ts";
import { type InputRecord, placeReadings, type ReadOptions, unreadable } from "../record.ts";
import { peek } from "../source.ts";
import { type Columns, findColumns, flatten, readRow } from "../tables/columns.ts";
import { brevo } from "./brevo.ts";
import { type EventFormat, isObject } from "./event-format.ts";
import { kumomta } from "./kumomta.ts";
import { mailgun } from "./mailgun.ts";
import { mandrill } from "./mandrill.ts";
import { postmark } from "./postmark.ts";
import { sendgrid } from "./sendgrid.ts";
import { ses } from "./ses.ts";
import { sparkpost } from "./sparkpost.ts";

/** The strict ones first: the later ones share names with the earlier. */
export const EVENT_FORMATS: readonly EventFormat[] = [
  ses,
  kumomta,
  sparkpost,
  mandrill,
  mailgun,
  postmark,
  sendgrid,
  brevo,
];

/** The format of one value; undefined where no service's. */
export function formatOf(value: unknown): EventFormat | undefined {
  return isObject(value) ? EVENT_FORMATS.find((f) => f.recognises(value)) : undefined;
}

/** Keeps the columns of the objects seen last: files hold few shapes. */
class GenericReader {
  private readonly shapes = new Map<string, Columns>();
  private readonly wanted: string | undefined;
  constructor(wanted: string | undefined) {
    this.wanted = wanted;
  }
  read(value: object): ReturnType<typeof readRow> {
    const fields = flatten(value);
    const names = [...fields.keys()];
    const shape = names.join("\n");
    let columns = this.shapes.get(shape);
    if (!columns) {
      columns = findColumns(names, [fields], this.wanted);
      if (this.shapes.size >= 200) this.shapes.clear();
      this.shapes.set(shape, columns);
    }
    return readRow((name) => fields.get(name), columns);
  }
}

function reader(options: ReadOptions) {
  const generic = new GenericReader(options.column);
  return (found: JsonValue, index: number): InputRecord[] => {
    const place = { line: found.line, index };
    if (found.fault !== undefined) return [unreadable("json", found.text ?? "", place, found.fault)];
    // A column named by the caller goes before what the services' readers would take.
    const format = options.column === undefined ? formatOf(found.value) : undefined;
    if (format) {
      try {
        return placeReadings(format.read(found.value as Record<string, unknown>), format.id, place);
      } catch (error) {
        return [unreadable(format.id, JSON.stringify(found.value), place, `The event could not be read: ${error}`)];
      }
    }
    if (isObject(found.value)) {
      const reading = generic.read(found.value);
      if (reading.type === "other" && reading.text === "") reading.text = JSON.stringify(found.value).slice(0, 2000);
      return placeReadings([reading], "json", place);
    }
    if (typeof found.value === "string") return placeReadings([{ type: "bounce", text: found.value }], "json", place);
    return [unreadable("json", String(JSON.stringify(found.value)), place, "The value is no object.")];
  };
}

/** Reads a single line of JSON among lines of another kind; undefined where it is none. */
export function jsonLineReader(options: ReadOptions) {
  const read = reader(options);
  return (line: string, number: number): InputRecord[] | undefined => {
    if (!isJsonLine(line)) return undefined;
    return valuesOfLine(line.trim(), number).flatMap((v, i) => read(v, i + 1));
  };
}

async function* readJson(chunks: AsyncIterable<Uint8Array>, options: ReadOptions): AsyncGenerator<InputRecord[]> {
  const { head, all } = await peek(chunks as AsyncGenerator<Uint8Array>, 1 << 16);
  const lines = new TextDecoder().decode(head).split(/\r?\n/);
  const byLine = isByLine(lines.filter((l) => l.trim() !== "").slice(0, 50));
  const text = textChunks(all);
  const read = reader(options);
  let index = 0;
  for await (const values of byLine ? jsonLineValues(text) : jsonDocumentValues(text)) {
    const records: InputRecord[] = [];
    for (const value of values) records.push(...read(value, ++index));
    if (records.length > 0) yield records;
  }
}

/**
 * Whether lines stand for themselves: the first is whole JSON; or it is broken off in a way that no document breaks its
 * lines, and another is whole.
 */
function isByLine(lines: readonly string[]): boolean {
  const first = lines[0] ?? "";
  if (isJsonLine(first)) return true;
  return /^\s*\{.*[^\s[{,:]\s*$/.test(first) && lines.some((l) => isJsonLine(l));
}

/** The first values of a head, as far as they stand there whole. */
function sampleOf(head: Head): unknown[] {
  const values: unknown[] = [];
  for (const line of head.lines.slice(0, 50)) {
    const text = decodeFormBody(line.trim());
    if (text.startsWith("{") || text.startsWith("[")) {
      const value = tryJson(text);
      if (typeof value === "object") values.push(...elementsOf(value));
    }
  }
  if (values.length > 0) return values;
  const whole = tryJson(head.text.trim());
  if (typeof whole === "object") return elementsOf(whole);
  return documentSample(decodeFormBody(head.text.trim()));
}

/** The first elements of a document that goes on behind the head, or is cut off. */
function documentSample(text: string): unknown[] {
  const found: unknown[] = [];
  /** The brackets that are open, and where each opened. */
  const open: { at: number; closer: string }[] = [];
  let inString = false;
  let comma: { at: number; closers: string } | undefined;
  for (let i = 0; i < text.length && found.length < 20; i++) {
    const c = text[i];
    if (inString) {
      if (c === "\\") i++;
      else if (c === '"') inString = false;
    } else if (c === '"') inString = true;
    else if (c === "{" || c === "[") open.push({ at: i, closer: c === "{" ? "}" : "]" });
    else if (c === "}" || c === "]") {
      const last = open.pop();
      if (last === undefined || c !== "}") continue;
      // Inner objects of an event close first: take only what a service recognises, or the outermost.
      const value = tryJson(text.slice(last.at, i + 1));
      if (formatOf(value) || open.length === 0) found.push(value);
    } else if (c === "," && open.length > 0)
      comma = {
        at: i,
        closers: open
          .map((o) => o.closer)
          .reverse()
          .join(""),
      };
  }
  if (found.length > 0 || comma === undefined) return found;
  // Nothing is whole: close what is open behind the last member that is.
  const value = tryJson(text.slice(0, comma.at) + comma.closers);
  return typeof value === "object" ? elementsOf(value) : [];
}

/** How far a head looks like JSON at all. */
function looksLikeJson(head: Head): number {
  const text = head.text.trimStart();
  if (/^(?:mandrill_events|payload)=/.test(text)) return 1;
  const first = text[0];
  if (first !== "{" && first !== "[") {
    // A broken first line among good ones.
    return share(head.lines, (l) => isJsonLine(l)) >= 0.5 ? 0.8 : 0;
  }
  if (first === "[" && !/^\[\s*(?:[{["\d]|true|false|null|\])/.test(text)) return 0;
  if (first === "{" && !/^\{\s*(?:"|\})/.test(text)) return 0;
  return 1;
}

function eventForm(format: EventFormat): Form {
  return {
    id: format.id,
    title: format.title,
    detect(head) {
      if (looksLikeJson(head) === 0) return 0;
      const sample = sampleOf(head);
      const own = sample.filter((v) => formatOf(v) === format).length;
      return own === 0 ? 0 : 0.8 + 0.2 * (own / sample.length);
    },
    read: (chunks, options) => readJson(chunks, options),
  };
}

export const EVENT_FORMS: readonly Form[] = EVENT_FORMATS.map(eventForm);

export const json: Form = {
  id: "json",
  title: "JSON or JSON lines",
  detect: (head) => 0.75 * looksLikeJson(head),
  read: (chunks, options) => readJson(chunks, options),
};
