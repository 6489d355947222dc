/** Postmark: webhooks and the bounces of its API. */
import { toTime } from "../time.ts";
import { cleanAddress, cleanId, joinWords } from "../words.ts";
import { type EventFormat, str } from "./event-format.ts";

/** Bounce types that are no bounce: https://postmarkapp.com/developer/api/bounce-api#bounce-types */
const NO_BOUNCE = new Set([
  "AutoResponder",
  "AddressChange",
  "ChallengeVerification",
  "OpenRelayTest",
  "Subscribe",
  "Unsubscribe",
  "SpamComplaint",
]);

export const postmark: EventFormat = {
  id: "postmark",
  title: "Postmark webhooks",
  document: "https://postmarkapp.com/developer/webhooks/bounce-webhook",
  recognises: (v) =>
    (typeof v.RecordType === "string" && ("MessageID" in v || "MessageStream" in v)) ||
    (typeof v.TypeCode === "number" && typeof v.BouncedAt === "string"),
  read(v) {
    const record = str(v.RecordType) ?? "Bounce";
    const common = {
      recipient: cleanAddress(v.Email) ?? cleanAddress(v.Recipient),
      sender: cleanAddress(v.From),
      messageId: cleanId(v.MessageID),
      time: toTime(v.BouncedAt) ?? toTime(v.DeliveredAt) ?? toTime(v.ReceivedAt) ?? toTime(v.ChangedAt),
    };
    if (record === "Delivery") return [{ ...common, type: "delivery", text: str(v.Details) ?? "" }];
    const type = str(v.Type) ?? "";
    if (record !== "Bounce" || NO_BOUNCE.has(type))
      return [{ ...common, type: "other", text: str(v.Details) ?? "", reason: `event ${type || record}` }];
    // Description is Postmark's own text for the type; Details has the server's words.
    return [
      {
        ...common,
        type: "bounce",
        text: str(v.Details)?.replace(/^smtp;\s*/i, "") ?? joinWords(type, str(v.Description)),
      },
    ];
  },
};
