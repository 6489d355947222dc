// @ts-check
import { defineConfig } from "astro/config";
import { offline } from "./src/site/offline.ts";

/**
 * One setting says where the site lives: SITE_URL (https://host) and SITE_BASE (/ or /sub-path/).
 * Nothing is inlined, so that the pages can obey a Content-Security-Policy without "unsafe-inline".
 */
export default defineConfig({
  site: process.env.SITE_URL ?? "http://localhost:4321",
  base: process.env.SITE_BASE ?? "/",
  outDir: "./dist/site",
  trailingSlash: "always",
  build: { format: "directory", inlineStylesheets: "never", concurrency: 2 },
  markdown: { syntaxHighlight: false },
  compressHTML: true,
  devToolbar: { enabled: false },
  integrations: [offline()],
  vite: { build: { assetsInlineLimit: 0 } },
});
