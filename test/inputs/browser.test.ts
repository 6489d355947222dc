import { build } from "esbuild";
import { expect, it } from "vitest";

it("inputs and report bundle for browsers: no Node module is needed", async () => {
  for (const entry of ["inputs", "report"]) {
    const { outputFiles, metafile } = await build({
      entryPoints: [new URL(`../../src/${entry}/index.ts`, import.meta.url).pathname],
      bundle: true,
      platform: "browser",
      format: "esm",
      minify: true,
      metafile: true,
      write: false,
      logLevel: "silent",
    });
    const imports = Object.values(metafile.outputs).flatMap((o) => o.imports.map((i) => i.path));
    expect(imports).toEqual([]);
    const bytes = outputFiles[0]?.contents.length ?? 0;
    console.info(`${entry}: ${Math.round(bytes / 1024)} KB minified`);
    expect(bytes).toBeLessThan(400_000);
  }
});
