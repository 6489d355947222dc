/** The rule set, its schema, and the pieces: one file for each provider and each entry. */
import { ruleSetFiles } from "../../../compiler/write.ts";
import { getManual } from "../../../site/manual.ts";

export function getStaticPaths() {
  const { ruleSet } = getManual();
  const head = { schema: ruleSet.schema, version: ruleSet.version, license: ruleSet.license };
  const json = (data: object) => `${JSON.stringify({ ...head, ...data }, null, 1)}\n`;
  const whole = ruleSetFiles(ruleSet).filter(([name]) => name.endsWith(".json"));
  return [
    ...whole.map(([name, body]) => ({ params: { file: name.replace(/\.json$/, "") }, props: { body } })),
    ...ruleSet.providers.map((provider) => ({
      params: { file: `providers/${provider.slug}` },
      props: { body: json({ provider, rules: ruleSet.rules.filter((r) => r.provider === provider.slug) }) },
    })),
    ...ruleSet.rules.map((rule) => ({ params: { file: `entries/${rule.id}` }, props: { body: json({ rule }) } })),
  ];
}

export const GET = ({ props }: { props: { body: string } }) =>
  new Response(props.body, { headers: { "content-type": "application/json" } });
