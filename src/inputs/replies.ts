/** Bare replies, one a line or over several lines; and pastes: blocks of prose and replies between blank lines. */
import { jsonLineReader } from "./events/read-json.ts";
import { type Form, type Head, share } from "./form.ts";
import { lineBatches, textChunks } from "./lines.ts";
import { logLineReader } from "./logs/read-log.ts";
import { LOG_TIME } from "./logs/syslog.ts";
import { type InputRecord, makeRecord, type ReadOptions, type RecordType } from "./record.ts";
import { REPLY_START } from "./words.ts";

/** A group of lines ends here at the latest: a file of nothing but continuation lines must not fill the memory. */
const MAX_GROUP_LINES = 500;

const CONTINUATION = /^\s*([245]\d\d)-/;
/** A reply of class 2 says that the server took it. Other text of class 2 («250 OK» in prose) does not begin so. */
const typeOf = (text: string): RecordType => (/^\s*2\d\d[ -]/.test(text) ? "delivery" : "bounce");

/** Collects the lines of one reply. */
class Group {
  private lines: string[] = [];
  private first = 0;
  private code: string | undefined;
  private indented = false;

  private readonly form: "replies" | "pastes";

  constructor(form: "replies" | "pastes") {
    this.form = form;
  }

  get size(): number {
    return this.lines.length;
  }

  /** Whether a line goes on with this reply: the next line of a multi-line reply (RFC 5321 4.2.1), or a folded one. */
  continues(line: string): boolean {
    if (this.lines.length === 0 || this.lines.length >= MAX_GROUP_LINES) return false;
    if (this.form === "pastes") return true;
    if (this.code !== undefined && line.trimStart().startsWith(this.code)) return true;
    return !this.indented && (line.startsWith(" ") || line.startsWith("\t")) && !REPLY_START.test(line);
  }

  add(line: string, number: number): void {
    if (this.lines.length === 0) {
      this.first = number;
      this.indented = line.startsWith(" ") || line.startsWith("\t");
    }
    this.lines.push(line);
    this.code = CONTINUATION.exec(line)?.[1];
  }

  take(): InputRecord {
    const text = this.lines.join("\n");
    const place = this.lines.length === 1 ? { line: this.first } : { line: this.first, lines: this.lines.length };
    this.lines = [];
    this.code = undefined;
    return makeRecord(typeOf(text), this.form, text, place);
  }
}

async function* readReplies(
  form: "replies" | "pastes",
  chunks: AsyncIterable<Uint8Array>,
  options: ReadOptions & { now: number },
): AsyncGenerator<InputRecord[]> {
  const group = new Group(form);
  const parseLog = logLineReader(options);
  const parseJson = jsonLineReader(options);
  for await (const { first, lines } of lineBatches(textChunks(chunks))) {
    const records: InputRecord[] = [];
    for (let i = 0; i < lines.length; i++) {
      const line = lines[i] as string;
      const number = first + i;
      if (line.trim() === "") {
        if (group.size > 0) records.push(group.take());
        continue;
      }
      if (group.size > 0 && !group.continues(line)) records.push(group.take());
      if (group.size === 0 && form === "replies") {
        // Lines of logs and events that stand among the replies are read as what they are.
        const found = LOG_TIME.test(line)
          ? parseLog(line, number)
          : line.startsWith("{")
            ? parseJson(line, number)
            : undefined;
        if (found) {
          for (const r of found) records.push(r);
          continue;
        }
      }
      group.add(line, number);
    }
    if (records.length > 0) yield records;
  }
  if (group.size > 0) yield [group.take()];
}

/** The blocks between blank lines of a head, as numbers of lines. */
function blocksOf(head: Head): number[] {
  return head.text
    .split(/(?:\r?\n[ \t]*){2,}/)
    .map((b) => b.trim())
    .filter((b) => b !== "")
    .map((b) => b.split("\n").length);
}

export const replies: Form = {
  id: "replies",
  title: "Replies, one a line",
  detect: (head) => 0.1 + 0.4 * share(head.lines, (l) => REPLY_START.test(l)),
  read: (chunks, options) => readReplies("replies", chunks, options),
};

export const pastes: Form = {
  id: "pastes",
  title: "Pasted bounces between blank lines",
  detect(head) {
    const blocks = blocksOf(head);
    const several = blocks.filter((n) => n > 1).length;
    if (blocks.length < 2 || several === 0) return 0;
    // Where most lines are replies by themselves, blank lines only space them out.
    const starts = share(head.lines, (l) => REPLY_START.test(l));
    return starts > 0.6 ? 0.05 : 0.35;
  },
  read: (chunks, options) => readReplies("pastes", chunks, options),
};
