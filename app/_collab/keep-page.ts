/** The worker’s address and the pages it may answer for. */
const WORKER = '/offline.js'
const SCOPE = '/drafts'

const filesOfThisPage = (): readonly string[] =>
  performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name))
    .filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith('/_next/static/'))
    .map(({ pathname }) => pathname)

/** Parts that come with their first use are fetched ahead by then (app/_ui/on-demand.ts). Milliseconds. */
const LATER_MS = 9_000

async function keepNow(volunteerId: string): Promise<void> {
  const registration = await navigator.serviceWorker.register(WORKER, { scope: SCOPE })
  const worker = registration.active ?? (await navigator.serviceWorker.ready).active
  worker?.postMessage({ type: 'keep', volunteerId, path: location.pathname, files: filesOfThisPage() })
}

async function unregister(): Promise<void> {
  await (await navigator.serviceWorker.getRegistration(SCOPE))?.unregister()
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
