/** What every page must keep: policy, accessibility, links, valid HTML, weight, both themes. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { HtmlValidate } from "html-validate";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { htmlFiles, onePerTemplate, openSite, pathOf, readSite, SITE, type Site } from "./site.ts";

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const KB = 1024;

/** The themes differ in their colours alone. */
const CONTRAST_ONLY = "axe.run({ runOnly: ['color-contrast'] })";

interface AxeResult {
  violations: { id: string; nodes: { html: string }[] }[];
}

async function violations(page: Page, run: string): Promise<string[]> {
  const result = (await page.evaluate(run)) as AxeResult;
  return result.violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`);
}

/** Playwright may evaluate what the page's policy forbids the page itself. */
async function checkBothThemes(page: Page): Promise<void> {
  await page.evaluate(axe);
  expect(await violations(page, "axe.run()"), "light").toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await violations(page, CONTRAST_ONLY), "dark").toEqual([]);
}

test.each(onePerTemplate().map((f) => [f]))("%s: axe in both themes, policy, width, weight", async (file) => {
  const { page, context, wrongs, requests } = await site.open(pathOf(file), { colorScheme: "light" });
  await page.waitForLoadState("networkidle");
  // The start page has a budget of its own; the page for lost addresses searches at once, so it loads Pagefind.
  if (file !== "index.html" && file !== "404.html") {
    const { total, parts } = weigh(requests);
    expect(total, JSON.stringify(parts)).toBeLessThanOrEqual(60 * KB);
  }
  await checkBothThemes(page);
  await page.setViewportSize({ width: 320, height: 700 });
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
    "wider than 320 px",
  ).toBeLessThanOrEqual(0);
  expect(wrongs).toEqual([]);
  await context.close();
});

test("an answer: axe in both themes, policy, width", async () => {
  const { page, context, wrongs } = await site.open("/#t=550%20%3Cuser%40example.com%3E%20zorblatt%20quux", {
    colorScheme: "light",
  });
  await page.locator("#verdict").waitFor();
  for (const details of await page.locator("details > summary").all()) await details.click();
  await checkBothThemes(page);
  await page.setViewportSize({ width: 320, height: 700 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  expect(wrongs).toEqual([]);
  await context.close();
});

test("the theme follows the system, and a choice is remembered", async () => {
  const { page, context } = await site.open("/", { colorScheme: "dark" });
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const dark = await paper();
  await page.getByRole("button", { name: "Dark colours" }).click();
  const light = await paper();
  expect(light).not.toBe(dark);
  await page.reload();
  expect(await paper()).toBe(light);
  await context.close();
});

test("every internal link and anchor leads somewhere", () => {
  const files = new Set(htmlFiles());
  const ids = new Map<string, Set<string>>();
  const idsOf = (file: string) => {
    let set = ids.get(file);
    if (!set) {
      set = new Set([...readSite(file).matchAll(/\sid="([^"]+)"/g)].map((m) => m[1] as string));
      ids.set(file, set);
    }
    return set;
  };
  const broken = new Set<string>();
  for (const file of files) {
    for (const m of readSite(file).matchAll(/\s(?:href|src|data-rules|data-details)="([^"]*)"/g)) {
      const link = (m[1] as string).replaceAll("&amp;", "&").replaceAll("&#38;", "&");
      if (/^(https?:|data:|mailto:)/.test(link)) continue;
      const url = new URL(link, `http://x${pathOf(file)}`);
      const path = decodeURIComponent(url.pathname).slice(1);
      const target = path === "" || path.endsWith("/") ? `${path}index.html` : path;
      const hash = decodeURIComponent(url.hash.slice(1));
      if (target.endsWith(".html") ? !files.has(target) : !exists(target)) broken.add(`${file}: ${link}`);
      else if (hash && !hash.startsWith("t=") && !idsOf(target).has(hash)) broken.add(`${file}: ${link} (anchor)`);
    }
  }
  expect([...broken].slice(0, 20)).toEqual([]);
});

const known = new Map<string, boolean>();
function exists(file: string): boolean {
  let found = known.get(file);
  if (found === undefined) {
    try {
      readFileSync(join(SITE, file));
      found = true;
    } catch {
      found = false;
    }
    known.set(file, found);
  }
  return found;
}

test("every page is valid HTML, with one h1 and a strict policy", async () => {
  const validator = new HtmlValidate({
    extends: ["html-validate:standard"],
    rules: {
      "no-inline-style": "error",
      "no-raw-characters": "off",
      "void-style": "off",
      "long-title": "off",
      "no-trailing-whitespace": "off",
      "attribute-boolean-style": "off",
      "attribute-empty-style": "off",
      "prefer-native-element": "off",
      "doctype-style": "off",
    },
  });
  const bad: string[] = [];
  for (const file of onePerTemplate()) {
    const report = await validator.validateString(readSite(file));
    for (const r of report.results)
      for (const m of r.messages) bad.push(`${file}:${m.line}:${m.column} ${m.ruleId} ${m.message}`);
  }
  expect(bad).toEqual([]);
  for (const file of htmlFiles()) {
    const html = readSite(file);
    if (html.match(/<h1[\s>]/g)?.length !== 1) bad.push(`${file}: not one h1`);
    if (!html.includes("default-src 'none'") && !html.includes("default-src &#39;none&#39;"))
      bad.push(`${file}: no policy`);
    if (/<style|\sstyle="|\son[a-z]+="|unsafe-inline/.test(html)) bad.push(`${file}: inline style or handler`);
    if (/<script(?![^>]*\ssrc=)/.test(html)) bad.push(`${file}: inline script`);
  }
  expect(bad).toEqual([]);
});

/** The bytes of what a page asked for, compressed as hosts do. */
function weigh(requests: readonly string[]): { total: number; parts: Record<string, number> } {
  const parts: Record<string, number> = {};
  for (const url of new Set(requests)) {
    const path = decodeURIComponent(new URL(url).pathname.slice(1));
    const file = path === "" || path.endsWith("/") ? `${path}index.html` : path;
    const bytes = readFileSync(join(SITE, file));
    parts[file] = /\.(woff2|png)$/.test(file) ? bytes.length : gzipSync(bytes, { level: 9 }).length;
  }
  return { total: Object.values(parts).reduce((a, b) => a + b, 0), parts };
}

test("the start page weighs at most 150 KB, rules included", async () => {
  const { page, context, requests } = await site.open("/");
  await expect.poll(() => requests.some((r) => r.includes("lookup/details")), { timeout: 8000 }).toBe(true);
  await page.waitForLoadState("networkidle");
  await context.close();
  const { total, parts } = weigh(requests);
  // What a verdict needs comes first; the rest of the manual follows in idle time, for details and for offline use.
  const later = Object.keys(parts).filter((p) => p.startsWith("lookup/details"));
  expect(later).toHaveLength(1);
  const rest = parts[later[0] ?? ""] ?? 0;
  console.log(`start page: ${((total - rest) / KB).toFixed(1)} KB; in idle time: ${(rest / KB).toFixed(1)} KB more`);
  expect(total - rest, JSON.stringify(parts)).toBeLessThanOrEqual(150 * KB);
});

test("every other page weighs at most 60 KB, with the faces, styles and scripts that it names", () => {
  const heavy: string[] = [];
  for (const file of htmlFiles()) {
    // The start page has a budget of its own; the page for lost addresses searches at once.
    if (file === "index.html" || file === "404.html") continue;
    const named = [...readSite(file).matchAll(/(?:href|src)="(\/[^"]+\.(?:css|js|woff2|svg))"/g)].map(
      (m) => m[1] as string,
    );
    const { total } = weigh([`http://x/${file}`, ...named.map((path) => `http://x${path}`)]);
    if (total > 60 * KB) heavy.push(`${file}: ${(total / KB).toFixed(1)} KB`);
  }
  expect(heavy).toEqual([]);
});

test.each([["/"], ["/#t=550%205.1.1%20user%20unknown"], ["/codes/5.7.1/"]])(
  "%s: nothing moves while it loads",
  async (path) => {
    const { page, context } = await site.open("/reference/");
    await page.addInitScript(() => {
      Object.assign(window, { shift: 0 });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
          if (!entry.hadRecentInput) (window as unknown as { shift: number }).shift += entry.value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(site.origin + path);
    await page.waitForLoadState("networkidle");
    await page.waitForTimeout(300);
    expect(await page.evaluate(() => (window as unknown as { shift: number }).shift)).toBeLessThan(0.01);
    await context.close();
  },
);

test("every page has a social card, and the cards are pictures of the size they say", () => {
  const cards = new Set<string>();
  for (const file of htmlFiles()) {
    const card = /<meta property="og:image" content="https?:\/\/[^/"]+\/([^"]+)"/.exec(readSite(file))?.[1];
    expect(card, file).toBeDefined();
    cards.add(card as string);
  }
  expect(cards.size).toBeGreaterThan(100);
  for (const card of cards) {
    const png = readFileSync(join(SITE, card));
    expect(png.subarray(1, 4).toString(), card).toBe("PNG");
    // The picture's own width and height (PNG, chunk IHDR).
    expect([png.readUInt32BE(16), png.readUInt32BE(20)], card).toEqual([1200, 630]);
  }
});

test("data files are what they say", () => {
  expect(JSON.parse(readSite("rules/v1/rules.json"))).toMatchObject({ schema: 1 });
  expect(JSON.parse(readSite("rules/v1/rules.schema.json"))).toHaveProperty("$schema");
  expect(readSite("changes.xml")).toMatch(/^<\?xml[\s\S]*<feed[\s\S]*<entry>[\s\S]*<\/feed>\s*$/);
  const map = [...readSite("sitemap.xml").matchAll(/<loc>[^<]*?:\/\/[^/]+([^<]*)<\/loc>/g)].map((m) => m[1] as string);
  expect(map.length).toBeGreaterThan(100);
  const missing = map.filter((p) => !exists(`${p.slice(1)}index.html`) || !exists(`${p.slice(1)}index.md`));
  expect(missing).toEqual([]);
  expect(readSite("llms.txt")).toContain("rules.json");
});
