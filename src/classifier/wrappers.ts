/**
 * What programs put around the words of another server: lead-ins behind which the words begin, and tails
 * that end them. Written in the template language, so that they are found in the same pass as the rules.
 */

export interface LeadIn {
  template: string;
  /** Only where a code follows: these are ordinary words of sentences, too. */
  beforeCode?: true;
  /** Only at the start of a line or behind another lead-in. */
  atLineStart?: true;
}

/** A slot named `host` is the server that spoke, up to a bracket. The last lead-in of a text is the innermost. */
export const LEAD_INS: readonly LeadIn[] = [
  // Postfix
  // host mx.example.com[192.0.2.1]:25 said: in one, since {url} takes brackets, too
  { template: "host {url:host} {said|refused to talk to me}:" },
  { template: "status={bounced|deferred|undeliverable} (" },
  { template: "delivery temporarily suspended:" },
  { template: "reject: {...} from {host:client}[{id}]:" },
  { template: "{the mail system|the postfix program}", atLineStart: true },
  // Exim, several generations
  { template: "SMTP error from remote {mail server|server|mailer} after {...}: host {host} [{ip}]:" },
  {
    template:
      "SMTP error from remote {mail server|server|mailer} after {RCPT TO|MAIL FROM}:<{email}>{...}: host {host} [{ip}]:",
  },
  {
    template: "host {host} [{ip}]: SMTP error from remote {mail server|server|mailer} after {...}:",
    beforeCode: true,
  },
  { template: "SMTP error from remote {mail server|server|mailer} after {...}:", beforeCode: true },
  { template: "host {host} [{ip}]:", beforeCode: true },
  { template: "The following address(es) failed:" },
  // qmail, and Haraka, which speaks like it
  { template: "This is a permanent error; I've given up. Sorry it didn't work out." },
  { template: "Failure Reason:", atLineStart: true },
  { template: "Remote host said:" },
  { template: "does not like {recipient|sender}." },
  { template: "failed after I sent the message." },
  // sendmail
  { template: "while talking to {host}:" },
  { template: "<<<", atLineStart: true },
  // OpenSMTPD
  { template: "result={id} stat=" },
  { template: "LMTP server error:" },
  // Gmail
  { template: "The error that the other server returned was:" },
  { template: "The response {from the remote server |}was:", atLineStart: true },
  // Exchange
  { template: "Diagnostic information for administrators:" },
  { template: "Remote Server returned" },
  { template: "Remote Server at {host} returned" },
  { template: "Remote Server at {host} ({id}) returned" },
  { template: "server returned{ an|} error{ message|}:", beforeCode: true },
  { template: "server returned", beforeCode: true },
  // Barracuda, of the server behind it
  { template: "failure for one or more recipients ({email}:", beforeCode: true },
  // amavis, of the server to which it hands the message back
  { template: "from MTA({...}):", beforeCode: true },
  // Mail libraries and prose
  { template: "Expected response code {id} but got code" },
  { template: "with message", beforeCode: true },
  { template: "{responded|replied|answered} {with|with:|with code}", beforeCode: true },
  { template: "{responded:|replied:|answered:}", beforeCode: true },
  { template: "{response|reply|error}{ from server| was| is|}:", beforeCode: true },
  { template: "did not like our {...}:" },
  // Fields of a delivery status notification (RFC 3464), with or without the type of the words
  { template: "Diagnostic-Code:" },
  { template: "smtp;" },
  { template: "x-postfix;", atLineStart: true },
  { template: "x-unix;", atLineStart: true },
  { template: "x-local;", atLineStart: true },
  { template: "x-notes;", atLineStart: true },
  { template: "x-sendmail;", atLineStart: true },
  { template: "unknown;", atLineStart: true },
];

/** The earliest tail behind the start of the words ends them. */
export const TAILS: readonly string[] = [
  "(in reply to {...})",
  "Giving up on {host}",
  "(state {number})",
  ": retry timeout exceeded",
  "... Service unavailable",
  "I'm not going to try again",
  "; from=<",
  // What follows the words in a notice: the next field of the status notification, and the message
  "Final-Recipient:",
  "Original-Recipient:",
  "Remote-MTA:",
  "Last-Attempt-Date:",
  "Will-Retry-Until:",
  "Below this line is a copy of the message",
  "This is a copy of {the|your} message",
  "Original message headers:",
  "----- Original message -----",
];

/**
 * The server asked another one about the sender, and quotes its answer: the lead-in of that answer ends the
 * words, since "User unknown" is then said of the sender's address, not of the recipient's.
 */
export const PROBES: readonly string[] = [
  "sender address rejected: {unverified|undeliverable} address",
  "sender address verification in progress",
  "verification failed for <{email}>",
];
