/** Lines out of bytes: decoded, numbered, bounded, in batches, because one await a line would cost more than its reading. */

/** A longer line is cut here: no reply is near it. UTF-16 units. */
export const MAX_LINE_LENGTH = 1 << 20;

export interface LineBatch {
  /** The number of the first line, from 1. */
  first: number;
  lines: string[];
  /** Numbers of the lines that were cut at MAX_LINE_LENGTH. */
  cut: number[];
}

/** The encoding that a byte order mark names; UTF-8 where there is none. */
export function encodingOf(head: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  return "utf-8";
}

/** Decodes bytes as they stream: UTF-8, or UTF-16 where a byte order mark says so. Faulty bytes become U+FFFD. */
export async function* textChunks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  for await (const chunk of chunks) {
    decoder ??= new TextDecoder(encodingOf(chunk));
    const text = decoder.decode(chunk, { stream: true });
    if (text !== "") yield text;
  }
  const rest = decoder?.decode();
  if (rest) yield rest;
}

const ANY_BREAK = /\r\n|\n|\r/;

/** Splits at LF, CRLF and lone CR. */
export function splitLines(text: string): string[] {
  return text.includes("\r") ? text.split(ANY_BREAK) : text.split("\n");
}

/**
 * Splits text into lines.
 * @param chunks decoded text
 * @returns batches of whole lines; blank ones are among them, so that the numbers are right
 */
export async function* lineBatches(chunks: AsyncIterable<string>): AsyncGenerator<LineBatch> {
  let rest = "";
  let first = 1;
  let skipping = false;
  for await (const chunk of chunks) {
    let text = rest + chunk;
    // A CR at the end may be half of a CRLF.
    let held = "";
    if (text.endsWith("\r")) {
      held = "\r";
      text = text.slice(0, -1);
    }
    const lines = splitLines(text);
    rest = (lines.pop() as string) + held;
    const cut: number[] = [];
    if (skipping && lines.length > 0) {
      // The end of a line that was cut and handed out before.
      lines.shift();
      skipping = false;
    }
    for (let i = 0; i < lines.length; i++) {
      if ((lines[i] as string).length > MAX_LINE_LENGTH) {
        lines[i] = (lines[i] as string).slice(0, MAX_LINE_LENGTH);
        cut.push(first + i);
      }
    }
    if (skipping) rest = held;
    else if (rest.length > MAX_LINE_LENGTH) {
      cut.push(first + lines.length);
      lines.push(rest.slice(0, MAX_LINE_LENGTH));
      rest = held;
      skipping = true;
    }
    if (lines.length > 0) {
      yield { first, lines, cut };
      first += lines.length;
    }
  }
  if (rest.endsWith("\r")) rest = rest.slice(0, -1);
  if (rest !== "" && !skipping) yield { first, lines: [rest], cut: [] };
}
