// Keeps the pages of kiosks and what they load, so that a kiosk opens while there is no connection.
"use strict";

const CACHE = "kiosk";
const PATIENCE = 5000;

addEventListener("install", () => self.skipWaiting());
addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (pathname.startsWith("/kiosk/")) event.respondWith(newest(request));
  else if (/^\/(static|organisation)\//.test(pathname)) event.respondWith(known(request, event));
});

// The page as it is now; the one kept where there is no connection or the site is down.
async function newest(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request, { ignoreVary: true });
  try {
    const answer = await fetch(request, kept ? { signal: AbortSignal.timeout(PATIENCE) } : undefined);
    if (answer.ok) await cache.put(request, answer.clone());
    return (answer.status >= 500 || answer.status === 404) && kept ? kept : answer;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

// What is kept comes at once; a newer one is there the next time.
async function known(request, event) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request, { ignoreVary: true });
  const asking = fetch(request).then(async (answer) => {
    if (answer.ok) await cache.put(request, answer.clone());
    return answer;
  });
  if (!kept) return asking;
  event.waitUntil(asking.catch(() => {}));
  return kept;
}
