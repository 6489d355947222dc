/** Mailchimp Transactional (Mandrill): the elements of mandrill_events. */
import { toTime } from "../time.ts";
import { cleanAddress, cleanHost, cleanId, joinWords } from "../words.ts";
import { type EventFormat, isObject, list, obj, str } from "./event-format.ts";

const stripType = (text: string | undefined) => text?.replace(/^smtp;\s*/i, "");

export const mandrill: EventFormat = {
  id: "mandrill",
  title: "Mailchimp Transactional (Mandrill) events",
  document: "https://mailchimp.com/developer/transactional/docs/webhooks/",
  recognises: (v) =>
    (typeof v.event === "string" && isObject(v.msg) && "_id" in v) ||
    (typeof v.type === "string" && isObject(v.reject) && "ts" in v),
  read(v) {
    const event = str(v.event) ?? str(v.type) ?? "";
    const msg = obj(v.msg);
    const last = list(msg.smtp_events).at(-1) ?? {};
    const common = {
      recipient: cleanAddress(msg.email) ?? cleanAddress(obj(v.reject).email),
      sender: cleanAddress(msg.sender),
      messageId: cleanId(msg._id) ?? cleanId(v._id),
      mx: cleanHost(last.destination_ip),
      time: toTime(v.ts) ?? toTime(msg.ts),
    };
    switch (event) {
      case "hard_bounce":
      case "soft_bounce":
      case "deferral":
      case "bounced":
        return [
          {
            ...common,
            type: "bounce",
            text:
              stripType(str(msg.diag)) ??
              stripType(str(last.diag)) ??
              joinWords(event.replaceAll("_", " "), str(msg.bounce_description)?.replaceAll("_", " ")),
          },
        ];
      case "reject":
        return [
          {
            ...common,
            type: "bounce",
            text: joinWords("Rejected by the sending service:", str(obj(msg.reject).reason) ?? str(msg.state)),
          },
        ];
      case "send":
      case "delivered":
        return [{ ...common, type: "delivery", text: stripType(str(last.diag)) ?? "" }];
      default:
        return [{ ...common, type: "other", text: "", reason: `event ${event}` }];
    }
  },
};
