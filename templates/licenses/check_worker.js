// The check keeps working where there is no network: its page, keys and list are answered from what was kept.
"use strict";

const KEPT = "check-offline-1";
const PAGE = "/check/offline/";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function kept(request) {
  const cache = await caches.open(KEPT);
  if (request.mode === "navigate") return cache.match(PAGE, { ignoreSearch: true, ignoreVary: true });
  return cache.match(request, { ignoreVary: true });
}

// The network first, so that nobody is told the state of yesterday while today's can be had.
async function answer(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const found = await kept(request);
    if (found) return found;
    throw error;
  }
}

self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET") event.respondWith(answer(event.request));
});
