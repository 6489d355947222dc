/**
 * Cuts the two type families down to what the pages set, so that both together stay near 35 KB:
 * src/styles/fonts/. Run it again after a change of the lists below; the results are kept in the repository.
 *
 *   node scripts/subset-fonts.ts
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import subsetFont from "subset-font";

const ASCII = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join("");
const TEXT_SIGNS = "“”‘’–—…·×§«»→←↑↓éèüöä";
const CODE_SIGNS = " “”‘’–—…·×→│└─";

const cuts = [
  {
    out: "text.woff2",
    from: "@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2",
    characters: ASCII + TEXT_SIGNS,
    axes: { wght: { min: 400, max: 650 } },
  },
  {
    out: "code.woff2",
    from: "@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-500-normal.woff2",
    characters: ASCII + CODE_SIGNS,
    axes: undefined,
  },
];

for (const { out, from, characters, axes } of cuts) {
  const cut = await subsetFont(readFileSync(join("node_modules", from)), characters, {
    targetFormat: "woff2",
    ...(axes ? { variationAxes: axes } : {}),
  });
  writeFileSync(join("src/styles/fonts", out), cut);
  console.log(`${out}: ${cut.length} bytes`);
}
