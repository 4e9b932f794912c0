// Keeps the keying pages and their files on the device, so that a reload works while the server is away.
'use strict'

const CACHE = 'cards-1'
const PAGES = /^\/cards\/batches\/\d+\/(?:key|second)\/$/
const HASHED = /\.[0-9a-f]{12}\.\w+$/
const PATIENCE = 3000
const FILES_KEPT = 150

addEventListener('install', () => skipWaiting())
addEventListener('activate', (event) => event.waitUntil(clearOld().then(() => clients.claim())))

async function clearOld () {
  for (const name of await caches.keys()) if (name.startsWith('cards-') && name !== CACHE) await caches.delete(name)
}

// A page that was answered with another one (a sign-in) is not that page.
const isSound = (response) => response.ok && !response.redirected && response.type === 'basic'

async function keep (request, response) {
  const cache = await caches.open(CACHE)
  await cache.put(request, response)
  const kept = await cache.keys()
  for (const old of kept.slice(0, Math.max(0, kept.length - FILES_KEPT))) await cache.delete(old)
}

async function fromNetwork (request) {
  const response = await fetch(request)
  if (isSound(response)) await keep(request, response.clone()).catch(() => {})
  return response
}

const kept = async (request) => (await caches.open(CACHE)).match(request, { ignoreVary: true })

async function networkFirst (request) {
  const answer = fromNetwork(request)
  const before = await kept(request)
  if (!before) return answer
  answer.catch(() => {})
  const late = new Promise((resolve) => { setTimeout(() => resolve(before), PATIENCE) })
  return Promise.race([answer.then((response) => (response.status >= 500 ? before : response), () => before), late])
}

async function cacheFirst (request) {
  return (await kept(request)) ?? fromNetwork(request)
}

addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin) return
  if (request.mode === 'navigate') {
    if (PAGES.test(url.pathname)) event.respondWith(networkFirst(request))
  } else if (HASHED.test(url.pathname)) {
    event.respondWith(cacheFirst(request))
  } else if (['script', 'style', 'font', 'image'].includes(request.destination)) {
    event.respondWith(networkFirst(request))
  }
})

// What the page loaded before this worker was there.
addEventListener('message', (event) => {
  const { page, files } = event.data
  const wanted = [page, ...files].filter((address) => new URL(address).origin === location.origin)
  event.waitUntil(Promise.all(wanted.map(keepOnce)))
})

async function keepOnce (address) {
  const url = new URL(address)
  const isPage = PAGES.test(url.pathname)
  const request = new Request(url.href.split('#')[0], { credentials: 'same-origin' })
  if (!isPage && (await kept(request))) return
  await fromNetwork(request).catch(() => {})
}
