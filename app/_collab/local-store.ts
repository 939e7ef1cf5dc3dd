import { openDatabase, settled, write } from './browser-database.ts'
import { stopKeeping } from './keep-page.ts'

/**
 * What this browser keeps so that nothing typed without a connection is lost, and how it forgets it.
 * Each open document has an IndexedDB database of its own (update-store.ts); one small ledger beside them
 * says whose they are, when they were last in step with the server, and how many edits wait in them.
 * Loaded by every page of the newsroom (to sign out): it must not import Yjs.
 */

const PREFIX = 'pupitre:'
const LEDGER = `${PREFIX}ledger`
/** Caches of public/offline.js: pages of one volunteer, and files that are anybody’s. */
const CACHE_PREFIX = 'pupitre-'
const PAGES_PREFIX = 'pupitre-pages-'
const CHANNEL = 'pupitre:local'

/** Named by volunteer and document: two people who share a browser never share a copy. */
export const storeName = (volunteerId: string, documentName: string): string =>
  `${PREFIX}${volunteerId}/${documentName}`

/** Written once a document was in step with the server; without it a local copy is never shown. */
export type LocalCopy = {
  readonly store: string
  readonly volunteerId: string
  readonly schema: number
  readonly syncedAt: number
}

/** Edits of one visit that the server has not confirmed. */
export type KeptRecord = {
  /** Store name and Yjs client: two tabs on one document count for themselves. */
  readonly key: string
  readonly store: string
  readonly edits: number
  readonly durableAt: number | null
}

/** Somebody signed out in this browser: what this page still had under way is written down no more. */
let left = false

let opening: Promise<IDBDatabase> | null = null

async function openLedger(): Promise<IDBDatabase> {
  // Opening makes it where there is none: to look into what has been forgotten would bring it back.
  if (left && !(await storeNames()).includes(LEDGER)) throw new Error('whoever this was for has signed out')
  const forget = () => {
    opening = null
  }
  const make = (database: IDBDatabase) => {
    database.createObjectStore('copies', { keyPath: 'store' })
    database.createObjectStore('kept', { keyPath: 'key' })
  }
  if (!opening) {
    opening = openDatabase(LEDGER, make, forget)
    opening.catch(forget)
  }
  return opening
}

async function readAll<T>(table: 'copies' | 'kept'): Promise<readonly T[]> {
  const transaction = (await openLedger()).transaction(table, 'readonly')
  const request: IDBRequest<T[]> = transaction.objectStore(table).getAll()
  await settled(transaction)
  return request.result
}

const readCopies = () => readAll<LocalCopy>('copies')
const readAllKept = () => readAll<KeptRecord>('kept')

export async function readCopy(store: string): Promise<LocalCopy | null> {
  return (await readCopies()).find((copy) => copy.store === store) ?? null
}

export async function writeCopy(copy: LocalCopy): Promise<void> {
  if (left) return
  await write(await openLedger(), 'copies', (copies) => copies.put(copy))
}

export async function readKept(store: string): Promise<readonly KeptRecord[]> {
  return (await readAllKept()).filter((record) => record.store === store)
}

/**
 * Writes one record, in the place of others: all or nothing, or edits that wait would be forgotten. A record without
 * edits is removed.
 */
export async function writeKept(record: KeptRecord, others: readonly string[]): Promise<void> {
  if (left) return
  await write(await openLedger(), 'kept', (kept) => {
    for (const key of others) kept.delete(key)
    if (record.edits > 0) kept.put(record)
    else kept.delete(record.key)
  })
}

const counters = new Set<() => Promise<void>>()

/** Called before edits are counted: an open document writes its line of the ledger, which may be seconds late. */
export function onCount(listener: () => Promise<void>): () => void {
  counters.add(listener)
  return () => counters.delete(listener)
}

const isOf = (volunteerId: string, store: string) => store.startsWith(`${PREFIX}${volunteerId}/`)

/** How many modifications of this volunteer, in all documents, exist in this browser only. 0 where nothing can be kept. */
export async function unsentEdits(volunteerId: string): Promise<number> {
  try {
    await Promise.all([...counters].map((count) => count()))
    const records = await readAllKept()
    const mine = records.filter((record) => isOf(volunteerId, record.store))
    return mine.reduce((sum, record) => sum + record.edits, 0)
  } catch {
    return 0
  }
}

const forgetters = new Set<() => Promise<void>>()

/**
 * An open document closes its database when everything is forgotten: in this tab, or in another one. Whoever asks only
 * after that is called at once: nothing is to be opened any more.
 */
export function onForget(listener: () => Promise<void>): () => void {
  if (left) void listener()
  forgetters.add(listener)
  listenToOtherTabs()
  return () => forgetters.delete(listener)
}

let channel: BroadcastChannel | null = null
function listenToOtherTabs(): BroadcastChannel | null {
  if (channel || typeof BroadcastChannel === 'undefined') return channel
  channel = new BroadcastChannel(CHANNEL)
  channel.onmessage = () => void closeAll()
  return channel
}

function closeAll() {
  left = true
  return Promise.all([stopKeeping(), ...[...forgetters].map((forget) => forget())])
}

const deleteDatabase = (name: string): Promise<void> =>
  new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = () => resolve()
    request.onerror = () => resolve()
    // Still open in a tab that is on its way out: the browser deletes it as soon as that tab lets go.
    request.onblocked = () => resolve()
  })

async function storeNames(): Promise<readonly string[]> {
  const databases = await indexedDB.databases()
  return databases.flatMap(({ name }) => (name?.startsWith(PREFIX) ? [name] : []))
}

/** Deletes one document’s copy, with whatever was not sent: the caller has asked. */
export async function forgetCopy(store: string): Promise<void> {
  const records = await readKept(store)
  const ledger = await openLedger()
  await write(ledger, 'kept', (kept) => {
    for (const { key } of records) kept.delete(key)
  })
  await write(ledger, 'copies', (copies) => copies.delete(store))
  await deleteDatabase(store)
}

/** Documents in which somebody else's edits wait: theirs to lose, not of the one who signs out. */
async function waitingForOthers(volunteerId: string): Promise<ReadonlySet<string>> {
  const records = await readAllKept()
  return new Set(records.map(({ store }) => store).filter((store) => !isOf(volunteerId, store)))
}

async function forgetCaches(prefix: string): Promise<void> {
  // Absent over plain http on another machine; then nothing was kept either.
  if (typeof caches === 'undefined') return
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name.startsWith(prefix)).map((name) => caches.delete(name)))
}

/** Forgets the pages that were kept to be opened without a connection, whosever they are. */
export const forgetPages = (): Promise<void> =>
  stopKeeping()
    .then(() => forgetCaches(PAGES_PREFIX))
    .catch(() => {
      // A browser that refuses its caches shows nothing out of them either.
    })

/**
 * Signing out: forgets every page and every document that this browser kept, of whoever used it, but for those
 * with edits of others that exist nowhere else. Ask `unsentEdits` first: what was not sent is lost with it.
 */
export async function clearLocalCopies(volunteerId: string): Promise<void> {
  listenToOtherTabs()?.postMessage('forget')
  await closeAll()
  await forgetCaches(CACHE_PREFIX)
  if (typeof indexedDB === 'undefined') return
  const spared = await waitingForOthers(volunteerId).catch(() => new Set<string>())
  if (spared.size > 0) {
    const names = (await storeNames()).filter((name) => name !== LEDGER && !spared.has(name))
    await Promise.all(names.map(forgetCopy))
    return
  }
  if (opening) (await opening.catch(() => null))?.close()
  opening = null
  await Promise.all((await storeNames()).map(deleteDatabase))
}

/** Somebody signs in where another has been: that one’s copies go, but never edits that exist only here. */
export async function forgetOthers(volunteerId: string): Promise<void> {
  for (const copy of await readCopies()) {
    if (copy.volunteerId === volunteerId) continue
    if ((await readKept(copy.store)).length === 0) await forgetCopy(copy.store)
  }
}
