/** The table of forms: the one place that lists them. Where two are equally sure, the earlier wins. */
import { EVENT_FORMS, json } from "./events/read-json.ts";
import type { Form } from "./form.ts";
import { LOG_FORMS } from "./logs/read-log.ts";
import { dsnFields, mail, mbox } from "./mail/read-mail.ts";
import type { FormId } from "./record.ts";
import { pastes, replies } from "./replies.ts";
import { csv } from "./tables/csv.ts";
import { exchange } from "./tables/exchange.ts";
import { powermta } from "./tables/powermta.ts";

export const FORMS: readonly Form[] = [
  mbox,
  dsnFields,
  mail,
  ...LOG_FORMS,
  powermta,
  exchange,
  ...EVENT_FORMS,
  json,
  csv,
  pastes,
  replies,
];

export function formById(id: FormId): Form {
  return FORMS.find((f) => f.id === id) ?? replies;
}
