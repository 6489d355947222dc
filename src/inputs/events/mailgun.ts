/** Mailgun: webhooks and the events API; the legacy webhooks that ended in 2023 as well, as people keep their files. */
import { toTime } from "../time.ts";
import { cleanAddress, cleanHost, cleanId, joinWords, REPLY_START } from "../words.ts";
import { type EventFormat, type Json, obj, str } from "./event-format.ts";

const eventOf = (v: Json): Json => (typeof v["event-data"] === "object" ? obj(v["event-data"]) : v);

export const mailgun: EventFormat = {
  id: "mailgun",
  title: "Mailgun events",
  document: "https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/webhook-payloads",
  recognises(v) {
    const e = eventOf(v);
    if (typeof e.event !== "string" || typeof e.sg_event_id === "string") return false;
    return (
      "event-data" in v ||
      "delivery-status" in e ||
      "log-level" in e ||
      (typeof e["message-headers"] === "string" && typeof e.token === "string")
    );
  },
  read(v) {
    const e = eventOf(v);
    const event = str(e.event) ?? "";
    const status = obj(e["delivery-status"]);
    const headers = obj(obj(e.message).headers);
    const common = {
      recipient: cleanAddress(e.recipient),
      sender: cleanAddress(obj(e.envelope).sender),
      mx: cleanHost(status["mx-host"]),
      messageId: cleanId(headers["message-id"]) ?? cleanId(e["Message-Id"]) ?? cleanId(e["message-id"]),
      time: toTime(e.timestamp),
    };
    switch (event) {
      case "failed":
      case "bounced":
      case "dropped":
      case "rejected": {
        const words =
          str(status.message) ??
          str(status.description) ??
          str(e.error) ??
          str(e.description) ??
          str(obj(e.reject).reason) ??
          str(e.reason) ??
          "";
        const code = Number(status.code ?? e.code);
        // Codes from 600 on are Mailgun's own (602: too old, 605: previously bounced); they stand before its words.
        const prefix = code >= 400 && !REPLY_START.test(words) && !words.startsWith(`${code} `) ? code : undefined;
        return [{ ...common, type: "bounce", text: joinWords(prefix, str(status["enhanced-code"]), words) }];
      }
      case "delivered":
        return [{ ...common, type: "delivery", text: str(status.message) ?? "" }];
      default:
        return [{ ...common, type: "other", text: "", reason: `event ${event}` }];
    }
  },
};
