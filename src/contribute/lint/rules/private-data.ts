import type { SourceFile } from "../../../compiler/source-file.ts";
import { findPrivate, isExampleEmail, type PrivateKind } from "../../mask.ts";
import type { Facts } from "../facts.ts";
import { proseOf } from "../prose.ts";
import type { LintRule, Place, Report } from "../rule.ts";

const MEND: Record<PrivateKind, [what: string, remedy: string]> = {
  email: ["A mail address that may be a person's", "Write user@example.com."],
  ip: [
    "An IP address outside the ranges for documentation",
    "Write 203.0.113.7, 198.51.100.7, 192.0.2.7 or 2001:db8::7.",
  ],
  domain: ["A domain that belongs to a mail address", "Write example.com."],
  name: ["What looks like a person's name", "Leave it out."],
  phone: ["What looks like a telephone number", "Leave it out."],
  id: ["The id of a real message", "Write <id@example.com>."],
};

/** The rule's two halves share the search: what names a person is an error, ids are for a person to judge. */
function search(kinds: readonly PrivateKind[], file: SourceFile, report: Report, facts: Facts): void {
  for (const { text, place, skipIds } of textsOf(file)) {
    for (const part of findPrivate(text, { isPublicHost: facts.isPublicHost })) {
      if (!kinds.includes(part.kind)) continue;
      // Ids of queues and sessions tell nothing of anybody; ids of messages name their sender's domain.
      if (part.kind === "id" && (skipIds || !part.value.startsWith("<"))) continue;
      if (part.kind === "email" && isExampleEmail(part.value, facts.isPublicHost)) continue;
      const [what, remedy] = MEND[part.kind];
      const at = "path" in place ? { ...place, offset: part.start } : place;
      report(file, at, { message: `${what} stands in the content.`, remedy, actual: part.value });
    }
  }
}

function textsOf(file: SourceFile): { text: string; place: Place; skipIds: boolean }[] {
  const data = file.data as { examples?: unknown; not?: unknown; templates?: unknown } | undefined;
  const texts: { text: string; place: Place; skipIds: boolean }[] = proseOf(file).map((p) => ({ ...p, skipIds: true }));
  const list = (value: unknown) => (Array.isArray(value) ? value.entries() : []);
  for (const [i, x] of list(data?.examples)) {
    for (const key of ["text", "recipient"] as const)
      if (typeof x?.[key] === "string")
        texts.push({ text: x[key], place: { path: ["examples", i, key] }, skipIds: false });
  }
  for (const [i, x] of list(data?.not))
    if (typeof x === "string") texts.push({ text: x, place: { path: ["not", i] }, skipIds: false });
  for (const [i, x] of list(data?.templates)) {
    const text = typeof x === "string" ? x : x?.text;
    if (typeof text === "string") texts.push({ text, place: { path: ["templates", i] }, skipIds: true });
  }
  return texts;
}

export const privateData: LintRule = {
  name: "private-data",
  description: "No mail address, IP address, name or telephone number of a real person or host stands in an entry.",
  severity: "error",
  scope: "file",
  check: (file, report, facts) => search(["email", "ip", "domain", "name", "phone"], file, report, facts),
};

export const messageId: LintRule = {
  name: "message-id",
  description: "Ids of real messages are left out.",
  severity: "warning",
  scope: "file",
  check: (file, report, facts) => search(["id"], file, report, facts),
};
