/** Brevo (until 2023 Sendinblue): transactional webhooks and the event report of its API. */
import { toTime } from "../time.ts";
import { cleanAddress, cleanId, joinWords } from "../words.ts";
import { type EventFormat, str } from "./event-format.ts";

const BOUNCES = new Set([
  "hard_bounce",
  "soft_bounce",
  "blocked",
  "deferred",
  "invalid_email",
  "invalid",
  "error",
  "hardBounces",
  "softBounces",
  "bounces",
  "invalidParameter",
]);

export const brevo: EventFormat = {
  id: "brevo",
  title: "Brevo webhooks",
  document: "https://developers.brevo.com/docs/transactional-webhooks",
  recognises: (v) =>
    typeof v.event === "string" &&
    typeof v.email === "string" &&
    !("sg_event_id" in v) &&
    ("message-id" in v || "messageId" in v) &&
    ("ts_event" in v || "ts_epoch" in v || "date" in v),
  read(v) {
    const event = str(v.event) ?? "";
    const common = {
      recipient: cleanAddress(v.email),
      sender: cleanAddress(v.from) ?? cleanAddress(v.sender_email),
      messageId: cleanId(v["message-id"]) ?? cleanId(v.messageId),
      // date is local time of the account, the time stamps are UTC.
      time: toTime(v.ts_event) ?? toTime(v.ts_epoch) ?? toTime(v.date),
    };
    const reason = str(v.reason);
    if (BOUNCES.has(event))
      return [{ ...common, type: "bounce", text: reason ?? joinWords(event.replaceAll("_", " ")) }];
    if (event === "delivered") return [{ ...common, type: "delivery", text: reason ?? "" }];
    return [{ ...common, type: "other", text: reason ?? "", reason: `event ${event}` }];
  },
};
