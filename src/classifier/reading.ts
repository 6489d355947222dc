/** What the classifier works with: rules as it needs them, and what one reading of a text found. */
import type { Rule, RuleCause, RuleProvider, RuleSet } from "../model/rule-set.ts";
import type { Strength } from "../model/vocabulary.ts";
import type { Capture, Folded, Match } from "../template/index.ts";
import type { FoundWrapper, Located } from "./reply.ts";

/** The parts of a rule that the classifier cannot do without; a slim rule set leaves the rest out. */
export type ClassifierRule = Pick<
  Rule,
  | "id"
  | "provider"
  | "title"
  | "cause"
  | "kind"
  | "follows_reply"
  | "action"
  | "soft_action"
  | "severity"
  | "reply"
  | "status"
  | "distinctive"
  | "blocklist"
> & { templates: { text: string; strength: Strength }[] } & Partial<
    Pick<Rule, "meaning" | "misleading" | "steps" | "tell_recipient" | "lookups">
  >;
export type ClassifierProvider = Pick<RuleProvider, "slug" | "name" | "type" | "domains" | "mx"> & {
  fingerprints: { text: string }[];
  tokens: { template: string; meaning: string; token: string }[];
};
/** What createClassifier takes: a RuleSet, or one that was slimmed for the wire. */
export interface ClassifierRuleSet {
  causes: RuleCause[];
  providers: ClassifierProvider[];
  codes: RuleSet["codes"];
  rules: ClassifierRule[];
}

/** What one indexed template stands for. */
export type Use =
  | {
      use: "rule";
      rule: ClassifierRule;
      provider: ClassifierProvider;
      /** Of the rule's cause. */
      causeInfo: RuleCause | undefined;
      /** The template as written. */
      source: string;
      strength: Strength;
    }
  | { use: "fingerprint"; provider: ClassifierProvider }
  | { use: "token"; provider: ClassifierProvider; meaning: string; token: string }
  | {
      use: "wrapper";
      kind: FoundWrapper["kind"];
      beforeCode: boolean;
      atLineStart: boolean;
      /** Names the host that spoke. */
      hasHost: boolean;
    };
export type RuleUse = Extract<Use, { use: "rule" }>;
export type WrapperUse = Extract<Use, { use: "wrapper" }>;

/** A template that stands in a text: its number in the catalogue, and its place in the folded text. */
export interface Found {
  use: Use;
  id: number;
  match: Match;
}

export interface RuleMatch {
  use: RuleUse;
  /** The template's number in the catalogue. */
  id: number;
  match: Match;
  /** Within the innermost server's words. */
  inside: boolean;
  score: number;
  confirmed: boolean;
}

/** Whether the words are known for their provider's own: common words have no owner. */
export const claims = ({ use, confirmed }: RuleMatch): boolean =>
  use.provider.type !== "common" && (use.rule.distinctive || confirmed);

/** What one reading of a text found. */
export interface Reading {
  /** The text in the form in which it was compared, with the way back to the prepared one; made when it is first read. */
  readonly folded: Folded;
  readonly located: Located;
  /** Providers that evidence confirms. */
  readonly confirmed: readonly string[];
  /** The match that wins. */
  readonly best: RuleMatch | undefined;
  /** Where its owner is not known: the best of the common words that name the same cause. */
  readonly common: RuleMatch | undefined;
  /** What its named placeholders took. */
  readonly captures: readonly Capture[];
  /** All matches, the best first; worked out when they are first read. */
  readonly matches: readonly RuleMatch[];
  /** All that stands in the text, tokens and fingerprints, too; worked out when it is first read. */
  readonly found: readonly Found[];
}
