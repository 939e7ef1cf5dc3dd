/** The worker’s address and the pages it may answer for: one registration each, and no other page passes through. */
const WORKER = '/offline.js'
const SCOPES = ['/drafts', '/calendar']
const scopeOf = (path: string) => SCOPES.find((scope) => path.startsWith(scope))

const filesOfThisPage = (): readonly string[] =>
  performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name))
    .filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith('/_next/static/'))
    .map(({ pathname }) => pathname)

/** Parts that come with their first use are fetched ahead by then (app/_ui/on-demand.ts). Milliseconds. */
const LATER_MS = 9_000

/** Not `navigator.serviceWorker.ready`: that waits for a worker of the page which this document was opened on. */
function activeOf(registration: ServiceWorkerRegistration): Promise<ServiceWorker> {
  if (registration.active) return Promise.resolve(registration.active)
  const coming = registration.waiting ?? registration.installing
  return new Promise((resolve, reject) => {
    if (!coming) return reject(new Error('a registration has a worker'))
    coming.addEventListener('statechange', () => {
      if (coming.state === 'activated') resolve(coming)
      if (coming.state === 'redundant') reject(new Error('the worker could not be installed'))
    })
  })
}

/** Somebody signed out, or in, in this browser: what this page still had under way is kept no more. */
let stopped = false

async function keepNow(volunteerId: string): Promise<void> {
  const scope = scopeOf(location.pathname)
  if (!scope) return
  const registration = await navigator.serviceWorker.register(WORKER, { scope })
  const worker = await activeOf(registration)
  if (stopped) return
  worker.postMessage({ type: 'keep', volunteerId, path: location.pathname, files: filesOfThisPage() })
}

/** A worker of before an upgrade, or one that hangs, does not answer: leaving goes on without it. Milliseconds. */
const STOPS_WITHIN_MS = 2_000

function stop(worker: ServiceWorker): Promise<void> {
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      port1.close()
      resolve()
    }
    const timer = setTimeout(done, STOPS_WITHIN_MS)
    port1.onmessage = done
    worker.postMessage({ type: 'stop' }, [port2])
  })
}

/** Keeps no page any more, and waits for what is under way: it would bring back a cache that has been deleted. */
export async function stopKeeping(): Promise<void> {
  stopped = true
  if (typeof navigator === 'undefined' || !('serviceWorker' in navigator)) return
  const registrations = await navigator.serviceWorker.getRegistrations().catch(() => [])
  await Promise.all(registrations.map(({ active }) => active && stop(active)))
}

async function unregister(): Promise<void> {
  for (const scope of SCOPES) await (await navigator.serviceWorker.getRegistration(scope))?.unregister()
}

// Without the worker the page still works, and still keeps its edits; only a reload needs the network.
const quietly = (act: Promise<void>) => act.catch(() => {})

/**
 * Asks the worker to keep the page one is on, so that it opens again without a connection: now, and once more
 * when everything that it may need has been fetched.
 * @param wanted false while developing: files there do not change their names with their content.
 * @returns how to leave out the second time.
 */
export function keepPage(volunteerId: string, wanted: boolean): () => void {
  // Absent in private windows of some browsers, and over plain http on another machine.
  if (!('serviceWorker' in navigator)) return () => {}
  if (!wanted) {
    void quietly(unregister())
    return () => {}
  }
  const path = location.pathname
  void quietly(keepNow(volunteerId))
  const timer = setTimeout(() => {
    if (location.pathname === path) void quietly(keepNow(volunteerId))
  }, LATER_MS)
  return () => clearTimeout(timer)
}
