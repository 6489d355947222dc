/** What a code's page says at its top, also where no standard has the code. */
import type { CodePage } from "./manual.ts";

const CLASS: Record<string, string> = {
  "2": "success",
  "4": "temporary: the server may take the message later",
  "5": "permanent: the server has given its final answer",
};

/** RFC 5321, 4.2.1: what the second digit of a reply code speaks of. */
const SECOND_DIGIT: Record<string, string> = {
  "0": "syntax: the command, or the lack of one",
  "1": "information, such as help",
  "2": "the connection",
  "5": "the receiving mail system",
};

const byDigits = (code: string): string => {
  const about = SECOND_DIGIT[code[1] as string];
  const first = `By the first digit the answer is ${(CLASS[code[0] as string] ?? "").split(":")[0]}`;
  return about
    ? `${first}; the second says that it is about ${about}.`
    : `${first}; the second has no standard meaning.`;
};

/** What stands for the name of a code that no standard has. */
const NO_STANDARD = "in no standard";
const NOT_REGISTERED = "not in the registry";

/** The name of a code in a list. */
export const nameOfCode = ({ code, described }: CodePage): string =>
  described?.data.name ?? (code.includes(".") ? NOT_REGISTERED : NO_STANDARD);

export function describeCode({ code, described, nearest }: CodePage): {
  title: string;
  lead: string;
  className: string;
} {
  const enhanced = code.includes(".");
  const className = `${enhanced ? "Enhanced status code" : "Reply code"} · ${CLASS[code[0] as string]}`;
  if (described) return { title: described.data.name, lead: described.data.meaning, className };
  // The manual carries the whole registry of enhanced codes, and the reply codes of the SMTP standards.
  if (!enhanced)
    return {
      title: NO_STANDARD,
      lead: `No SMTP standard that the manual knows defines ${code}; only the servers that send it know what it means. ${byDigits(code)}`,
      className,
    };
  const subject = nearest ? ` Its subject, ${nearest.id}, stands for: ${nearest.data.name.toLowerCase()}.` : "";
  return {
    title: NOT_REGISTERED,
    lead: `The registry of enhanced status codes does not list ${code}; only the servers that send it know what it means.${subject}`,
    className,
  };
}
