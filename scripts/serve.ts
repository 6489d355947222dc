/**
 * Serves the built site: npm start. Made for looking at it and for the tests, not for the open net.
 *
 *   node scripts/serve.ts [--port 4321] [--dir dist/site] [--base /sub-path/]
 */
import { createReadStream, realpathSync, type Stats, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { extname, join, sep } from "node:path";
import { parseArgs } from "node:util";
import { createGzip } from "node:zlib";

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".xml": "application/xml; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
  ".pagefind": "application/octet-stream",
};
const TEXT = /^(text|application\/(json|xml)|image\/svg)/;

/**
 * @param dir the folder to serve
 * @param base the path that the site lives below, with slashes at both ends
 */
export function createSiteServer(dir: string, base = "/"): Server {
  const root = realpathSync(dir);
  return createServer((request, response) => {
    const end = (status: number, text: string, headers: Record<string, string> = {}) =>
      response.writeHead(status, { "content-type": "text/plain; charset=utf-8", ...headers }).end(text);
    if (request.method !== "GET" && request.method !== "HEAD") return end(405, "Only GET and HEAD.\n");
    let path: string;
    try {
      path = decodeURIComponent((request.url ?? "/").split(/[?#]/)[0] ?? "/");
    } catch {
      return end(400, "The address is not valid.\n");
    }
    if (path === base.slice(0, -1) || (path === "/" && base !== "/")) return end(302, "", { location: base });
    if (!path.startsWith(base) || path.includes("\0")) return end(404, "Not found.\n");
    const wanted = join(root, path.slice(base.length));
    // join has resolved every "..": what is outside of the folder stays outside.
    if (wanted !== root && !wanted.startsWith(root + sep)) return end(404, "Not found.\n");
    let file = wanted;
    let found = stat(file);
    if (found?.isDirectory()) {
      if (!path.endsWith("/")) return end(301, "", { location: encodeURI(`${path}/`) });
      file = join(file, "index.html");
      found = stat(file);
    }
    let status = 200;
    if (!found?.isFile()) {
      status = 404;
      file = join(root, "404.html");
      if (!stat(file)?.isFile()) return end(404, "Not found.\n");
    }
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    const zip = TEXT.test(type) && /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");
    response.writeHead(status, {
      "content-type": type,
      "x-content-type-options": "nosniff",
      "cache-control": path.includes("/_astro/") ? "public, max-age=31536000, immutable" : "no-cache",
      ...(zip ? { "content-encoding": "gzip", vary: "accept-encoding" } : {}),
    });
    if (request.method === "HEAD") return response.end();
    const stream = createReadStream(file);
    stream.on("error", () => response.destroy());
    return zip ? stream.pipe(createGzip()).pipe(response) : stream.pipe(response);
  });
}

function stat(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: process.env.PORT || "4321" },
      dir: { type: "string", default: "dist/site" },
      base: { type: "string", default: process.env.SITE_BASE ?? "/" },
    },
  });
  const base = `/${values.base}/`.replace(/\/+/g, "/");
  if (!stat(values.dir)?.isDirectory()) {
    console.error(`${values.dir} is not there. Build the site first: npm run build`);
    process.exit(1);
  }
  const server = createSiteServer(values.dir, base);
  server.on("error", (error: NodeJS.ErrnoException) => {
    console.error(error.code === "EADDRINUSE" ? `Port ${values.port} is taken: try --port 4322.` : error.message);
    process.exit(1);
  });
  server.listen(Number(values.port), () => {
    console.log(`The site is at http://localhost:${values.port}${base} (Ctrl+C stops it)`);
  });
}
