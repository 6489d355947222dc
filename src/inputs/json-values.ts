/**
 * JSON values out of a stream: an array, JSON lines, values one after the other, or a list inside an object
 * ({"items": […]}). A value that is broken is handed out with its fault; reading goes on behind it.
 */
import { lineBatches, MAX_LINE_LENGTH } from "./lines.ts";

export interface JsonValue {
  /** The value; undefined where it could not be read. */
  value: unknown;
  /** The line it begins on, from 1. */
  line: number;
  /** The raw text, where it could not be read. */
  text?: string;
  fault?: string;
}

/** Keys under which services wrap their lists: mandrill_events, Mailgun items, Postmark Bounces, SparkPost results, … */
export const LIST_KEYS = new Set([
  "mandrill_events",
  "items",
  "Bounces",
  "bounces",
  "results",
  "events",
  "Records",
  "data",
  "Messages",
]);

/** A longer value is not read: it is no event. UTF-16 units. */
export const MAX_VALUE_LENGTH = 1 << 24;

/** mandrill_events=%5B%7B…: the body of a webhook as it is posted (application/x-www-form-urlencoded). */
const FORM_BODY = /^(?:mandrill_events|payload|data)=(?=%5B|%7B|\[|\{)/i;

function isComplete(escaped: string): boolean {
  try {
    decodeURIComponent(escaped);
    return true;
  } catch {
    return false;
  }
}

/** The text of a posted form's JSON field; other lines as they are. */
export function decodeFormBody(line: string): string {
  const m = FORM_BODY.exec(line);
  if (!m) return line;
  try {
    const field = line.slice(m[0].length).replace(/&.*$/s, "").replaceAll("+", " ");
    // A cut may lie inside the last character.
    return decodeURIComponent(
      field.replace(/(?:%[89A-F][0-9A-F])*%?[0-9A-F]?$/i, (end) => (isComplete(end) ? end : "")),
    );
  } catch {
    return line;
  }
}

/** The single values of a JSON text: the elements of an array or of a wrapped list, else the value itself. */
export function elementsOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      if (!LIST_KEYS.has(key)) continue;
      if (Array.isArray(inner) && inner.length > 0 && inner.every((v) => typeof v === "object" && v !== null))
        return inner;
    }
  }
  return [value];
}

/** Parses JSON; undefined where it is none. */
export function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a line is a whole JSON object or array by itself. */
export function isJsonLine(line: string): boolean {
  const text = decodeFormBody(line.trim());
  return (text.startsWith("{") || text.startsWith("[")) && text.length > 2 && typeof tryJson(text) === "object";
}

/** Reads JSON lines: each line stands for itself. */
export async function* jsonLineValues(chunks: AsyncIterable<string>): AsyncGenerator<JsonValue[]> {
  for await (const { first, lines, cut } of lineBatches(chunks)) {
    const values: JsonValue[] = [];
    for (let i = 0; i < lines.length; i++) {
      const raw = (lines[i] as string).trim();
      if (raw === "") continue;
      values.push(...valuesOfLine(raw, first + i, cut.includes(first + i)));
    }
    if (values.length > 0) yield values;
  }
}

/** The values of one line of JSON lines. */
export function valuesOfLine(raw: string, line: number, cut = false): JsonValue[] {
  const text = decodeFormBody(raw);
  try {
    const value: unknown = JSON.parse(text);
    const elements = elementsOf(value);
    // An empty list is a line that was read and holds nothing.
    return elements.length === 0 ? [{ value, line }] : elements.map((v) => ({ value: v, line }));
  } catch (error) {
    const fault = cut
      ? `The line is longer than ${MAX_LINE_LENGTH} characters.`
      : `No valid JSON: ${error instanceof Error ? error.message.slice(0, 200) : "fault"}`;
    return [{ value: undefined, line, text: raw, fault }];
  }
}

/**
 * Reads a JSON document of any size, element by element.
 *
 * The scanner follows strings and nesting only; JSON.parse reads each element. Containers are transparent: the
 * outermost arrays, and the lists under LIST_KEYS. What stands between values and is no JSON becomes one
 * faulty value, up to the next place where a value can begin.
 */
export async function* jsonDocumentValues(chunks: AsyncIterable<string>): AsyncGenerator<JsonValue[]> {
  const scanner = new Scanner();
  for await (const chunk of chunks) {
    const values = scanner.push(chunk);
    if (values.length > 0) yield values;
  }
  const values = scanner.end();
  if (values.length > 0) yield values;
}

/** Characters that only separate values: blanks, line breaks, a byte order mark, comma, colon. */
const isSeparator = (c: number) => c === 32 || c === 9 || c === 10 || c === 13 || c === 0xfeff || c === 44 || c === 58;
const QUOTE = 34;
const BACKSLASH = 92;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const LINE_FEED = 10;

/** Of junk so much is kept to find it again. */
const MAX_JUNK = 4000;

/**
 * between: where a value can begin. value: inside one. junk: behind something that is no JSON. tail: behind the
 * list of a wrapper, up to the wrapper's closing brace.
 */
type Mode = "between" | "value" | "junk" | "tail";

class Scanner {
  private mode: Mode = "between";
  private line = 1;
  private startLine = 1;
  /** Pieces of the value or junk that is being collected, and their length together. */
  private pieces: string[] = [];
  private length = 0;
  /** Nesting inside the value or tail. */
  private depth = 0;
  private inString = false;
  private escaped = false;
  /** The last text at depth 1 of the value: it may be the key of a list. */
  private key = "";
  private collectKey = false;
  /** A bracket was met behind a list's key; the next character tells whether objects follow. */
  private pendingList = false;
  /** Open brackets of a wrapper's list; 0 outside. */
  private listDepth = 0;
  /** The junk belongs to a value that was reported as broken. */
  private afterFault = false;
  /** Only separators and brackets so far on this line. */
  private lineIsClean = true;
  private out: JsonValue[] = [];

  push(text: string): JsonValue[] {
    let from = 0;
    const collect = (end: number) => {
      if (end <= from) return;
      this.length += end - from;
      if (this.mode === "value" || this.length <= MAX_JUNK) this.pieces.push(text.slice(from, end));
      from = end;
    };
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c === LINE_FEED) {
        this.line++;
        this.lineIsClean = true;
      }
      if (this.mode === "value" || this.mode === "tail") {
        if (this.inString) {
          if (this.escaped) this.escaped = false;
          else if (c === BACKSLASH) this.escaped = true;
          else if (c === QUOTE) this.inString = this.collectKey = false;
          else if (c === LINE_FEED) {
            // A JSON string cannot hold a raw line break: the value is broken here.
            collect(i);
            from = i;
            this.fail("a text in it does not end on its line");
          } else if (this.collectKey && this.key.length < 40) this.key += text[i];
        } else if (c === QUOTE) {
          this.inString = true;
          this.collectKey = this.depth === 1;
          if (this.collectKey) this.key = "";
          this.pendingList = false;
        } else if (this.pendingList && c === OPEN_BRACE) {
          // The object only wraps a list: the list's elements are the values.
          this.reset();
          this.listDepth = 1;
          from = i--;
          continue;
        } else if (c === OPEN_BRACE || c === OPEN_BRACKET) {
          this.pendingList =
            c === OPEN_BRACKET &&
            this.mode === "value" &&
            this.depth === 1 &&
            this.listDepth === 0 &&
            LIST_KEYS.has(this.key);
          this.depth++;
        } else if (c === CLOSE_BRACE || c === CLOSE_BRACKET) {
          this.pendingList = false;
          if (--this.depth === 0) {
            collect(i + 1);
            from = i + 1;
            if (this.mode === "tail") this.reset();
            else this.finish();
          }
        } else if (this.pendingList && !isSeparator(c)) this.pendingList = false;
        if (this.mode === "value" && this.length + (i - from) > MAX_VALUE_LENGTH) {
          collect(i + 1);
          this.fail(`it is longer than ${MAX_VALUE_LENGTH} characters`);
        }
        continue;
      }
      if (c === OPEN_BRACE && (this.mode === "between" || !this.afterFault || this.lineIsClean)) {
        collect(i);
        from = i;
        this.flushJunk();
        this.mode = "value";
        this.startLine = this.line;
        this.depth = 1;
      } else if (this.mode === "between") {
        if (c === CLOSE_BRACKET && this.listDepth > 0 && --this.listDepth === 0) {
          this.mode = "tail";
          this.depth = 1;
        } else if (c === OPEN_BRACKET && this.listDepth > 0) this.listDepth++;
        if (!isSeparator(c) && c !== OPEN_BRACKET && c !== CLOSE_BRACKET) {
          this.mode = "junk";
          this.startLine = this.line;
          from = i;
        } else from = i + 1;
      }
      if (!isSeparator(c) && c !== OPEN_BRACKET && c !== CLOSE_BRACKET) this.lineIsClean = false;
    }
    if (this.mode === "between" || this.mode === "tail") from = text.length;
    collect(text.length);
    return this.take();
  }

  end(): JsonValue[] {
    if (this.mode === "value") this.fail("it is cut off");
    this.flushJunk();
    return this.take();
  }

  private take(): JsonValue[] {
    const out = this.out;
    this.out = [];
    return out;
  }

  private reset(): void {
    this.pieces = [];
    this.length = 0;
    this.mode = "between";
    this.depth = 0;
    this.inString = this.escaped = this.collectKey = this.pendingList = false;
    this.key = "";
  }

  private finish(): void {
    const text = this.pieces.join("");
    const line = this.startLine;
    this.reset();
    try {
      const value: unknown = JSON.parse(text);
      for (const v of elementsOf(value)) this.out.push({ value: v, line });
    } catch (error) {
      const fault = `No valid JSON: ${error instanceof Error ? error.message.slice(0, 200) : "fault"}`;
      this.out.push({ value: undefined, line, text, fault });
    }
  }

  /** Hands out what was collected as faulty; what follows up to the next value belongs to it. */
  private fail(reason: string): void {
    const isTail = this.mode === "tail";
    const text = this.pieces.join("");
    if (!isTail) this.out.push({ value: undefined, line: this.startLine, text, fault: `No valid JSON: ${reason}.` });
    this.reset();
    this.mode = "junk";
    this.afterFault = true;
  }

  private flushJunk(): void {
    const text = this.pieces.join("").trim();
    if (text !== "" && this.mode === "junk" && !this.afterFault)
      this.out.push({ value: undefined, line: this.startLine, text, fault: "Not a JSON object." });
    this.reset();
    this.afterFault = false;
  }
}
