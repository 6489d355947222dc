/** Labels of the open corpora that the sources contradict: what we answer, and why. */
export const DISAGREEMENTS: Record<string, { cause: string; why: string }> = {
  "ac-041": {
    cause: "greylisted",
    why: "Mimecast documents «Internal resources are temporarily unavailable» as its greylisting of unknown senders: nothing is out of order.",
  },
  "ac-184": {
    cause: "unauthenticated",
    why: "Yahoo documents 554 5.7.9 «not accepted for policy reasons» as a failure of DKIM, SPF or DMARC: authentication is what must be mended.",
  },
};
