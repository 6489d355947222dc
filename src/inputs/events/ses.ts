/** Amazon SES: notifications and published events, bare or inside the envelopes of SNS, Lambda, SQS and EventBridge. */
import type { Reading } from "../record.ts";
import { toTime } from "../time.ts";
import { cleanAddress, cleanHost, cleanId, joinWords } from "../words.ts";
import { type EventFormat, isObject, type Json, list, obj, orOne, str } from "./event-format.ts";

const TYPES = new Set([
  "AmazonSnsSubscriptionSucceeded",
  "Bounce",
  "Complaint",
  "Delivery",
  "DeliveryDelay",
  "Reject",
  "Rendering Failure",
  "RenderingFailure",
  "Send",
  "Open",
  "Click",
  "Subscription",
  "Received",
]);

/** Opens the envelopes around a notification; the value itself where there is none. */
function unwrap(value: Json, depth = 0): Json {
  if (depth > 4) return value;
  for (const key of ["Message", "body", "detail", "Sns"]) {
    const inner = value[key];
    if (key === "detail" && typeof value["detail-type"] !== "string") continue;
    if (isObject(inner)) return unwrap(inner, depth + 1);
    if (typeof inner === "string" && inner.trimStart().startsWith("{")) {
      try {
        const parsed: unknown = JSON.parse(inner);
        if (isObject(parsed)) return unwrap(parsed, depth + 1);
      } catch {
        return value;
      }
    }
  }
  return value;
}

const typeOf = (event: Json) => str(event.notificationType) ?? str(event.eventType);
const isEnvelope = (value: Json) =>
  typeof value.TopicArn === "string" && (typeof value.Type === "string" || typeof value.MessageId === "string");

export const ses: EventFormat = {
  id: "ses",
  title: "Amazon SES notifications",
  document: "https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html",
  recognises(value) {
    const event = unwrap(value);
    const type = typeOf(event);
    if (type !== undefined && TYPES.has(type)) return true;
    return isEnvelope(value) || isEnvelope(obj(value.Sns));
  },
  read(value) {
    const event = unwrap(value);
    const mail = obj(event.mail);
    const common = {
      sender: cleanAddress(mail.source),
      messageId: cleanId(mail.messageId),
      time: toTime(mail.timestamp),
    };
    const type = typeOf(event);
    const other = (reason: string): Reading[] => [{ ...common, type: "other", text: "", reason }];
    switch (type) {
      case "Bounce": {
        const bounce = obj(event.bounce);
        const time = toTime(bounce.timestamp) ?? common.time;
        const kind = joinWords(str(bounce.bounceType), "bounce:", str(bounce.bounceSubType));
        const mx = cleanHost(bounce.remoteMtaIp);
        return orOne(
          list(bounce.bouncedRecipients).map((r) => ({
            ...common,
            type: "bounce" as const,
            // Without a DSN from the receiver, SES gives no words, only its own class.
            text: words(r) ?? joinWords(str(r.status), kind),
            recipient: cleanAddress(r.emailAddress),
            mx,
            time,
          })),
          { ...common, type: "bounce", text: kind, time },
        );
      }
      case "DeliveryDelay": {
        const delay = obj(event.deliveryDelay);
        const time = toTime(delay.timestamp) ?? common.time;
        const kind = joinWords("Delivery delay:", str(delay.delayType));
        return orOne(
          list(delay.delayedRecipients).map((r) => ({
            ...common,
            type: "bounce" as const,
            text: words(r) ?? joinWords(str(r.status), kind),
            recipient: cleanAddress(r.emailAddress),
            time,
          })),
          { ...common, type: "bounce", text: kind, time },
        );
      }
      case "Delivery": {
        const delivery = obj(event.delivery);
        const one = {
          ...common,
          type: "delivery" as const,
          text: str(delivery.smtpResponse) ?? "",
          mx: cleanHost(delivery.remoteMtaIp),
          time: toTime(delivery.timestamp) ?? common.time,
        };
        const recipients = Array.isArray(delivery.recipients) ? delivery.recipients : [];
        return orOne(
          recipients.map((r) => ({ ...one, recipient: cleanAddress(r) })),
          one,
        );
      }
      case "Reject":
        return [
          { ...common, type: "bounce", text: joinWords("Rejected by Amazon SES:", str(obj(event.reject).reason)) },
        ];
      case "Rendering Failure":
      case "RenderingFailure":
        return [
          {
            ...common,
            type: "bounce",
            text: joinWords("Rendering failure:", str(obj(event.failure).errorMessage)),
          },
        ];
      case "Complaint":
        return other("complaint");
      default:
        return other(type === undefined ? "SNS message" : `event ${type}`);
    }
  },
};

const words = (r: Json) => str(r.diagnosticCode)?.replace(/^smtp;\s*/i, "");
