/** Where machines find the content in plain form. */
import { absolute } from "../site/address.ts";
import { textPages } from "../site/markdown.ts";

export const GET = () => {
  const isEntry = (path: string) => /^\/providers\/[^/]+\/[^/]+\/$/.test(path) && path !== "/providers/matrix/";
  const list = textPages().filter((p) => (!isEntry(p.path) && !p.path.startsWith("/codes/")) || p.path === "/codes/");
  return new Response(`# SMTP Field Manual

> What mail servers' bounce replies mean, whose side must act, and what to do next. Every page has a Markdown twin: add index.md to its address.

- [The whole rule set as JSON](${absolute("/rules/v1/rules.json")}) and [its schema](${absolute("/rules/v1/rules.schema.json")})

## Pages

${list.map((p) => `- [${p.title}](${absolute(`${p.path}index.md`)})`).join("\n")}
`);
};
