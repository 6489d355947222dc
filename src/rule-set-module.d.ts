/** The compiled rule set of this package: written by scripts/build-rules.ts, found through package.json "imports". */
declare module "#rule-set" {
  const ruleSet: unknown;
  export default ruleSet;
}
