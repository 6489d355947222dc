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
  const subject =
    nearest && enhanced ? ` Its subject, ${nearest.id}, stands for: ${nearest.data.name.toLowerCase()}.` : "";
  return {
    title: "in no standard",
    lead: `No standard lists ${code}; only the servers that send it know what it means.${subject}`,
    className,
  };
}
