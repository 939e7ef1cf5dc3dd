/**
 * Lets a draft be opened again without a connection. The text itself is in IndexedDB (app/_collab); this
 * worker keeps the page around it: the HTML of drafts that this volunteer has opened, and the files it needs.
 *
 * Never in these caches: answers to actions, exports, anything of the API. Pages are kept for one volunteer
 * at a time, in a cache that carries their id; the next one's first page deletes it, and so does signing out
 * (`clearLocalDrafts`).
 */

const PAGES = 'pupitre-pages-'
const FILES = 'pupitre-files'
/** Pages kept for one volunteer; the ones kept longest ago go first. */
const MOST_PAGES = 60
/** How long a page that is kept already stays good enough, in milliseconds. */
const FRESH_MS = 5 * 60_000
/** How long the network may take when there is a kept page to show instead, in milliseconds. */
const PATIENCE_MS = 4_000
const KEPT_AT = 'x-pupitre-kept-at'
/** JSON list of the files of a page, beside the page. */
const filesOf = (path) => `${path}?files`

const isPage = (path) => /^\/drafts(\/[0-9a-f-]{36})?$/.test(path)
const isFile = (path) => path.startsWith('/_next/static/')

self.addEventListener('install', (event) => event.waitUntil(self.skipWaiting()))

self.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([self.clients.claim(), self.registration.navigationPreload?.enable()]))
})

self.addEventListener('message', (event) => {
  const { type, volunteerId, path, files } = event.data ?? {}
  if (type === 'keep' && isPage(path)) event.waitUntil(keep(volunteerId, path, files.filter(isFile)))
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (isFile(pathname)) event.respondWith(file(request))
  else if (request.mode === 'navigate' && isPage(pathname)) event.respondWith(page(event, pathname))
})

/** The name of a file changes with its content: once kept, it never needs the network. */
async function file(request) {
  const cache = await caches.open(FILES)
  const kept = await cache.match(request.url)
  if (kept) return kept
  const response = await fetch(request)
  if (response.ok) await cache.put(request.url, response.clone())
  return response
}

/** The server's page whenever it can be had; the kept one when the network or the server is gone. */
async function page(event, path) {
  const kept = await keptPage(path)
  const network = fromNetwork(event)
  if (!kept) return network
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, null))
  // Whether or not somebody still waits for it, its failure is answered here.
  network.catch(() => {})
  try {
    const response = await Promise.race([network, patience])
    return response && response.status < 500 ? response : kept
  } catch {
    return kept
  }
}

async function fromNetwork(event) {
  return (await event.preloadResponse) ?? fetch(event.request)
}

async function keptPage(path) {
  for (const name of await pageCaches()) {
    const response = await (await caches.open(name)).match(path, { ignoreVary: true })
    if (response) return response
  }
  return null
}

const pageCaches = async () => (await caches.keys()).filter((name) => name.startsWith(PAGES))

async function keep(volunteerId, path, files) {
  const mine = PAGES + volunteerId
  for (const name of await pageCaches()) if (name !== mine) await caches.delete(name)
  const pages = await caches.open(mine)
  await keepFiles(files)
  await pages.put(filesOf(path), Response.json(files))
  if (!(await isFresh(pages, path))) {
    const response = await fetch(path, { headers: { accept: 'text/html' } })
    // Signed out meanwhile: what came back is the sign-in page.
    if (!response.ok || response.redirected) return
    const headers = new Headers(response.headers)
    headers.set(KEPT_AT, String(Date.now()))
    await pages.put(path, new Response(response.body, { status: response.status, headers }))
  }
  await prune(pages)
}

async function isFresh(pages, path) {
  const kept = await pages.match(path, { ignoreVary: true })
  return kept !== undefined && Date.now() - Number(kept.headers.get(KEPT_AT)) < FRESH_MS
}

async function keepFiles(files) {
  const cache = await caches.open(FILES)
  const missing = []
  for (const name of files) if (!(await cache.match(name))) missing.push(name)
  await Promise.allSettled(missing.map((name) => cache.add(name)))
}

/** Drops the oldest pages beyond the limit, then the files that no kept page names. */
async function prune(pages) {
  const kept = (await pages.keys()).map(({ url }) => new URL(url)).filter(({ search }) => search === '')
  for (const { pathname } of kept.slice(0, Math.max(0, kept.length - MOST_PAGES))) {
    await pages.delete(pathname, { ignoreVary: true })
    await pages.delete(filesOf(pathname))
  }
  const named = new Set()
  for (const { pathname } of kept) {
    const list = await pages.match(filesOf(pathname))
    for (const name of list ? await list.json() : []) named.add(name)
  }
  const cache = await caches.open(FILES)
  for (const { url } of await cache.keys()) {
    if (!named.has(new URL(url).pathname)) await cache.delete(url)
  }
}
