/** Takes off what mail programs and web pages put over a text: HTML entities, quoted-printable, base64. */

const ENTITIES: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', "#39": "'", nbsp: " " };
/** Lines of base64 as a mail carries them. Bounded by line length; a short last line may follow. */
const BASE64 = /^(?:[A-Za-z0-9+/]{56,76}\r?\n)*[A-Za-z0-9+/]{16,76}={0,2}[ \t]*$/gm;

/** @returns the text as a person would read it; the same text where nothing covers it */
export function legible(text: string): string {
  let out = text;
  if (/content-transfer-encoding:\s*quoted-printable/i.test(out)) out = fromQuotedPrintable(out);
  if (/content-transfer-encoding:\s*base64/i.test(out))
    out = out.replace(BASE64, (block) => fromBase64(block) ?? block);
  if (/&(?:lt|gt|quot|#39);/.test(out))
    out = out.replace(/&(lt|gt|amp|quot|#39|nbsp);/g, (whole, name: string) => ENTITIES[name] ?? whole);
  return out;
}

const utf8 = (bytes: string): string | undefined => {
  const array = Uint8Array.from(bytes, (c) => c.charCodeAt(0));
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(array);
  } catch {
    return undefined;
  }
};

function fromQuotedPrintable(text: string): string {
  return text.replace(/=[ \t]*\r?\n/g, "").replace(/(?:=[0-9A-F]{2})+/g, (run) => {
    const bytes = run.replace(/=(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    return utf8(bytes) ?? run;
  });
}

/** Undefined where the block holds something else than text: an attachment, or no base64 at all. */
function fromBase64(block: string): string | undefined {
  try {
    const decoded = utf8(atob(block.replace(/\s+/g, "")));
    return decoded !== undefined && !/[\0-\x08\x0e-\x1f]/.test(decoded) ? decoded : undefined;
  } catch {
    return undefined;
  }
}
