/**
 * The reply inside the mess: where in a text the innermost server's words lie, what wraps them, and
 * which host is said to have spoken them. Every pattern here begins with fixed words and has bounded
 * repetition, so the work stays linear.
 */
import { type FoundCode, findCodes } from "./codes.ts";

export interface Located {
  /** The innermost server's words. */
  start: number;
  end: number;
  reply: FoundCode | undefined;
  status: FoundCode | undefined;
  /** The host that spoke, where a wrapper names it. */
  host: string | undefined;
  /** What stands around the words: lead-ins and tails of the programs that passed the reply on. */
  wrappers: { start: number; end: number }[];
}

/**
 * Lead-ins behind which another server's words begin. `host` is the group that names that server.
 * The last one in a text is the innermost.
 */
const LEAD_INS: { pattern: RegExp; host?: number }[] = [
  // Postfix: host mx.example.com[192.0.2.1] said: … / refused to talk to me: …
  {
    pattern: /\bhost ([^\s[\]]{1,253})(?:\[[^\]\s]{1,64}\])?(?::\d{1,5})? (?:said|refused to talk to me):\s?/gi,
    host: 1,
  },
  // Exim: SMTP error from remote mail server after RCPT TO:<…>: host mx [192.0.2.1]: …
  {
    pattern:
      /\bSMTP error from remote (?:mail )?server after [^\r\n]{1,300}?: ?\s{0,8}host ([^\s[\]]{1,253}) \[[^\]\s]{1,64}\](?::\d{1,5})?:\s?/gi,
    host: 1,
  },
  { pattern: /\bhost ([^\s[\]]{1,253}) \[[^\]\s]{1,64}\]:\s{1,8}(?=(?:SMTP error|[245]\d\d))/gi, host: 1 },
  // qmail
  { pattern: /\bRemote host said:\s?/gi },
  {
    pattern:
      /\b([\da-z.-]{1,253}) (?:does not like recipient|does not like sender|failed after I sent the message|failed on DATA command)\.\s{0,4}(?:Remote host said:\s?)?/gi,
  },
  // sendmail: <<< 550 5.1.1 … / ... while talking to mx.example.com.:
  { pattern: /\bwhile talking to ([^\s:]{1,253}?)\.?:\s{0,8}/gi, host: 1 },
  { pattern: /^[ \t]{0,8}<<< /gm },
  // Exchange and others
  { pattern: /\b(?:Remote )?server (?:at ([^\s(]{1,253}) )?(?:\([^)]{1,64}\) )?returned ['"‘“]?\s{0,4}/gi, host: 1 },
  { pattern: /<([a-z\d.-]{1,253}) #(?=[245]\.\d{1,3}\.\d{1,3} )/gi, host: 1 },
  {
    pattern:
      /\b(?:responded|replied|response was|response from [^\s:]{1,253}|answered)(?: with)?:?\s{1,4}(?=["'(]?[245]\d\d)/gi,
  },
  // Fields of a delivery status notification, with or without the type of the words
  { pattern: /\bdiagnostic-code:\s{0,8}/gi },
  { pattern: /\b(?:smtp|x-postfix|x-unix|x-notes|x-[a-z]{1,20}|unknown)\s?;\s{0,8}/gi },
  { pattern: /\bdid not like our [^\r\n:]{1,120}:\s?/gi },
];

/** Tails behind the words. The earliest one behind the words' start ends them. */
const TAILS: RegExp[] = [
  /\s{0,4}\(in reply to [^)\r\n]{1,80}\)\)?/gi,
  /\s{0,4}\bGiving up on [^\r\n]{1,200}/gi,
  /\s{0,4}\(state \d{1,3}\)\.?/gi,
];

/**
 * Finds the innermost server's words in a text.
 * @param text any text, already cut to a bounded length
 * @returns the place of the words; the whole text where nothing wraps them
 */
export function locateReply(text: string): Located {
  let start = 0;
  let host: string | undefined;
  const wrappers: { start: number; end: number }[] = [];
  for (const { pattern, host: group } of LEAD_INS) {
    pattern.lastIndex = 0;
    for (let m = pattern.exec(text); m !== null; m = pattern.exec(text)) {
      const end = m.index + m[0].length;
      if (m[0].length === 0) pattern.lastIndex++;
      wrappers.push({ start: m.index, end });
      if (end >= start && end < text.length) {
        start = end;
        if (group !== undefined && m[group]) host = m[group];
      }
    }
  }
  let end = text.length;
  for (const pattern of TAILS) {
    pattern.lastIndex = start;
    const m = pattern.exec(text);
    if (m && m.index > start) {
      wrappers.push({ start: m.index, end: m.index + m[0].length });
      end = Math.min(end, m.index);
    }
  }
  const { reply, status } = findCodes(text, start, end);
  return { start, end, reply, status, host, wrappers: wrappers.sort((a, b) => a.start - b.start) };
}
