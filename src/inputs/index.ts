/**
 * Inputs: what people have, as bounces one by one.
 *
 * Replies a line, pasted bounces, DSN mails and other notices, mbox, logs of Postfix, Exim, sendmail, PowerMTA, KumoMTA
 * and Exchange, webhooks and exports of Amazon SES, SendGrid, Mailgun, Postmark, SparkPost, Brevo and Mandrill, CSV
 * and JSON with a column of replies; each plain or gzipped. Runs in Node, browsers and workers.
 */
export { detectForm } from "./detect.ts";
export type { Form } from "./form.ts";
export { FORMS } from "./forms.ts";
export { count, newTally, readInput, readInputBatches, type Tally } from "./read.ts";
export {
  FORM_IDS,
  type FormId,
  type InputRecord,
  type Place,
  RECORD_TYPES,
  type ReadOptions,
  type RecordType,
} from "./record.ts";
export type { Source } from "./source.ts";
