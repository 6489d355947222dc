/** The search dialog in a real browser. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSite, type Site, type Watched } from "./site.ts";

let site: Site;
let opened: Watched;
beforeAll(async () => {
  site = await openSite();
  opened = await site.open("/causes/");
});
afterAll(() => site?.close());

const options = () => opened.page.locator("[data-search] [role=option] a");
async function search(query: string): Promise<string[]> {
  const { page } = opened;
  if (!(await page.locator("[data-search]").isVisible())) await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: /Search words/ }).fill("");
  await page.waitForTimeout(200);
  await page.getByRole("combobox", { name: /Search words/ }).fill(query);
  await options().first().waitFor();
  return options().evaluateAll((links) => links.map((a) => a.getAttribute("href") ?? ""));
}

test.each([["5.7.1"], ["5.1.1"], ["550"], ["550 5.7.26"], ["4.2.2"]])("%s: its own page first", async (code) => {
  const [first] = await search(code);
  expect(first).toBe(`/codes/${code.split(" ").at(-1)}/`);
});

test("words find a cause or an entry", async () => {
  expect((await search("greylisted")).join(" ")).toMatch(/greylist/);
  expect((await search("TSS04")).join(" ")).toMatch(/yahoo/);
});

test("a pasted message goes to the lookup", async () => {
  const text = "550 5.1.1 The email account that you tried to reach does not exist. - gsmtp 6a1803df08f44-6ad";
  expect(await search(text)).toEqual([`/#t=${encodeURIComponent(text)}`]);
});

test("arrows choose, Enter opens, Escape gives the focus back", async () => {
  const { page } = opened;
  await search("mailbox full");
  await page.keyboard.press("ArrowDown");
  expect(await page.locator("[aria-selected=true]").count()).toBe(1);
  expect(await page.getByRole("combobox", { name: /Search words/ }).getAttribute("aria-activedescendant")).toBe(
    "result-1",
  );
  await page.keyboard.press("Escape");
  const button = page.getByRole("button", { name: /Search/ }).first();
  await button.focus();
  await page.keyboard.press("/");
  await page.keyboard.press("Escape");
  expect(await button.evaluate((b) => b === document.activeElement)).toBe(true);
  const [first] = await search("5.7.1");
  await page.keyboard.press("Enter");
  await page.waitForURL(`**${first}`);
  expect(opened.wrongs).toEqual([]);
});

test("results of one title are told apart by provider and code", async () => {
  await search("the mailbox is full");
  const notes = await options().locator("small").allTextContents();
  expect(new Set(notes).size).toBe(notes.length);
  expect(notes.join(" ")).toMatch(/Yahoo Mail · 5\d\d/);
});

test("filters narrow the results", async () => {
  const { page } = opened;
  const before = await search("blocked");
  await page.locator("[data-filter=provider]").selectOption("Yahoo Mail");
  await expect.poll(() => options().evaluateAll((l) => l.map((a) => a.getAttribute("href")))).not.toEqual(before);
  const hrefs = await options().evaluateAll((links) => links.map((a) => a.getAttribute("href") ?? ""));
  expect(hrefs.length).toBeGreaterThan(0);
  for (const href of hrefs) expect(href).toContain("/providers/yahoo/");
  await page.locator("[data-filter=provider]").selectOption("");
  await page.keyboard.press("Escape");
});

test("a provider's list is filtered by code, cause and kind", async () => {
  const { page, context } = await site.open("/providers/gmail/");
  const shown = () =>
    page.locator("[data-row]:visible").evaluateAll((rows) => rows.map((r) => (r as HTMLElement).dataset.kind ?? ""));
  const all = (await shown()).length;
  await page.getByLabel("Search within Gmail and Google Workspace").fill("5.7.26");
  const byCode = (await shown()).length;
  expect(byCode).toBeGreaterThan(0);
  expect(byCode).toBeLessThan(all / 3);
  expect(await page.locator("[data-filter-status]").textContent()).toBe(`${byCode} of ${all}`);
  await page.getByLabel("Search within Gmail and Google Workspace").fill("");
  await page.locator("#entry-cause").selectOption("mailbox-full");
  expect(
    await page.locator("[data-group]:visible").evaluateAll((g) => g.map((x) => (x as HTMLElement).dataset.group)),
  ).toEqual(["mailbox-full"]);
  await page.locator("#entry-cause").selectOption("");
  await page.locator("#entry-kind").selectOption("soft");
  const soft = await shown();
  expect(soft.length).toBeGreaterThan(0);
  for (const kind of soft) expect(kind).toContain("soft");
  await context.close();
});

test("an address that leads nowhere is searched for its words", async () => {
  const { page, context } = await site.open("/gmail/mailbox-full");
  await expect.poll(() => page.locator("[data-not-found-results] a").count()).toBeGreaterThan(0);
  expect(await page.locator("h1").textContent()).toBe("No page here");
  await context.close();
});
