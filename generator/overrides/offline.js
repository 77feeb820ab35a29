// The service worker: keeps what was read, so that it can be read again without a connection.
//
// Invariants:
// - What the server says replaces what was kept: a changed page is kept anew, one that is gone or moved is forgotten.
// - A version has a cache of its own, named after a hash over the whole site. A new version deletes all older caches, and
//   a cache that was deleted is never made again: it is opened once, when this worker starts.
// - A page that was kept longer than LONGEST is not shown.
// - Questions to the search page are not kept: pages are kept without what follows the question mark.

const VERSION = "ATLASVERSIE";
const CORE = "ATLASKERN".split(" ");
const ROOT = new URL("./", self.location).href;
const FAMILY = `maatwerkatlas ${ROOT} `;
const CACHE = FAMILY + VERSION;
const OFFLINE = new URL("offline/", ROOT).href;
const PATIENCE = 4000;
const LONGEST = 30 * 24 * 60 * 60 * 1000;

const opened = VERSION ? caches.open(CACHE) : undefined;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  if (VERSION) event.waitUntil(Promise.allSettled(["offline/", ...CORE].map((name) => fetchAndKeep(new URL(name, ROOT)))));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(takeOver());
});

async function takeOver() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(FAMILY) && name !== CACHE).map((name) => caches.delete(name)));
  if (VERSION) await self.clients.claim();
  else await self.registration.unregister();
}

if (VERSION) {
  self.addEventListener("fetch", (event) => {
    const { request } = event;
    if (request.method !== "GET" || !request.url.startsWith(ROOT) || request.headers.has("range")) return;
    event.respondWith(isFixed(request.url) ? keptFirst(event) : networkFirst(event));
  });

  // A page that was open before this worker names what it loaded.
  self.addEventListener("message", (event) => {
    const named = Array.isArray(event.data) ? event.data.filter((url) => String(url).startsWith(ROOT)) : [];
    event.waitUntil(Promise.allSettled(named.map((url) => fetchAndKeep(url))));
  });
}

// Whether the address says which version of a file it means.
function isFixed(url) {
  const { pathname, search } = new URL(url);
  return /\.[0-9a-f]{8}\.(min\.)?(css|js)$/.test(pathname)
    || (pathname.includes("/assets/") && search.startsWith("?v="))
    || /\/pagefind\/(fragment|index)\//.test(pathname);
}

function keyOf(url) {
  const key = new URL(url);
  key.hash = "";
  if (!isFixed(url)) key.search = "";
  return key.href;
}

async function keptFirst(event) {
  return await kept(event.request.url) ?? networkFirst(event);
}

async function networkFirst(event) {
  const { request } = event;
  const asked = fetch(request, { cache: "no-cache" });
  event.waitUntil(asked.then((response) => keep(request.url, response.clone())).catch(() => {}));
  const instead = wait(PATIENCE).then(() => kept(request.url)).then((page) => page ?? asked);
  try {
    return await Promise.race([asked, instead]);
  } catch {
    return await kept(request.url) ?? elsewhere(request);
  }
}

function elsewhere(request) {
  const lost = request.mode !== "navigate" || request.url === OFFLINE;
  return lost ? Response.error() : Response.redirect(OFFLINE);
}

async function fetchAndKeep(url) {
  if (isFixed(url) && await kept(url)) return;
  await keep(url, await fetch(url, { cache: "no-cache" }));
}

async function keep(url, response) {
  const cache = await opened;
  if (response.ok && response.type === "basic" && !response.redirected) await cache.put(keyOf(url), response);
  else if (response.status < 500) await cache.delete(keyOf(url));
}

async function kept(url) {
  const cache = await opened;
  const page = await cache.match(keyOf(url));
  const since = Date.parse(page?.headers.get("date") ?? "");
  if (Date.now() - since > LONGEST) {
    await cache.delete(keyOf(url));
    return undefined;
  }
  return page;
}

function wait(milliseconds) {
  return new Promise((resolve) => { setTimeout(resolve, milliseconds); });
}
