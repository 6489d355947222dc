/** What a code's page says at its top, also where no standard has the code. */
import type { CodePage } from "./manual.ts";

const CLASS: Record<string, string> = {
  "2": "success",
  "4": "temporary: the server may take the message later",
  "5": "permanent: the server has given its final answer",
};

export function describeCode({ code, described, nearest }: CodePage): {
  title: string;
  lead: string;
  className: string;
} {
  const enhanced = code.includes(".");
  const className = `${enhanced ? "Enhanced status code" : "Reply code"} · ${CLASS[code[0] as string]}`;
  if (described) return { title: described.data.name, lead: described.data.meaning, className };
  // The manual carries the whole registry of enhanced codes, but only the reply codes that refuse or defer.
  if (!enhanced)
    return {
      title: "not described yet",
      lead: `The manual has no description of ${code} yet, only replies that carry it.`,
      className,
    };
  const subject = nearest ? ` Its subject, ${nearest.id}, stands for: ${nearest.data.name.toLowerCase()}.` : "";
  return {
    title: "not in the registry",
    lead: `The registry of enhanced status codes does not list ${code}; only the servers that send it know what it means.${subject}`,
    className,
  };
}
