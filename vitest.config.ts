import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 300_000,
    // The browser tests wait for what a page shows; on a busy machine that takes more than the usual second.
    expect: { poll: { timeout: 10_000 } },
  },
});
