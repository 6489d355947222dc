/**
 * What the search for the winner asks of each template, as eight numbers side by side: a look at a candidate then
 * costs one line of the processor's cache, and the rule itself is opened for the winner alone.
 */
import { agreementOf, baseOf, packCodes, pointsOf, scoreOfPoints } from "./rank.ts";
import type { ClassifierRule, RuleUse, Use } from "./reading.ts";

export const ROW = 8;
/** In which text it was last met, as a candidate or a match; its first and last visit there, or its place among the found. */
export const STAMP = 0;
export const FIRST = 1;
export const LAST = 2;
/** The points of its base (rank.ts), and those where other evidence confirms its provider. */
const POINTS = 3;
const CONFIRMED_POINTS = 4;
/** Its provider's number, behind the bits of its nature. */
const OWNER = 5;
/** Where the codes of its entry stand. */
const CODES = 6;
const LITERALS = 7;

const COMMON = 1;
const HINT = 2;
const WEAK = 4;
const NATURE_BITS = 3;

/** Words of the innermost server go before words around them, and weak words come last. */
const LAYER = 100_000;
/** From this score on the words are some provider's or software's own. */
export const SURE_SCORE = 2 * LAYER + 6000;

/** Weak words that a provider shares with many: where nothing confirms it, they decide nothing by themselves. */
const isHint = ({ strength, rule, provider }: RuleUse) =>
  strength === "weak" && !rule.distinctive && provider.type !== "common";

export class Rows {
  readonly numbers: Int32Array;
  /** The codes of each entry, see packCodes. */
  private readonly codes: Int32Array;
  private readonly providers = new Map<string, number>();

  /** @param literals how much each template says, see Template */
  constructor(uses: readonly Use[], literals: ArrayLike<number>) {
    const numbers = new Int32Array(uses.length * ROW);
    const codes: number[] = [];
    const known = new Map<ClassifierRule, number>();
    for (const [id, use] of uses.entries()) {
      if (use.use !== "rule") continue;
      const { slug, type } = use.provider;
      const number = this.providers.get(slug) ?? this.providers.size;
      this.providers.set(slug, number);
      let place = known.get(use.rule);
      if (place === undefined) {
        place = codes.length;
        codes.push(...packCodes(use.rule));
        known.set(use.rule, place);
      }
      const row = id * ROW;
      const nature = (type === "common" ? COMMON : 0) | (isHint(use) ? HINT : 0) | (use.strength === "weak" ? WEAK : 0);
      numbers[row + POINTS] = pointsOf(baseOf(type, use.rule.distinctive, use.strength));
      numbers[row + CONFIRMED_POINTS] = pointsOf(baseOf(type, use.rule.distinctive, use.strength, true));
      numbers[row + OWNER] = (number << NATURE_BITS) | nature;
      numbers[row + CODES] = place;
      numbers[row + LITERALS] = literals[id] as number;
    }
    this.numbers = numbers;
    this.codes = Int32Array.from(codes);
  }

  get providerCount(): number {
    return this.providers.size;
  }

  /** The number of a provider; undefined where no rule is its own. */
  provider(slug: string): number | undefined {
    return this.providers.get(slug);
  }

  /** The number of the template's provider. */
  owner(row: number): number {
    return (this.numbers[row + OWNER] as number) >>> NATURE_BITS;
  }

  isCommon(row: number): boolean {
    return ((this.numbers[row + OWNER] as number) & COMMON) !== 0;
  }

  isHint(row: number): boolean {
    return ((this.numbers[row + OWNER] as number) & HINT) !== 0;
  }

  /** The most that a match can score, rounded up: in the innermost server's words, with codes that agree. */
  promise(row: number, confirmed: boolean): number {
    const { numbers } = this;
    const points = numbers[row + (confirmed ? CONFIRMED_POINTS : POINTS)] as number;
    return this.layer(row, true) + Math.ceil(scoreOfPoints(points, numbers[row + LITERALS] as number, "agree"));
  }

  /**
   * What a match scores.
   * @param inside in the innermost server's words
   * @param confirmed other evidence confirms its provider
   * @param reply the reply's codes, 0 where there is none, the status as codeNumber gives it
   */
  score(row: number, inside: boolean, confirmed: boolean, reply: number, status: number): number {
    const { numbers } = this;
    const points = numbers[row + (confirmed ? CONFIRMED_POINTS : POINTS)] as number;
    const agreement = agreementOf(this.codes, numbers[row + CODES] as number, reply, status);
    return this.layer(row, inside) + scoreOfPoints(points, numbers[row + LITERALS] as number, agreement);
  }

  private layer(row: number, inside: boolean): number {
    return ((this.numbers[row + OWNER] as number) & WEAK) !== 0 ? 0 : inside ? 2 * LAYER : LAYER;
  }
}
