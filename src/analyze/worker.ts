/** The worker of the analysis: one request, progress, one answer. The page ends it to cancel. */
import type { Message, Request } from "./messages.ts";
import { loadRules } from "./rules.ts";
import { analyze } from "./run.ts";

/** Milliseconds between two reports of progress. */
const PACE = 100;

const tell = (message: Message) => self.postMessage(message);

self.onmessage = async ({ data: { files, data, form, column } }: MessageEvent<Request>) => {
  const total = files.reduce((n, f) => n + f.size, 0);
  let last = 0;
  try {
    const rules = await loadRules(data).catch(() => {
      throw new Error("The rules could not be loaded. Reload the page to try again.");
    });
    const analysis = await analyze(files, rules, { form, column }, (bytes, records, file) => {
      const now = performance.now();
      if (now - last < PACE) return;
      last = now;
      tell({ type: "progress", bytes, total, records, file });
    });
    tell({ type: "done", analysis });
  } catch (error) {
    tell({ type: "failed", reason: error instanceof Error ? error.message : String(error) });
  }
};
