/** The whole rule set, from the files that the paste box uses, and the recipient domains of the providers. */
import type { ClassifierRuleSet } from "../classifier/index.ts";
import { addDetails, type Packed, type PackedDetails, unpack } from "../lookup/wire.ts";
import type { RuleFiles } from "./messages.ts";

async function load<T>(address: string): Promise<T> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json() as Promise<T>;
}

/** @throws where one of the files cannot be had: half of the rules would give other counts */
export async function loadRules(files: RuleFiles): Promise<ClassifierRuleSet> {
  const [packed, details, domains] = await Promise.all([
    load<Packed>(files.rules),
    load<PackedDetails>(files.details),
    load<Record<string, string[]>>(files.domains),
  ]);
  const set = unpack(packed);
  addDetails(set, details);
  for (const provider of set.providers) provider.domains = domains[provider.slug] ?? [];
  return set;
}
