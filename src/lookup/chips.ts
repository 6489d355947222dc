/** One example for each kind of thing that people paste. Real replies, with private data replaced. */
export const CHIPS: readonly { label: string; text: string }[] = [
  {
    label: "Gmail 5.7.26",
    text: `550-5.7.26 This mail has been blocked because the sender is unauthenticated.
550-5.7.26 Gmail requires all senders to authenticate with either SPF or DKIM.
550-5.7.26
550-5.7.26  Authentication results:
550-5.7.26  DKIM = did not pass
550-5.7.26  SPF [example.com] with ip: [203.0.113.7] = did not pass
550-5.7.26
550-5.7.26  For instructions on setting up authentication, go to
550 5.7.26  https://support.google.com/mail/answer/81126#authentication - gsmtp`,
  },
  {
    label: "Outlook S3150",
    text: "550 5.7.1 Unfortunately, messages from [203.0.113.7] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3150). You can also refer your provider to http://mail.live.com/mail/troubleshooting.aspx#errors.",
  },
  {
    label: "Yahoo TSS04",
    text: "421 4.7.0 [TSS04] Messages from 203.0.113.7 temporarily deferred due to unexpected volume or user complaints - 4.16.55.1; see https://postmaster.yahooinc.com/error-codes",
  },
  {
    label: "Mailbox full",
    text: "452 4.2.2 The email account that you tried to reach is over quota. Please direct the recipient to https://support.google.com/mail/?p=OverQuotaTemp - gsmtp",
  },
  {
    label: "Greylisting",
    text: "450 4.2.0 <user@example.com>: Recipient address rejected: Greylisted, see http://postgrey.schweikert.ch/help/example.com.html",
  },
  {
    label: "A log line",
    text: "Nov 23 09:14:02 mx postfix/smtp[2841]: 4F2A81C0DE: to=<user@example.com>, relay=mx.example.com[203.0.113.9]:25, delay=1.2, delays=0.1/0/0.5/0.6, dsn=5.1.1, status=bounced (host mx.example.com[203.0.113.9] said: 550 5.1.1 <user@example.com>: Recipient address rejected: User unknown in virtual mailbox table (in reply to RCPT TO command))",
  },
  {
    label: "A whole notice",
    text: `From: MAILER-DAEMON@mail.example.net
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status

This is the mail system at host mail.example.net.
I'm sorry to have to inform you that your message could not be delivered.

Reporting-MTA: dns; mail.example.net
Final-Recipient: rfc822; user@example.com
Action: failed
Status: 5.7.1
Diagnostic-Code: smtp; 554 5.7.1 Service unavailable; Client host [203.0.113.7]
    blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/203.0.113.7`,
  },
];
