/** The model: the only definition of the content's form. */
export * from "./cause.ts";
export * from "./code.ts";
export * from "./entry.ts";
export * from "./explanation.ts";
export * from "./primitives.ts";
export * from "./provider.ts";
export * from "./rule-set.ts";
export * from "./vocabulary.ts";
