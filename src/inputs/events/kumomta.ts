/** KumoMTA's log records. */

import type { Reading } from "../record.ts";
import { toTime } from "../time.ts";
import { cleanAddress, cleanHost, cleanId, joinWords } from "../words.ts";
import { type EventFormat, obj, str } from "./event-format.ts";

const TYPES = new Set([
  "Reception",
  "Delivery",
  "Bounce",
  "TransientFailure",
  "Expiration",
  "AdminBounce",
  "AdminRebind",
  "OOB",
  "Feedback",
  "Delayed",
  "DeferredInjectionRebind",
  "Rejection",
  "XferOut",
  "XferIn",
]);

export const kumomta: EventFormat = {
  id: "kumomta",
  title: "KumoMTA log",
  document: "https://docs.kumomta.com/reference/log_record/",
  recognises: (v) =>
    typeof v.type === "string" && TYPES.has(v.type) && ("queue" in v || "response" in v || "reception_protocol" in v),
  read(v) {
    const type = str(v.type) ?? "";
    const response = obj(v.response);
    const enhanced = obj(response.enhanced_code);
    const status = "class" in enhanced ? `${enhanced.class}.${enhanced.subject}.${enhanced.detail}` : undefined;
    const content = str(response.content) ?? "";
    const text = joinWords(str(response.code), status !== undefined && !content.startsWith(status) && status, content);
    const common = {
      sender: cleanAddress(v.sender),
      mx: cleanHost(obj(v.peer_address).name),
      time: toTime(v.timestamp),
      messageId: cleanId(obj(v.headers)["Message-ID"]) ?? cleanId(obj(v.headers)["message-id"]) ?? cleanId(v.id),
    };
    const recipients = Array.isArray(v.recipient) && v.recipient.length > 0 ? v.recipient : [v.recipient];
    return recipients.map((r): Reading => {
      const one = { ...common, recipient: cleanAddress(r) };
      switch (type) {
        case "Bounce":
        case "TransientFailure":
        case "Expiration":
        case "AdminBounce":
          return { ...one, type: "bounce", text };
        case "Delivery":
          return { ...one, type: "delivery", text };
        default:
          return { ...one, type: "other", text, reason: `record ${type}` };
      }
    });
  },
};
