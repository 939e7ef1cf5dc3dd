/**
 * Lets a draft or the calendar be opened again without a connection. What is in them is in IndexedDB (app/_collab);
 * this worker keeps the page around it: the HTML of pages that this volunteer has opened, and the files they need.
 *
 * Never in these caches: answers to actions, exports, anything of the API. Pages are kept for one volunteer
 * at a time, in a cache that carries their id. Signing out deletes it (`clearLocalCopies`), signing in does
 * (`arrive`), and so does the first page of anybody else. Nothing may open a cache after it was deleted: that makes
 * it anew.
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

const isPage = (path) => /^\/(drafts(\/[0-9a-f-]{36})?|calendar)$/.test(path)
const isFile = (path) => path.startsWith('/_next/static/')

self.addEventListener('install', (event) => event.waitUntil(self.skipWaiting()))

self.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([self.clients.claim(), self.registration.navigationPreload?.enable()]))
})

self.addEventListener('message', (event) => {
  const { type, volunteerId, path, files } = event.data ?? {}
  if (type === 'keep' && isPage(path)) {
    event.waitUntil(followed(keep(volunteerId, path, files.filter(isFile), stopping.signal)))
  }
  if (type === 'stop') event.waitUntil(stop().then(() => event.ports[0]?.postMessage('stopped')))
})

/** Aborted, and another one put in its place, each time that somebody signs out or in. */
let stopping = new AbortController()
const underWay = new Set()

function followed(work) {
  underWay.add(work)
  return work.finally(() => underWay.delete(work))
}

/** Whoever deletes the caches asks for this first: what is under way is cut short, and waited for. */
async function stop() {
  stopping.abort()
  stopping = new AbortController()
  await Promise.allSettled(underWay)
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (isFile(pathname)) event.respondWith(file(request))
  else if (request.mode === 'navigate' && isPage(pathname)) event.respondWith(page(event, pathname))
})

/** The name of a file changes with its content: once kept, it never needs the network. */
async function file(request) {
  const { signal } = stopping
  const kept = await caches.match(request.url, { cacheName: FILES })
  if (kept) return kept
  const response = await fetch(request)
  if (response.ok && !signal.aborted) await followed(keepFile(request.url, response.clone()))
  return response
}

async function keepFile(url, response) {
  const cache = await caches.open(FILES)
  await cache.put(url, response)
}

/** The server's page whenever it can be had; the kept one when the network or the server is gone. */
async function page(event, path) {
  const kept = await keptPage(path)
  const network = fromNetwork(event)
  if (!kept) return network.catch(notKept)
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

/** In both languages: this worker knows nobody’s. */
const NOT_KEPT = `<!doctype html><html lang="fr"><meta charset="utf-8"><title>Hors ligne · Offline</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<body style="font:1.125rem/1.5 system-ui,sans-serif;max-width:34rem;margin:20vh auto 0;padding:0 1.25rem">
<h1 style="font-size:1.5rem">Hors ligne</h1>
<p>Cette page n’a pas encore été ouverte sur cet appareil. Elle le sera dès que la connexion reviendra.</p>
<p lang="en">Offline. This page has not been opened on this device yet. It will be once the connection is back.</p>
<p><a href="/drafts">Brouillons · <span lang="en">Drafts</span></a></p>`

const notKept = () =>
  new Response(NOT_KEPT, {
    status: 503,
    // Asks again by itself, where no script of ours runs.
    headers: { 'content-type': 'text/html; charset=utf-8', refresh: '10' },
  })

async function fromNetwork(event) {
  return (await event.preloadResponse) ?? fetch(event.request)
}

async function keptPage(path) {
  for (const name of await pageCaches()) {
    const response = await caches.match(path, { cacheName: name, ignoreVary: true })
    if (response) return response
  }
  return null
}

const pageCaches = async () => (await caches.keys()).filter((name) => name.startsWith(PAGES))

async function keep(volunteerId, path, files, signal) {
  const mine = PAGES + volunteerId
  for (const name of await pageCaches()) if (name !== mine) await caches.delete(name)
  const pages = await caches.open(mine)
  const fresh = await isFresh(pages, path)
  const response = fresh ? await pages.match(path, { ignoreVary: true }) : await fetchPage(path, signal)
  if (!response) return
  // Where the server was upgraded meanwhile, the page that asks and the page that is kept need different files.
  const named = namedIn(await response.clone().text())
  const before = fresh ? await listOf(pages, path) : []
  const needed = [...new Set([...files, ...named, ...before])]
  await keepFiles(needed, signal)
  await pages.put(filesOf(path), Response.json(needed))
  if (!fresh) await pages.put(path, response)
  await prune(pages)
}

/** @returns null when signed out meanwhile: what came back is the sign-in page. */
async function fetchPage(path, signal) {
  const response = await fetch(path, { headers: { accept: 'text/html' }, signal })
  if (!response.ok || response.redirected) return null
  const headers = new Headers(response.headers)
  headers.set(KEPT_AT, String(Date.now()))
  // What a script of the page can read of its own answer: it says at once that it may be out of date.
  headers.set('server-timing', 'kept')
  return new Response(response.body, { status: response.status, headers })
}

const namedIn = (html) => html.match(/\/_next\/static\/[\w./~-]+\.(?:js|css|woff2)/g) ?? []

async function listOf(pages, path) {
  const list = await pages.match(filesOf(path))
  return list ? await list.json() : []
}

async function isFresh(pages, path) {
  const kept = await pages.match(path, { ignoreVary: true })
  return kept !== undefined && Date.now() - Number(kept.headers.get(KEPT_AT)) < FRESH_MS
}

async function keepFiles(files, signal) {
  const cache = await caches.open(FILES)
  const missing = []
  for (const name of files) if (!(await cache.match(name))) missing.push(name)
  await Promise.allSettled(missing.map((name) => cache.add(new Request(name, { signal }))))
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
    for (const name of await listOf(pages, pathname)) named.add(name)
  }
  const cache = await caches.open(FILES)
  for (const { url } of await cache.keys()) {
    if (!named.has(new URL(url).pathname)) await cache.delete(url)
  }
}
