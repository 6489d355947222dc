/**
 * The content collections. The compiler reads and validates the files with the schemas of src/model;
 * here their bodies become HTML. Bodies are plain Markdown (the compiler forbids code in them), so they
 * are rendered as such, which is many times faster than a module for each file.
 */
import { defineCollection } from "astro:content";
import type { Parsed } from "./compiler/compile.ts";
import { causeSchema, codeSchema, guideSchema, providerSchema, responseSchema } from "./model/index.ts";
import { getManual, type Manual } from "./site/manual.ts";

function bodies(name: string, pick: (manual: Manual) => readonly Parsed<Record<string, unknown>>[]) {
  return {
    name,
    async load({ store, parseData, renderMarkdown, generateDigest }: import("astro/loaders").LoaderContext) {
      const kept = new Set<string>();
      for (const { id, file, data } of pick(getManual())) {
        kept.add(id);
        const digest = generateDigest(file.text);
        if (store.get(id)?.digest === digest) continue;
        const parsed = await parseData({ id, data });
        const rendered = await renderMarkdown(file.body);
        store.set({ id, data: parsed, body: file.body, digest, rendered });
      }
      for (const id of store.keys()) if (!kept.has(id)) store.delete(id);
    },
  };
}

export const collections = {
  providers: defineCollection({ loader: bodies("providers", (m) => m.providers), schema: providerSchema }),
  entries: defineCollection({ loader: bodies("entries", (m) => m.entries), schema: responseSchema }),
  causes: defineCollection({ loader: bodies("causes", (m) => m.causes), schema: causeSchema }),
  codes: defineCollection({ loader: bodies("codes", (m) => m.content.codes), schema: codeSchema }),
  guides: defineCollection({ loader: bodies("guides", (m) => m.guides), schema: guideSchema }),
};
