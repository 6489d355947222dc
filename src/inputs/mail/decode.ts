/** Text out of bytes whose encoding is only hinted at. */
import { decodeWords as decodeEncodedWords } from "postal-mime";

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** The charsets that a mail names anywhere: a status part itself names none, but its mail was written in them. */
export function namedCharsets(raw: Uint8Array): string[] {
  const text = new TextDecoder("latin1").decode(raw.subarray(0, 1 << 17));
  const found = new Set<string>();
  for (const m of text.matchAll(/charset="?([\w.:-]{2,30})|=\?([\w.:-]{2,30})\?[BQ]\?/gi)) {
    const name = (m[1] ?? m[2] ?? "").toLowerCase();
    if (name !== "us-ascii" && name !== "utf-8") found.add(name === "gb2312" || name === "gbk" ? "gb18030" : name);
    if (found.size >= 8) break;
  }
  return [...found];
}

/**
 * Decodes bytes: UTF-8 where they are that; ISO-2022-JP where its escapes are in them; else the first of the named
 * charsets that fits; else Windows-1252, which fits everything.
 */
export function decodeBytes(bytes: Uint8Array, charsets: readonly string[]): string {
  // ISO-2022-JP is pure ASCII in its bytes: ESC $ @, ESC $ B, ESC ( J
  for (let i = 0; i + 2 < bytes.length; i++) {
    if (bytes[i] === 0x1b && (bytes[i + 1] === 0x24 || bytes[i + 1] === 0x28))
      return new TextDecoder("iso-2022-jp").decode(bytes);
  }
  try {
    return utf8.decode(bytes);
  } catch {
    for (const charset of charsets) {
      try {
        return new TextDecoder(charset, { fatal: true }).decode(bytes);
      } catch {
        // Not this one.
      }
    }
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** The bytes of an attachment, whatever postal-mime gives them as. */
export function contentBytes(content: ArrayBuffer | Uint8Array | string): Uint8Array {
  return typeof content === "string"
    ? new TextEncoder().encode(content)
    : content instanceof Uint8Array
      ? content
      : new Uint8Array(content);
}

/** RFC 2047 encoded words, decoded. */
export function decodeWords(text: string): string {
  return text.includes("=?") ? decodeEncodedWords(text) : text;
}
