/**
 * Lists for the service worker what the lookup needs without a network: the start page and all that it
 * loads. The list can only be known when everything is built, since file names carry hashes.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";

/** Files below the site's root that the start page loads, as `offline.js` for public/sw.js. */
export function offline(): AstroIntegration {
  let base = "/";
  return {
    name: "offline",
    hooks: {
      "astro:config:done": ({ config }) => {
        base = config.base.replace(/\/?$/, "/");
      },
      "astro:build:done": ({ dir }) => {
        const root = fileURLToPath(dir);
        const list = (folder: string) =>
          existsSync(join(root, folder)) ? readdirSync(join(root, folder)).map((f) => `${folder}/${f}`) : [];
        const files = [
          "",
          ...[...list("_astro"), ...list("lookup")].filter((f) => /\.(js|css|woff2|json)$/.test(f)),
          "theme.js",
          "favicon.svg",
          "404.html",
        ].sort();
        const hash = createHash("sha256");
        for (const f of files) hash.update(readFileSync(join(root, f === "" ? "index.html" : f)));
        const version = hash.digest("hex").slice(0, 16);
        writeFileSync(
          join(root, "offline.js"),
          `self.OFFLINE=${JSON.stringify({ version, base, files: files.map((f) => base + f) })};\n`,
        );
      },
    },
  };
}
