/**
 * Texts that are no bounce: accepted mail, automatic answers, noise of logs, prose. No entry may claim
 * one, except those whose cause is not-a-bounce. npm run check:content tries them all.
 */
export interface NegativeText {
  what: "accepted" | "auto-reply" | "log" | "prose" | "newsletter" | "queue" | "session";
  text: string;
}

const of = (what: NegativeText["what"], ...texts: string[]): NegativeText[] => texts.map((text) => ({ what, text }));

export const NEGATIVE: readonly NegativeText[] = [
  ...of(
    "accepted",
    "250 2.0.0 OK 1700000000 a1-20020a0example.123 - gsmtp",
    "250 2.0.0 Ok: queued as 4XyZ12abcDz3",
    "250 OK id=1tABCD-0001xy-2B",
    "250 2.6.0 <id@example.com> [InternalId=1, Hostname=mail.example.com] 8412 bytes in 0.123, 66.5 KB/sec Queued mail for delivery",
    "250 2.1.5 Ok",
    "250 2.1.0 Sender ok",
    "250 2.1.5 Recipient OK",
    "250 ok dirdel",
    "250 2.0.0 1ABCdef Message accepted for delivery",
    "250 Requested mail action okay, completed: id=1M",
    "354 End data with <CR><LF>.<CR><LF>",
    "354 Start mail input; end with <CRLF>.<CRLF>",
    "220 mx.example.com ESMTP ready",
    "221 2.0.0 Bye",
    "235 2.7.0 Authentication successful",
    "250-mail.example.com at your service, [203.0.113.7]\n250-SIZE 35882577\n250-8BITMIME\n250-STARTTLS\n250-ENHANCEDSTATUSCODES\n250 SMTPUTF8",
  ),
  ...of(
    "queue",
    "4XyZ12abcDz3: to=<user@example.com>, relay=mx.example.com[203.0.113.7]:25, delay=0.9, delays=0.1/0/0.4/0.4, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 9AbC1)",
    "Nov 23 10:00:00 mail postfix/qmgr[812]: 4XyZ12abcDz3: from=<sender@example.org>, size=3012, nrcpt=1 (queue active)",
    "Nov 23 10:00:01 mail postfix/qmgr[812]: 4XyZ12abcDz3: removed",
    '2026-11-23 10:00:00 1tABCD-0001xy-2B => user@example.com R=dnslookup T=remote_smtp H=mx.example.com [203.0.113.7] C="250 OK"',
    "2026-11-23 10:00:00 1tABCD-0001xy-2B Completed",
    "mail-queue: 42 messages waiting, oldest 3 minutes",
    "sm-mta[991]: 5AN: to=<user@example.com>, delay=00:00:01, mailer=esmtp, relay=mx.example.com., dsn=2.0.0, stat=Sent (OK)",
  ),
  ...of(
    "auto-reply",
    "I am out of the office until Monday, 30 November, with limited access to mail. In urgent cases please call our front desk.",
    "Thank you for your message. We have received your request and will answer within two working days. Your ticket number is 48213.",
    "Ich bin bis zum 30.11. nicht im Büro. Ihre Nachricht wird nicht weitergeleitet.",
    "Je suis absent du bureau jusqu'au lundi 30 novembre. Je vous répondrai à mon retour.",
    "Automatic reply: Your order has been shipped and will arrive on Friday.",
    "I have left the company at the end of October. From now on please write to my colleagues in the sales department.",
    "Your message was read on Monday, November 23, 2026 10:00:00 AM.",
  ),
  ...of(
    "newsletter",
    "This week in our shop: 20 % off all garden chairs. If you no longer want these mails, unsubscribe here. View this message in your browser.",
    "You receive this newsletter because you signed up on our web site. Update your preferences or unsubscribe at any time.",
    "Our autumn programme is out: concerts, readings and a market on the first Sunday of Advent. Seats are limited, so book early.",
  ),
  ...of(
    "log",
    "Nov 23 10:00:00 mail postfix/smtpd[993]: connect from mail.example.org[203.0.113.7]",
    "Nov 23 10:00:02 mail postfix/smtpd[993]: disconnect from mail.example.org[203.0.113.7] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 quit=1 commands=7",
    "Nov 23 10:00:00 mail dovecot: imap-login: Login: user=<user@example.com>, method=PLAIN, rip=203.0.113.7, TLS",
    "Nov 23 10:00:00 mail sshd[551]: Accepted publickey for deploy from 203.0.113.7 port 52144",
    "Nov 23 10:00:00 mail systemd[1]: Started Daily apt download activities.",
    "2026-11-23T10:00:00Z INFO worker 3 processed 1200 jobs in 4.2 s",
    "Nov 23 10:00:00 mail opendkim[77]: 4XyZ12abcDz3: DKIM-Signature field added (s=mail, d=example.org)",
    "Nov 23 10:00:00 mail postfix/smtp[999]: Trusted TLS connection established to mx.example.com[203.0.113.7]:25: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)",
    'GET /index.html HTTP/1.1" 200 5123 "-" "Mozilla/5.0"',
  ),
  ...of(
    "session",
    "EHLO mail.example.org\nMAIL FROM:<sender@example.org> SIZE=3012\nRCPT TO:<user@example.com>\nDATA\nQUIT",
    "STARTTLS\n220 2.0.0 Ready to start TLS",
  ),
  ...of(
    "prose",
    "We met at the station and walked along the river until it began to rain.",
    "The committee approved the minutes of the last meeting without changes. The next meeting is on 4 March at 15:00 in room 550.",
    "Could you send me the address of the new office? I lost the mail in which you gave it to me.",
    "My account at the bank was opened in 2015, and I have been a happy user since.",
    "The server brought the wrong dish, but the message of the evening was friendly.",
    "A reply code has three digits. The first says whether the answer is good, bad or incomplete.",
    "Please find attached the report for October. Let me know if anything is missing.",
    "Rain is expected in the north; the limit of snow falls to 450 metres.",
    "The recipient of this year's prize is a writer from Lisbon.",
    "",
    "   \n\t ",
    "404 Not Found",
    "ok",
  ),
];
