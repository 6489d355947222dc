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

/** A slot named `host` is the server that spoke. The last lead-in of a text is the innermost. */
export const LEAD_INS: readonly LeadIn[] = [
  // Postfix
  { template: "host {host}[{id}] {said|refused to talk to me}:" },
  { template: "host {host}[{id}]:{number} {said|refused to talk to me}:" },
  { template: "host {host} said:" },
  // Exim, two generations
  { template: "SMTP error from remote {mail |}server after {...}: host {host} [{ip}]:" },
  { template: "SMTP error from remote {mail |}server after {RCPT TO|MAIL FROM}:<{email}>{...}: host {host} [{ip}]:" },
  { template: "host {host} [{ip}]: SMTP error from remote {mail |}server after {...}:", beforeCode: true },
  { template: "SMTP error from remote {mail |}server after {...}:", beforeCode: true },
  { template: "host {host} [{ip}]:", beforeCode: true },
  // qmail
  { template: "Remote host said:" },
  { template: "does not like {recipient|sender}." },
  { template: "failed after I sent the message." },
  // sendmail
  { template: "while talking to {host}:" },
  { template: "<<<", atLineStart: true },
  // Exchange
  { template: "Remote Server returned" },
  { template: "Remote Server at {host} returned" },
  { template: "Remote Server at {host} ({id}) returned" },
  { template: "server returned{ an|} error{ message|}:", beforeCode: true },
  { template: "server returned", beforeCode: true },
  // amavis, of the server to which it hands the message back
  { template: "from MTA({...}):", beforeCode: true },
  // Mail libraries and prose
  { template: "Expected response code {id} but got code" },
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
  "(in reply to {...} command)",
  "(in reply to {...})",
  "Giving up on {host}",
  "(state {number})",
];
