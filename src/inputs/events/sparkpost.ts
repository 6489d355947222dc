/** SparkPost: webhooks ({"msys": {…}}) and the results of its events API. */
import { toTime } from "../time.ts";
import { cleanAddress, cleanHost, cleanId, joinWords, REPLY_START } from "../words.ts";
import { type EventFormat, isObject, type Json, str } from "./event-format.ts";

const KINDS = [
  "message_event",
  "gen_event",
  "unsubscribe_event",
  "track_event",
  "relay_event",
  "ingest_event",
  "ab_test_event",
];

function eventOf(v: Json): Json | undefined {
  if (isObject(v.msys)) {
    for (const kind of KINDS) if (isObject(v.msys[kind])) return v.msys[kind];
    // An empty one is SparkPost's ping.
    return {};
  }
  return typeof v.type === "string" && typeof v.event_id === "string" && ("rcpt_to" in v || "raw_rcpt_to" in v)
    ? v
    : undefined;
}

export const sparkpost: EventFormat = {
  id: "sparkpost",
  title: "SparkPost events",
  document: "https://developers.sparkpost.com/api/webhooks/",
  recognises: (v) => eventOf(v) !== undefined,
  read(v) {
    const e = eventOf(v) ?? {};
    const type = str(e.type) ?? "ping";
    const common = {
      recipient: cleanAddress(e.raw_rcpt_to) ?? cleanAddress(e.rcpt_to),
      sender: cleanAddress(e.msg_from),
      messageId: cleanId(e.message_id),
      time: toTime(e.timestamp),
      mx: cleanHost(e.ip_address),
    };
    switch (type) {
      case "bounce":
      case "delay":
      case "out_of_band":
      case "policy_rejection":
      case "generation_failure":
      case "generation_rejection": {
        const words = str(e.raw_reason) ?? str(e.reason) ?? type.replaceAll("_", " ");
        const code = REPLY_START.test(words) ? undefined : str(e.error_code);
        return [
          { ...common, type: "bounce", text: joinWords(code !== undefined && /^[45]\d\d$/.test(code) && code, words) },
        ];
      }
      case "delivery":
        return [{ ...common, type: "delivery", text: str(e.raw_reason) ?? str(e.reason) ?? "" }];
      default:
        return [{ ...common, type: "other", text: "", reason: `event ${type}` }];
    }
  },
};
