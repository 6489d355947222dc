/** All lint rules, in the order in which they run. */
import type { LintRule } from "../rule.ts";
import { blanks } from "./blanks.ts";
import { codesOfExamples } from "./codes-of-examples.ts";
import { copiedProse, repeatedMeaning } from "./copied-prose.ts";
import { dates } from "./dates.ts";
import { deadPages } from "./dead-pages.ts";
import { duplicateEntries, duplicateExamples } from "./duplicates.ts";
import { gaps } from "./gaps.ts";
import { linkForm } from "./link-form.ts";
import { needlessOverrides } from "./needless-overrides.ts";
import { negativeTexts } from "./negative-texts.ts";
import { officialHost } from "./official-host.ts";
import { orphanedRedirect } from "./orphaned-redirect.ts";
import { plainWords } from "./plain-words.ts";
import { messageId, privateData } from "./private-data.ts";
import { providerNames } from "./provider-names.ts";
import { quotes } from "./quotes.ts";
import { secureLinks } from "./secure-links.ts";
import { sentenceLength } from "./sentence-length.ts";
import { sortedCodes } from "./sorted-codes.ts";
import { stepPlace } from "./step-place.ts";
import { substance } from "./substance.ts";
import { templateTooGeneral } from "./template-too-general.ts";
import { templateTooGreedy } from "./template-too-greedy.ts";

export const RULES: readonly LintRule[] = [
  templateTooGeneral,
  templateTooGreedy,
  negativeTexts,
  privateData,
  messageId,
  linkForm,
  secureLinks,
  deadPages,
  duplicateEntries,
  duplicateExamples,
  orphanedRedirect,
  substance,
  gaps,
  plainWords,
  sentenceLength,
  copiedProse,
  repeatedMeaning,
  providerNames,
  dates,
  officialHost,
  stepPlace,
  codesOfExamples,
  needlessOverrides,
  sortedCodes,
  quotes,
  blanks,
];
