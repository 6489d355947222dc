/** The three kind marks, drawn in a box of 16: one shape each, so that they differ without colour. */
import type { Kind } from "../model/vocabulary.ts";

export const KIND_PATH: Record<Kind, string> = {
  // An octagon with a bar: stop.
  hard: "M5 1h6l4 4v6l-4 4H5l-4-4V5zM4 7v2h8V7z",
  // A clock: later.
  soft: "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zM7 3.5h2v4.1l2.8 2.8-1.4 1.4L7 8.4z",
  // A square with a tick: all right.
  none: "M1 1h14v14H1zM3.6 8.2 5 6.8l2 2L11 4.7l1.4 1.4L7 11.6z",
};
