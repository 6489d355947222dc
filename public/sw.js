// Keeps the lookup and every page that was read usable without a network. offline.js is written by the build.
importScripts("offline.js");
const { version, base, files } = self.OFFLINE;
const STORE = `manual-${version}`;
const READ = "manual-read";

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(STORE)
      .then((cache) => cache.addAll(files))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((n) => n.startsWith("manual-") && n !== STORE && n !== READ).map((n) => caches.delete(n))),
      )
      .then(() => self.clients.claim()),
  );
});

/** A page comes fresh where there is a network; without one, as it was read last, else the start page. */
async function page(request) {
  try {
    const response = await fetch(request);
    if (response.ok) (await caches.open(READ)).put(request.url, response.clone());
    return response;
  } catch {
    return (
      (await caches.match(request, { ignoreSearch: true })) ?? (await caches.match(`${base}404.html`)) ?? Response.error()
    );
  }
}

/** A file with a hash in its name never changes; others are asked for again. */
async function file(request) {
  const kept = await caches.match(request);
  if (kept && request.url.includes("/_astro/")) return kept;
  try {
    const response = await fetch(request);
    if (response.ok) (await caches.open(READ)).put(request.url, response.clone());
    return response;
  } catch {
    return kept ?? Response.error();
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || !url.pathname.startsWith(base)) return;
  event.respondWith(request.mode === "navigate" ? page(request) : file(request));
});
