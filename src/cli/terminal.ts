/** Colour, safe text, progress: what concerns the terminal. */
import type { WriteStream } from "node:tty";

export interface Style {
  bold(s: string): string;
  dim(s: string): string;
  /** A colour by its SGR number. */
  colour(sgr: string, s: string): string;
}

/** Colour on terminals only; NO_COLOR (no-color.org) and TERM=dumb turn it off, FORCE_COLOR on. */
export function wantsColour(stream: { isTTY?: boolean }, env: NodeJS.ProcessEnv = process.env): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== "") return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== "" && env.FORCE_COLOR !== "0") return true;
  return stream.isTTY === true && env.TERM !== "dumb";
}

export function styleFor(colour: boolean): Style {
  const wrap = (sgr: string, s: string) => (colour && s !== "" ? `\u001b[${sgr}m${s}\u001b[0m` : s);
  return { bold: (s) => wrap("1", s), dim: (s) => wrap("2", s), colour: wrap };
}

/** Text of strangers never steers the terminal: control and formatting characters but line feed and tab are replaced. */
export function safeText(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(/[^\P{Cc}\n\t]|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "\ufffd");
}

/** Breaks text at blanks into lines of a width. */
export function wrapText(text: string, width: number, indent = ""): string {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    for (const word of paragraph.split(" ")) {
      if (line !== "" && line.length + word.length + 1 > width) {
        lines.push(line);
        line = word;
      } else line = line === "" ? word : `${line} ${word}`;
    }
    lines.push(line);
  }
  return lines.map((l) => indent + l).join("\n");
}

/** Not more often than this is progress shown, in milliseconds. */
const PROGRESS_PAUSE = 200;

/** Shows on a terminal's stderr how far long work has come; silent elsewhere. */
export class Progress {
  private readonly started = performance.now();
  private last = this.started;
  private shown = false;
  private readonly stream: Pick<WriteStream, "write"> & { isTTY?: boolean };

  constructor(stream: Pick<WriteStream, "write"> & { isTTY?: boolean } = process.stderr) {
    this.stream = stream;
  }

  update(records: number, part: number | undefined): void {
    if (!this.stream.isTTY) return;
    const now = performance.now();
    if (now - this.last < PROGRESS_PAUSE) return;
    this.last = now;
    this.shown = true;
    const rate = records / ((now - this.started) / 1000);
    const of = part === undefined ? "" : ` · ${Math.floor(Math.min(1, part) * 100)} %`;
    this.stream.write(
      `\r\u001b[K${records.toLocaleString("en-US")} records · ${Math.round(rate).toLocaleString("en-US")}/s${of}`,
    );
  }

  done(): void {
    if (this.shown) this.stream.write("\r\u001b[K");
    this.shown = false;
  }
}
