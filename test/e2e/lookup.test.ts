/** The paste box in a real browser. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CHIPS } from "../../src/lookup/chips.ts";
import { openSite, type Site, type Watched } from "./site.ts";

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

const GMAIL =
  "550 5.1.1 The email account that you tried to reach does not exist. Learn more at https://support.google.com/mail/?p=NoSuchUser - gsmtp";

/** The start page with rules and details loaded. */
async function openReady(path = "/", options = {}): Promise<Watched> {
  const opened = await site.open(path, options);
  // The rules come at once, their details when the page has nothing else to do.
  await expect.poll(() => opened.requests.some((r) => r.includes("lookup/details")), { timeout: 8000 }).toBe(true);
  await opened.page.waitForLoadState("networkidle");
  return opened;
}

const paste = (page: Watched["page"], text: string) => page.getByLabel("Paste your bounce").fill(text);
const verdict = (page: Watched["page"]) => page.locator("#verdict");

const KINDS: [what: string, text: string, sentence: RegExp, kind: RegExp][] = [
  ["a bare reply", "550 5.1.1 user unknown", /nobody there has this address/, /Hard/],
  ["a provider's reply", GMAIL, /^Gmail.* refused this because nobody there has this address/, /Hard/],
  [
    "a soft reply",
    "452 4.2.2 The email account that you tried to reach is over quota. - gsmtp",
    /put this off because the mailbox has no room left/,
    /Soft/,
  ],
  [
    "a reply over several lines",
    CHIPS[0]?.text ?? "",
    /nothing proves that the message comes from the domain it names/,
    /Hard/,
  ],
  ["a log line", CHIPS[5]?.text ?? "", /nobody there has this address/, /Hard/],
  ["a whole notice", CHIPS[6]?.text ?? "", /blocklist/, /Hard/],
  ["a quoted reply with CRLF", `> ${GMAIL.replaceAll(". ", ".\r\n> ")}`, /nobody there has this address/, /Hard/],
  ["a bare code", "421", /We do not know|refused|put this off|because/, /Soft/],
  ["words that nobody knows", "550 zorblatt quux flimflam", /We do not know these words/, /Hard/],
  ["accepted mail", "250 2.0.0 OK 1700000000 abc - gsmtp", /not a bounce/, /No bounce/],
];

describe("paste", () => {
  test.each(KINDS)("%s gets its verdict", async (_, text, sentence, kind) => {
    const { page, context, wrongs } = await openReady();
    await paste(page, text);
    await expect.poll(() => verdict(page).textContent()).toMatch(sentence);
    expect(await page.locator(".verdict .kind").textContent()).toMatch(kind);
    expect(await page.locator(".steps li, .exhibit").count()).toBeGreaterThan(0);
    expect(wrongs).toEqual([]);
    await context.close();
  });

  test("causes no request at all, and none goes elsewhere", async () => {
    const { page, context, wrongs, requests } = await openReady();
    const before = requests.length;
    for (const [, text] of KINDS) await paste(page, text);
    await page.getByRole("button", { name: "Explain" }).click();
    await page.waitForTimeout(1800);
    // The browser asks for the icon when it likes.
    expect(requests.slice(before).filter((r) => !r.endsWith("/favicon.svg"))).toEqual([]);
    expect(wrongs).toEqual([]);
    await context.close();
  });

  test("never becomes markup", async () => {
    const { page, context, wrongs } = await openReady();
    await paste(page, '550 5.1.1 <img src=x onerror=alert(1)> <script>alert(2)</script> user unknown "><b>bold</b>');
    await expect.poll(() => verdict(page).count()).toBe(1);
    expect(await page.locator("[data-answer] img, [data-answer] script, [data-answer] b").count()).toBe(0);
    expect(await page.locator(".exhibit").textContent()).toContain("<img src=x onerror=alert(1)>");
    expect(wrongs).toEqual([]);
    await context.close();
  });

  test("several bounces make a table with counts, each of which opens", async () => {
    const { page, context } = await openReady();
    await paste(page, [GMAIL, GMAIL, "450 4.2.0 Greylisted, try again", "552 5.2.2 mailbox full"].join("\n"));
    await expect.poll(() => verdict(page).textContent()).toBe("4 bounces, 3 kinds of answer");
    expect(await page.locator(".bounces tbody tr").first().locator("td").first().textContent()).toBe("2");
    await page.locator(".bounces tbody button").nth(1).click();
    await expect.poll(() => page.locator("#verdict-opened").count()).toBe(1);
    await context.close();
  });

  test("marks parts and ties them to their explanations", async () => {
    const { page, context } = await openReady();
    await paste(page, GMAIL);
    const part = page.locator(".part-status").first();
    await part.focus();
    const described = await part.getAttribute("aria-describedby");
    expect(await page.locator(`#${described}`).textContent()).toContain("RFC 3463");
    expect(await page.locator(".key li.on").textContent()).toContain("Enhanced status code");
    await page.locator(".key button", { hasText: "Reply code" }).focus();
    expect(await page.locator(".part.on").textContent()).toBe("550");
    await context.close();
  });

  test("is answered within 16 ms for 10 KB", async () => {
    const { page, context } = await openReady();
    const log = Array.from({ length: 60 }, (_, i) => `${CHIPS[5]?.text.replace("4F2A81C0DE", `4F2A81C${i}`)}`)
      .join("\n")
      .slice(0, 10_240);
    const long =
      `${GMAIL}\n${"The rest of the message goes on and on, with words of no use to anybody. ".repeat(140)}`.slice(
        0,
        10_240,
      );
    for (const text of [long, log]) {
      await paste(page, text);
      const times: number[] = [];
      for (let i = 0; i < 12; i++) {
        await paste(page, `${text} ${i}`);
        times.push(await page.evaluate(() => performance.getEntriesByName("verdict").at(-1)?.duration ?? 999));
      }
      // The middle one: a shared machine interrupts now and then.
      times.sort((a, b) => a - b);
      console.log(`10 KB: ${times.map((t) => t.toFixed(1)).join(" ")} ms`);
      expect(times[6], `times ${times.map((t) => t.toFixed(1)).join(" ")}`).toBeLessThanOrEqual(16);
    }
    await context.close();
  });
});

describe("ways in", () => {
  test("chips fill the box and run", async () => {
    const { page, context } = await openReady();
    for (const chip of CHIPS) {
      await page.getByRole("link", { name: chip.label, exact: true }).click();
      await expect.poll(() => page.getByLabel("Paste your bounce").inputValue()).toBe(chip.text);
      await expect.poll(() => verdict(page).textContent()).not.toMatch(/do not know/);
    }
    await context.close();
  });

  test("a dropped file is read", async () => {
    const { page, context } = await openReady();
    const data = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], "bounce.eml", { type: "message/rfc822" }));
      return transfer;
    }, CHIPS[6]?.text ?? "");
    await page.dispatchEvent("[data-drop]", "drop", { dataTransfer: data });
    await expect.poll(() => verdict(page).textContent()).toMatch(/blocklist/);
    await context.close();
  });

  test("a shared link carries a masked text and opens with the same verdict", async () => {
    const { page, context } = await openReady("/", { permissions: ["clipboard-read", "clipboard-write"] });
    await paste(page, `${GMAIL} for jane.doe@private-firm.de from 198.18.7.9`);
    const sentence = await verdict(page).textContent();
    await page.locator("summary", { hasText: "Share" }).click();
    expect(await page.locator(".share-text").inputValue()).not.toMatch(/jane|private-firm|198\.18/);
    await page.getByRole("button", { name: "Copy link with this text" }).click();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toContain("/#t=");
    expect(decodeURIComponent(link)).not.toMatch(/jane|private-firm|198\.18/);
    const again = await site.open(link.slice(site.origin.length));
    await expect.poll(() => verdict(again.page).textContent()).toBe(sentence);
    await again.context.close();
    await context.close();
  });

  test("copies text, Markdown and JSON", async () => {
    const { page, context } = await openReady("/", { permissions: ["clipboard-read", "clipboard-write"] });
    await paste(page, GMAIL);
    const copied = async (name: string) => {
      await page.evaluate(() => navigator.clipboard.writeText(""));
      await page.getByRole("button", { name, exact: true }).click();
      await page.getByRole("button", { name: "Copied" }).first().waitFor();
      return page.evaluate(() => navigator.clipboard.readText());
    };
    expect(await copied("Copy as text")).toMatch(/Kind: Hard/);
    expect(await copied("Markdown")).toMatch(/^\*\*Gmail/);
    expect(JSON.parse(await copied("JSON"))).toMatchObject({
      cause: "recipient-unknown",
      kind: "hard",
      action: "suppress",
    });
    await context.close();
  });

  test("the whole flow works with the keyboard alone", async () => {
    const { page, context } = await openReady();
    // The box has the focus on this page.
    await page.keyboard.insertText(GMAIL);
    await page.keyboard.press("Control+Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("verdict");
    const reached = new Set<string>();
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press("Tab");
      reached.add(
        await page.evaluate(() => document.activeElement?.className || document.activeElement?.textContent || ""),
      );
      if ([...reached].some((r) => r.includes("part-words"))) break;
    }
    expect([...reached].join("\n")).toMatch(/Copy as text/);
    expect([...reached].join("\n")).toMatch(/part part-/);
    await context.close();
  });

  test("the history of the visit lists, reopens and clears", async () => {
    const { page, context } = await openReady();
    await paste(page, GMAIL);
    await page.locator("[data-history] summary").click();
    await paste(page, "");
    await page.locator("[data-history] li button").first().click();
    await expect.poll(() => verdict(page).textContent()).toMatch(/nobody there/);
    await page.reload();
    await page.locator("[data-history] summary").click();
    await page.getByRole("button", { name: "Clear the list" }).click();
    expect(await page.locator("[data-history]").isHidden()).toBe(true);
    await context.close();
  });

  test("announces the verdict once", async () => {
    const { page, context } = await openReady();
    await page.evaluate(() => {
      const said: string[] = [];
      Object.assign(window, { said });
      new MutationObserver(() => {
        const text = document.querySelector("[data-announce]")?.textContent;
        if (text) said.push(text);
      }).observe(document.querySelector("[data-announce]") as Node, { childList: true });
    });
    await page.getByLabel("Paste your bounce").pressSequentially("550 5.1.1 user unknown", { delay: 5 });
    await page.waitForTimeout(1200);
    expect(await page.evaluate(() => (window as unknown as { said: string[] }).said)).toHaveLength(1);
    await context.close();
  });
});

describe("without", () => {
  test("JavaScript: pages can be read, the lookup says what it needs", async () => {
    const { page, context } = await site.open("/", { javaScriptEnabled: false });
    expect(await page.locator("noscript").innerText()).toContain("needs JavaScript");
    await page.goto(`${site.origin}/codes/5.1.1/`);
    expect(await page.locator("h1").textContent()).toContain("5.1.1");
    expect(await page.getByRole("button").count()).toBe(0);
    await context.close();
  });

  test("a network, after the first visit: the lookup answers, pages that were read open", async () => {
    const { page, context } = await site.open("/", { serviceWorkers: "allow" });
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.goto(`${site.origin}/codes/5.1.1/`);
    await page.waitForLoadState("networkidle");
    await context.setOffline(true);
    await page.goto(`${site.origin}/`);
    await paste(page, GMAIL);
    await expect.poll(() => verdict(page).textContent()).toMatch(/nobody there has this address/);
    await expect.poll(() => page.locator(".verdict").textContent()).toMatch(/account|address/);
    await page.goto(`${site.origin}/codes/5.1.1/`);
    expect(await page.locator("h1").textContent()).toContain("5.1.1");
    await context.close();
  });
});
