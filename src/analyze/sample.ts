/** A made-up Postfix log of two weeks, with a blocklisting on one day: for those who want to see the page at work. */

const BOUNCES: [domain: string, dsn: string, status: string, reply: string][] = [
  [
    "gmail.com",
    "5.1.1",
    "bounced",
    "550-5.1.1 The email account that you tried to reach does not exist. Please try double-checking the recipient's email address for typos or unnecessary spaces. 550 5.1.1 Learn more at https://support.google.com/mail/?p=NoSuchUser - gsmtp",
  ],
  [
    "gmail.com",
    "4.2.2",
    "deferred",
    "452-4.2.2 The recipient's inbox is out of storage space. 452 4.2.2 Learn more at https://support.google.com/mail/?p=OverQuotaTemp - gsmtp",
  ],
  ["example.com", "4.2.0", "deferred", "450 4.2.0 Recipient address rejected: Greylisted, try again later"],
  ["example.net", "5.1.1", "bounced", "550 5.1.1 Recipient address rejected: User unknown"],
];
const LISTED: (typeof BOUNCES)[number] = [
  "example.org",
  "5.7.1",
  "bounced",
  "554 5.7.1 Service unavailable; Client host [192.0.2.25] blocked using zen.spamhaus.org",
];
const DAYS = 14;
const SPIKE_DAY = 10;

export function sampleLog(): File {
  const lines: string[] = [];
  for (let day = 1; day <= DAYS; day++) {
    const attempts = 40 + ((day * 7) % 11);
    for (let i = 0; i < attempts; i++) {
      const stamp = `2026-10-${String(day).padStart(2, "0")}T${String(6 + (i % 12)).padStart(2, "0")}:${String((i * 7) % 60).padStart(2, "0")}:00+00:00`;
      const listed = day === SPIKE_DAY && i % 2 === 0;
      const bounce = listed ? LISTED : i % 12 === 0 ? BOUNCES[(day + i / 12) % BOUNCES.length] : undefined;
      const [domain, dsn, status, reply] = bounce ?? ["example.com", "2.0.0", "sent", "250 2.0.0 Ok"];
      const said = bounce ? `host mx.${domain}[192.0.2.1] said: ${reply} (in reply to RCPT TO command)` : reply;
      lines.push(
        `${stamp} mail postfix/smtp[104]: 4Xq${day}A${i}: to=<reader${day}.${i}@${domain}>, relay=mx.${domain}[192.0.2.1]:25, delay=1, delays=0/0/0/1, dsn=${dsn}, status=${status} (${said})`,
      );
    }
  }
  return new File([`${lines.join("\n")}\n`], "sample.log", { type: "text/plain" });
}
