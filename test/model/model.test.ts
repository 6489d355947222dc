import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  ACTION_MEANING,
  ACTIONS,
  CAUSES,
  causeSchema,
  codeSchema,
  entrySchema,
  explanationSchema,
  guideSchema,
  KIND_MEANING,
  KINDS,
  providerSchema,
  ruleSetSchema,
  SEVERITIES,
  SEVERITY_MEANING,
} from "../../src/model/index.ts";
import { rules } from "../rules.ts";

/** Every field of an authoring schema that has no description, as a path. */
function undescribed(schema: z.core.JSONSchema.JSONSchema, path: string): string[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const f = field as z.core.JSONSchema.JSONSchema;
    return [...(f.description ? [] : [`${path}.${name}`]), ...undescribed(f, `${path}.${name}`)];
  });
  const items =
    schema.items && !Array.isArray(schema.items)
      ? undescribed(schema.items as z.core.JSONSchema.JSONSchema, `${path}[]`)
      : [];
  const any = (schema.anyOf ?? []).flatMap((s, i) => undescribed(s as z.core.JSONSchema.JSONSchema, `${path}|${i}`));
  return [...own, ...items, ...any];
}

describe("schemas", () => {
  it.each(Object.entries({ entrySchema, providerSchema, causeSchema, codeSchema, guideSchema }))(
    "%s describes every field",
    (name, schema) => {
      expect(undescribed(z.toJSONSchema(schema as z.ZodType, { io: "input" }), name)).toEqual([]);
    },
  );

  it("the rule set is valid against its own schema, and so is an explanation", () => {
    expect(ruleSetSchema.safeParse(JSON.parse(JSON.stringify(rules.ruleSet))).error).toBeUndefined();
    expect(explanationSchema.safeParse(rules.classify("550 5.1.1 user unknown")).error).toBeUndefined();
  });
});

describe("vocabulary", () => {
  it("has the 47 causes, each with a page", () => {
    expect(CAUSES.length).toBe(47);
    expect(rules.ruleSet.causes.map((c) => c.id)).toEqual([...CAUSES]);
  });
  it("defines every level in writing", () => {
    expect(Object.keys(SEVERITY_MEANING)).toEqual([...SEVERITIES]);
    expect(Object.keys(ACTION_MEANING)).toEqual([...ACTIONS]);
    expect(Object.keys(KIND_MEANING)).toEqual([...KINDS]);
  });
  it("ranks content, spam and reputation first in severity", () => {
    const order = (id: string) => SEVERITIES.indexOf(rules.ruleSet.causes.find((c) => c.id === id)?.severity ?? "none");
    const first = Math.min(
      ...["spam-content", "ip-blocklisted", "domain-blocklisted", "ip-reputation", "domain-reputation"].map(order),
    );
    for (const id of ["mailbox-full", "greylisted", "server-unavailable", "recipient-unknown", "message-too-large"])
      expect(order(id)).toBeLessThan(first);
  });
});
