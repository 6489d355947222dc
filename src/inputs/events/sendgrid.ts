/** Twilio SendGrid: Event Webhook. */
import { toTime } from "../time.ts";
import { cleanAddress, cleanHost, cleanId, joinWords, REPLY_START } from "../words.ts";
import { type EventFormat, str } from "./event-format.ts";

export const sendgrid: EventFormat = {
  id: "sendgrid",
  title: "SendGrid events",
  document: "https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event",
  recognises: (v) =>
    typeof v.event === "string" &&
    (typeof v.sg_event_id === "string" || typeof v.sg_message_id === "string" || typeof v["smtp-id"] === "string"),
  read(v) {
    const event = str(v.event) ?? "";
    const common = {
      recipient: cleanAddress(v.email),
      messageId: cleanId(v["smtp-id"]) ?? cleanId(v.sg_message_id),
      time: toTime(v.timestamp),
      mx: cleanHost(v.mx_server),
    };
    const reason = str(v.reason) ?? str(v.response) ?? "";
    const status = str(v.status);
    switch (event) {
      case "bounce":
      case "blocked":
      case "deferred":
        return [
          { ...common, type: "bounce", text: REPLY_START.test(reason) ? reason : joinWords(status, reason || event) },
        ];
      case "dropped":
        return [{ ...common, type: "bounce", text: joinWords("Dropped:", reason) }];
      case "delivered":
        return [{ ...common, type: "delivery", text: str(v.response) ?? "" }];
      default:
        return [{ ...common, type: "other", text: reason, reason: `event ${event}` }];
    }
  },
};
