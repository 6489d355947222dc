/** JSON Schemas of the frontmatter, for editors: made from the zod schemas, which stay the only definition. */
import { z } from "zod";
import {
  causeSchema,
  codeSchema,
  guideSchema,
  providerSchema,
  redirectSchema,
  responseSchema,
} from "../model/index.ts";

const SCHEMAS = {
  entry: z.union([responseSchema, redirectSchema]),
  provider: providerSchema,
  cause: causeSchema,
  code: codeSchema,
  guide: guideSchema,
} as const;

export type ContentKind = keyof typeof SCHEMAS;

/** Which files each schema is for, as patterns below the repository. */
export const PATTERNS: Record<ContentKind, string> = {
  entry: "content/providers/*/!(index).mdx",
  provider: "content/providers/*/index.mdx",
  cause: "content/causes/*.mdx",
  code: "content/codes/*.mdx",
  guide: "content/guides/*.mdx",
};

/** The kind of a content file, by its path below content/. */
export function kindOfFile(path: string): ContentKind | undefined {
  if (/^providers\/[^/]+\/index\.mdx$/.test(path)) return "provider";
  if (/^providers\/[^/]+\/[^/]+\.mdx$/.test(path)) return "entry";
  return /^causes\//.test(path)
    ? "cause"
    : /^codes\//.test(path)
      ? "code"
      : /^guides\//.test(path)
        ? "guide"
        : undefined;
}

/** File names and their texts. */
export function schemaFiles(): [name: string, text: string][] {
  return Object.entries(SCHEMAS).map(([kind, schema]) => {
    const json = z.toJSONSchema(schema, { io: "input", target: "draft-7" });
    const head = {
      $schema: json.$schema,
      $comment: "Generated from src/model by npm run build:schemas. Do not edit.",
      title: kind,
    };
    return [`${kind}.schema.json`, `${print({ ...head, ...json }, 0, 0)}\n`];
  });
}

/** As the formatter of the repository would write it: short lists on one line, objects open. */
function print(value: unknown, depth: number, used: number): string {
  const indent = "  ".repeat(depth + 1);
  const close = "  ".repeat(depth);
  if (Array.isArray(value)) {
    const line = `[${value.map((v) => JSON.stringify(v)).join(", ")}]`;
    if (!value.some((v) => typeof v === "object" && v !== null) && used + line.length < 120) return line;
    return `[\n${value.map((v) => indent + print(v, depth + 1, indent.length)).join(",\n")}\n${close}]`;
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, v]) => v !== undefined);
  if (entries.length === 0) return "{}";
  const lines = entries.map(([key, v]) => {
    const head = `${indent}${JSON.stringify(key)}: `;
    return head + print(v, depth + 1, head.length);
  });
  return `{\n${lines.join(",\n")}\n${close}}`;
}
