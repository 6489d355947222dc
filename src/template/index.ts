/** The template language: fold, parse, match, print as regex. */
export { BEYOND_ASCII, Folded, fold, foldLiteral, isWordUnit, SIGNS } from "./fold.ts";
export { type Capture, type Match, Matcher, matchTemplate } from "./match.ts";
export {
  type AnchorPlace,
  anchorPlaces,
  type Choice,
  type Literal,
  MIN_ANCHOR,
  type Part,
  parseTemplate,
  type Slot,
  type Template,
  TemplateError,
} from "./parse.ts";
export { templateToRegex } from "./regex.ts";
export { SLOT_KINDS, SLOTS, type SlotKind } from "./slots.ts";
