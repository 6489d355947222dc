/** Bounces that are no DSN: notices of qmail, Exim, Exchange, Gmail, sendmail and others, in words only. */
import type { Reading } from "../record.ts";
import { cleanAddress, cleanHost } from "../words.ts";

/** Behind these lines stands the message that came back: its words are no evidence. */
const COPY =
  /^(?:-{2,}[ ]?(?:Below this line is (?:a copy of )?the|This is a copy of|The body of the message|Enclosed is a copy|Original message|Message header|Unsent message|Start of returned|The header of the original|Returned message|Forwarded message)|Original message headers?:|-{3,} ?Original Message|Undelivered message follows|Message headers follow|Unsent message below|Received: from )/im;

/** The words of a notice without the copy of the message at its end. */
export function ownWords(text: string): string {
  const m = COPY.exec(text);
  return (m && m.index > 0 ? text.slice(0, m.index) : text).trim();
}

const ADDRESS = /[^\s<>@,;:"()[\]]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}/i;

interface Shape {
  test: RegExp;
  read(text: string): Reading[];
}

const bounce = (text: string, recipient: string | undefined, mx?: string): Reading => ({
  type: "bounce",
  text: text.trim(),
  recipient,
  mx,
});

/** Paragraphs that begin with an address, as qmail and Exim write them; each is one recipient's. */
function byParagraph(text: string, start: RegExp): Reading[] {
  const found: Reading[] = [];
  let recipient: string | undefined;
  let lines: string[] = [];
  const close = () => {
    if (recipient !== undefined) found.push(bounce(lines.join("\n"), recipient));
    recipient = undefined;
    lines = [];
  };
  for (const line of text.split(/\r?\n/)) {
    const m = start.exec(line);
    if (m) {
      close();
      recipient = cleanAddress(m[1]);
      if (m[2]?.trim()) lines.push(m[2].trim());
    } else if (recipient !== undefined) {
      if (line.trim() === "" && lines.length > 0) close();
      else if (line.trim() !== "") lines.push(line.trim());
    }
  }
  close();
  return found;
}

const SHAPES: Shape[] = [
  {
    // qmail-send: «<user@example.com>:» and the reason in the lines below. https://cr.yp.to/proto/qsbmf.txt
    test: /^Hi\. (?:This is the|I'm the)|^<[^<>\s]+@[^<>\s]+>:\s*$/m,
    read: (text) =>
      byParagraph(text, /^<([^<>\s]+@[^<>\s]+)>:\s*(.*)$/).map((r) => ({
        ...r,
        mx: cleanHost(/^(?:Connected to )?(\d{1,3}(?:\.\d{1,3}){3})\b/.exec(r.text)?.[1]),
      })),
  },
  {
    // Exim: «  user@example.com» and the reason below, farther in.
    test: /following address(?:\(es\)|es)? (?:failed|deferred|have)|could not be delivered to (?:one or more|all|some)/i,
    read: (text) =>
      byParagraph(
        text.slice(Math.max(0, text.search(/address(?:\(es\)|es)?[^:\n]*:|recipients[^:]*:/i))),
        /^\s{1,8}(?:<)?([^\s<>@]+@[^\s<>@]+?)(?:>)?:?\s*$/,
      ),
  },
  {
    // Exchange and Microsoft 365: «Diagnostic information for administrators:»
    test: /Diagnostic information for administrators:/i,
    read: (text) =>
      byParagraph(
        text.slice(text.search(/Diagnostic information for administrators:/i)),
        /^\s{0,4}([^\s<>@]+@[^\s<>@]+?)\s*$/,
      ),
  },
  {
    // Exchange 2000 to 2003: «'Name' on 23.11.2026» … <mx.example.com #5.1.1 smtp;550 5.1.1 …>
    test: /did not reach (?:some or all of )?the (?:intended|following) recipient|cannot be reached:/i,
    read: (text) => {
      const found: Reading[] = [];
      const block = /<([a-z0-9.-]{1,253})?[ ]?#([245]\.\d{1,3}\.\d{1,3})([^>]{0,2000})>?/gi;
      for (const m of text.matchAll(block)) {
        const before = text.slice(0, m.index);
        const address = [...before.matchAll(new RegExp(ADDRESS, "gi"))].at(-1)?.[0];
        const words = (m[3] ?? "").replace(/^\s*(?:smtp\s*;)?\s*/i, "");
        found.push(bounce(/^[245]\d\d/.test(words) ? words : `${m[2]} ${words}`, cleanAddress(address)));
      }
      return found;
    },
  },
  {
    // Gmail before its DSNs, and copies of it: «The error that the other server returned was:»
    test: /The (?:error|response) (?:that the other server returned|from the (?:remote|other) server) was:/i,
    read: (text) => {
      const at = text.search(
        /The (?:error|response) (?:that the other server returned|from the (?:remote|other) server) was:/i,
      );
      const words =
        text
          .slice(at)
          .replace(/^[^:]*:\s*/, "")
          .split(/\n\s*\n/)[0] ?? "";
      return [
        bounce(
          words,
          cleanAddress(ADDRESS.exec(text.slice(0, at))?.[0]),
          cleanHost(/ by ([a-z0-9.-]+)\.? \[/i.exec(text)?.[1]),
        ),
      ];
    },
  },
  {
    // sendmail: the transcript holds the server's words, behind <<<
    test: /-{3,} ?Transcript of session follows ?-{3,}/i,
    read: (text) => {
      const addresses =
        /had (?:permanent|transient[a-z-]*) (?:non-)?fatal errors -{3,}([\s\S]*?)(?:-{3,}|$)/i.exec(text)?.[1] ?? "";
      const transcript = text.slice(text.search(/-{3,} ?Transcript of session follows/i)).replace(/^[^\n]*\n/, "");
      const recipients = addresses
        .split(/\r?\n/)
        .map((l) => cleanAddress(ADDRESS.exec(l)?.[0]))
        .filter((a) => a !== undefined);
      const mx = cleanHost(/while talking to ([^\s:]+?)\.?:/.exec(transcript)?.[1]);
      return (recipients.length === 0 ? [undefined] : recipients).map((r) => bounce(transcript, r, mx));
    },
  },
];

/**
 * Reads a bounce that is written for people.
 * @param text the mail's readable text
 * @param failed the addresses of X-Failed-Recipients
 * @returns one reading for each recipient that the words name apart, else one for all the words; never none
 */
export function readNotice(text: string, failed: readonly string[]): Reading[] {
  const own = ownWords(text);
  for (const shape of SHAPES) {
    if (!shape.test.test(own)) continue;
    const readings = shape.read(own).filter((r) => r.text !== "");
    if (readings.length > 0) return readings;
  }
  const addresses = failed.length > 0 ? failed : [ADDRESS.exec(own)?.[0] ?? ""];
  return addresses.map((a) => bounce(own, cleanAddress(a)));
}

/** The words of a notice that concern one recipient: the paragraph behind the address; all words where none does. */
export function wordsFor(text: string, recipient: string | undefined): string | undefined {
  const own = ownWords(text);
  if (own === "") return undefined;
  const readings = readNotice(own, []);
  const mine = readings.find(
    (r) => r.recipient !== undefined && r.recipient.toLowerCase() === recipient?.toLowerCase(),
  );
  return (mine ?? readings[0])?.text ?? own;
}
