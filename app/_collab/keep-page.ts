/** The worker’s address and the pages it may answer for. */
const WORKER = '/offline.js'
const SCOPE = '/drafts'

const filesOfThisPage = (): readonly string[] =>
  performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name))
    .filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith('/_next/static/'))
    .map(({ pathname }) => pathname)

/**
 * Asks the worker to keep the page one is on, so that it opens again without a connection.
 * @param wanted false while developing: files there do not change their names with their content.
 */
export async function keepPage(volunteerId: string, wanted: boolean): Promise<void> {
  // Absent in private windows of some browsers, and over plain http on another machine.
  if (!('serviceWorker' in navigator)) return
  try {
    if (!wanted) {
      await (await navigator.serviceWorker.getRegistration(SCOPE))?.unregister()
      return
    }
    const registration = await navigator.serviceWorker.register(WORKER, { scope: SCOPE })
    const worker = registration.active ?? (await navigator.serviceWorker.ready).active
    worker?.postMessage({ type: 'keep', volunteerId, path: location.pathname, files: filesOfThisPage() })
  } catch {
    // Without it the page still works, and still keeps its edits; only a reload needs the network.
  }
}
