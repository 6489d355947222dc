/** The analysis of logs in a real browser. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSite, type Site } from "./site.ts";

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const FIXTURES = "test/fixtures/inputs";
const result = (page: Page) => page.locator("#result");

/** The facts at the top, by name. */
const facts = async (page: Page): Promise<Record<string, string>> =>
  Object.fromEntries(
    await page
      .locator(".analysis .facts > div")
      .evaluateAll((all) => all.map((d) => [d.children[0]?.textContent, d.children[1]?.textContent])),
  );

const choose = (page: Page, files: Parameters<Page["setInputFiles"]>[1]) => page.setInputFiles("#analyze-files", files);

async function download(page: Page, name: string): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: name }).click()]);
  return readFileSync(await file.path(), "utf8");
}

async function violations(page: Page, run: string): Promise<string[]> {
  const found = (await page.evaluate(run)) as { violations: { id: string; nodes: { html: string }[] }[] };
  return found.violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`);
}

describe("a log", () => {
  test("that is dropped is counted, and its lists can be downloaded", async () => {
    const { page, context, wrongs, requests } = await site.open("/analyze/");
    const data = await page.evaluateHandle(
      (text) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([text], "postfix.log"));
        return transfer;
      },
      readFileSync(`${FIXTURES}/postfix.log`, "utf8"),
    );
    await page.dispatchEvent("[data-drop]", "drop", { dataTransfer: data });
    await expect.poll(() => result(page).textContent()).toMatch(/^4 bounces, 2026-11-23/);
    expect(await facts(page)).toMatchObject({
      Bounces: "4",
      Hard: "1",
      Soft: "3",
      Deliveries: "1",
      "Bounce rate": "80 %",
    });
    expect(await page.locator(".files").textContent()).toContain("read as Postfix");

    const suppress = (await download(page, "Download suppress.csv")).split("\r\n");
    expect(suppress[0]).toBe("address,cause,bounces,last");
    expect(suppress[1]).toMatch(/^anna@example\.com,recipient-unknown,1,/);
    expect(await download(page, "Download retry.csv")).toContain("carl@example.net");
    const rows = (await download(page, "Download the whole classification")).trimEnd().split("\r\n");
    expect(rows[0]).toMatch(/^file,line,type,cause,kind,/);
    expect(rows).toHaveLength(5);
    expect(rows[1]).toMatch(/^postfix\.log,4,bounce,recipient-unknown,hard,suppress,/);
    // Only the site's own files were asked for; what was dropped went nowhere.
    expect(requests.filter((r) => !r.startsWith(site.origin) && !r.startsWith("blob:"))).toEqual([]);
    expect(wrongs.filter((w) => !w.startsWith("request: blob:"))).toEqual([]);
    await context.close();
  });

  test("with a spike: chart, table and rule; axe in both themes, 320 px", async () => {
    const { page, context, wrongs } = await site.open("/analyze/", { colorScheme: "light" });
    await page.getByRole("button", { name: "Try a sample" }).click();
    await result(page).waitFor();
    expect(await page.locator("svg.timeline").getAttribute("aria-label")).toMatch(/1 spike: 2026-10-10/);
    expect(await page.locator(".spike-mark").count()).toBe(1);
    expect(await page.locator(".spikes").textContent()).toContain("2026-10-10: all bounces");
    expect(await page.locator(".priorities h3").first().textContent()).toMatch(/Spamhaus/);
    for (const summary of await page.locator(".analysis summary").all()) await summary.click();
    await page.evaluate(axe);
    expect(await violations(page, "axe.run()"), "light").toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await violations(page, "axe.run({ runOnly: ['color-contrast'] })"), "dark").toEqual([]);
    await page.setViewportSize({ width: 320, height: 700 });
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth))
      .toBeLessThanOrEqual(0);
    expect(wrongs).toEqual([]);
    await context.close();
  });

  test("that is packed, beside a mail and a table: several files at once", async () => {
    const { page, context, wrongs } = await site.open("/analyze/");
    await choose(page, [
      {
        name: "postfix.log.gz",
        mimeType: "application/gzip",
        buffer: gzipSync(readFileSync(`${FIXTURES}/postfix.log`)),
      },
      { name: "dsn.eml", mimeType: "message/rfc822", buffer: readFileSync(`${FIXTURES}/dsn.eml`) },
      { name: "table.csv", mimeType: "text/csv", buffer: readFileSync(`${FIXTURES}/table.csv`) },
    ]);
    await result(page).waitFor();
    expect(await page.locator(".files li").count()).toBe(3);
    expect(await page.locator(".files li").first().textContent()).toContain("Postfix");
    expect(Number((await facts(page)).Bounces)).toBeGreaterThan(6);
    expect(wrongs).toEqual([]);
    await context.close();
  });
});

describe("bad input", () => {
  test("names the place and the reason", async () => {
    const { page, context, wrongs } = await site.open("/analyze/");
    const packed = gzipSync(readFileSync(`${FIXTURES}/postfix.log`));
    await choose(page, { name: "cut.log.gz", mimeType: "application/gzip", buffer: packed.subarray(0, -200) });
    await expect.poll(() => page.locator("#unreadable").count()).toBe(1);
    const section = page.locator("section", { has: page.locator("#unreadable") });
    expect(await section.textContent()).toMatch(/cut\.log\.gz, line \d+.*damaged or cut off/);
    expect(wrongs).toEqual([]);
    await context.close();
  });

  test("an empty file and hostile words do no harm", async () => {
    const { page, context, wrongs } = await site.open("/analyze/");
    await choose(page, { name: "empty.log", mimeType: "text/plain", buffer: Buffer.from("") });
    await expect.poll(() => result(page).textContent()).toBe("There is nothing in it.");
    await choose(page, {
      name: "<img src=x>.txt",
      mimeType: "text/plain",
      buffer: Buffer.from("550 5.1.1 <img src=x onerror=alert(1)> zorblatt\n550 zorblatt <b>quux</b>\n"),
    });
    await expect.poll(() => result(page).textContent()).toMatch(/^2 bounces/);
    expect(await page.locator("[data-result] img, [data-result] b").count()).toBe(0);
    expect(wrongs).toEqual([]);
    await context.close();
  });
});

test("without JavaScript it says what it needs and names the command", async () => {
  const { page, context } = await site.open("/analyze/", { javaScriptEnabled: false });
  expect(await page.locator("noscript").textContent()).toContain("smtp-field-manual report");
  expect(await page.getByRole("button").count()).toBe(0);
  await context.close();
});
