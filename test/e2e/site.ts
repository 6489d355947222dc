/** The built site, served for a test file, with a browser that watches over what every page must keep. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { createSiteServer } from "../../scripts/serve.ts";
import { launchBrowser } from "./browser.ts";

export const SITE = process.env.SITE_DIR ?? "dist/site";

export interface Site {
  origin: string;
  browser: Browser;
  server: Server;
  /** A page in a context of its own, whose errors, policy violations and foreign requests are collected. */
  open(path: string, options?: BrowserContextOptions): Promise<Watched>;
  close(): Promise<void>;
}
export interface Watched {
  page: Page;
  context: BrowserContext;
  /** What no page may have: script errors, violations of the policy, requests to elsewhere. */
  wrongs: string[];
  requests: string[];
}

export async function openSite(): Promise<Site> {
  if (!existsSync(join(SITE, "index.html")) || !existsSync(join(SITE, "pagefind/pagefind.js")))
    throw new Error("The browser tests look at dist/site. Build it first: npm run build");
  const server = createSiteServer(SITE);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await launchBrowser();
  return {
    origin,
    browser,
    server,
    async open(path, options = {}) {
      const context = await browser.newContext({ serviceWorkers: "block", ...options });
      context.setDefaultTimeout(10_000);
      const page = await context.newPage();
      const wrongs: string[] = [];
      const requests: string[] = [];
      page.on("pageerror", (error) => wrongs.push(`error: ${error.message}`));
      page.on("console", (message) => {
        // A missing page is asked for on purpose by one test.
        if (message.type() === "error" && !message.text().includes("404")) wrongs.push(`console: ${message.text()}`);
      });
      page.on("request", (request) => {
        requests.push(request.url());
        if (!request.url().startsWith(origin) && !request.url().startsWith("data:"))
          wrongs.push(`request: ${request.url()}`);
      });
      await page.addInitScript(() => {
        document.addEventListener("securitypolicyviolation", (e) =>
          console.error(`CSP ${e.violatedDirective} ${e.blockedURI}`),
        );
      });
      await page.goto(origin + path, { waitUntil: "load" });
      return { page, context, wrongs, requests };
    },
    async close() {
      await browser.close();
      await new Promise((done) => server.close(done));
    },
  };
}

/** All HTML files of the site, as paths below its root. */
export const htmlFiles = (): string[] =>
  readdirSync(SITE, { recursive: true, encoding: "utf8" })
    .map((f) => f.replaceAll("\\", "/"))
    .filter((f) => f.endsWith(".html") && !f.startsWith("pagefind/"));

export const readSite = (file: string): string => readFileSync(join(SITE, file), "utf8");

/** One page of each template, the first in order, so that a test has no content of its own. */
export function onePerTemplate(): string[] {
  const files = htmlFiles().sort();
  const first = (pattern: RegExp) => files.find((f) => pattern.test(f));
  return [
    "index.html",
    "providers/index.html",
    "providers/matrix/index.html",
    first(/^providers\/gmail\/index\.html$/) ?? first(/^providers\/(?!matrix)[^/]+\/index\.html$/),
    first(/^providers\/gmail\/[^/]+\/index\.html$/) ?? first(/^providers\/[^/]+\/[^/]+\/index\.html$/),
    "causes/index.html",
    "causes/ip-blocklisted/index.html",
    "codes/index.html",
    "codes/5.7.1/index.html",
    first(/^guides\/index\.html$/),
    first(/^guides\/[^/]+\/index\.html$/),
    "rules/index.html",
    "reference/index.html",
    "contribute/index.html",
    first(/^analyze\/index\.html$/),
    "changes/index.html",
    "404.html",
  ].filter((f): f is string => f !== undefined);
}

export const pathOf = (file: string): string => `/${file.replace(/index\.html$/, "")}`;
