import * as Y from 'yjs'
import { openLedgerLine } from './ledger-line.ts'
import {
  forgetCopy,
  forgetOthers,
  onForget,
  readCopy,
  readKept,
  storeName,
  writeCopy,
  writeKept,
} from './local-store.ts'
import type { RoomDocument } from './room-document.ts'
import { UpdateStore } from './update-store.ts'

/** What an earlier visit left in this browser. */
type Arrival = {
  /** The copy was in step with the server once: it may be shown before the server answers. */
  readonly trusted: boolean
  readonly edits: number
  readonly durableAt: number | null
}

export type LocalCopyHandle = {
  /** Resolves once what this browser kept is in the document; null where the browser keeps nothing. */
  readonly arrival: Promise<Arrival | null>
  /** Keeps the count of what waits; soon, or at once where more waits than the ledger knows of. */
  remember(edits: number, durableAt: number | null): void
  /** The document is in step with the server: from now on its copy may be shown without it. */
  markSynced(): void
  /** Deletes the copy and everything that waits in it. */
  forget(): Promise<void>
  close(): Promise<void>
}

export type LocalCopyPorts = {
  /** Number of own updates so far. */
  readonly version: () => number
  /** Own updates up to this version are stored. */
  readonly stored: (version: number) => void
  /** Storing fails, or works again. */
  readonly keeps: (keeps: boolean) => void
}

/** Origin of what is read from the copy: it is not written there again. */
const FROM_COPY = { readFrom: 'the copy in this browser' }

const applyAll = (doc: Y.Doc, updates: readonly Uint8Array[]) =>
  Y.transact(
    doc,
    () => {
      for (const update of updates) Y.applyUpdate(doc, update, FROM_COPY)
    },
    FROM_COPY,
    false,
  )

/** Through a document of its own, which lets go of the text that was deleted since. */
function merge(updates: readonly Uint8Array[]): Uint8Array {
  const doc = new Y.Doc()
  applyAll(doc, updates)
  const whole = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return whole
}

const storeOf = (name: string, doc: Y.Doc, ports: LocalCopyPorts) =>
  new UpdateStore(name, {
    merge,
    whole: () => Y.encodeStateAsUpdate(doc),
    mark: ports.version,
    onStored: ports.stored,
    onFailing: (failing) => ports.keeps(!failing),
  })

/** Keeps a document in this browser, in a database of this volunteer’s own. */
export function openLocalCopy(
  doc: Y.Doc,
  volunteerId: string,
  { name, schemaVersion }: RoomDocument,
  ports: LocalCopyPorts,
): LocalCopyHandle {
  const store = storeName(volunteerId, name)
  const key = `${store}#${doc.clientID}`
  const updates = storeOf(store, doc, ports)
  let adopted: readonly string[] = []
  let closed = false

  const keep = (update: Uint8Array, origin: unknown) => {
    if (origin !== FROM_COPY) updates.append(update)
  }
  doc.on('update', keep)

  const close = async () => {
    closed = true
    stopListening()
    doc.off('update', keep)
    await ledger.close()
    // Letters that were typed before the database was open are stored even then.
    await arrival
    await updates.close()
  }
  const stopListening = onForget(close)
  const ledger = openLedgerLine(async (edits, durableAt) => {
    // What earlier visits left is counted in `edits` from the moment it was adopted.
    const counted = adopted
    adopted = []
    await writeKept({ key, store, edits, durableAt }, counted)
  })

  const load = async (): Promise<Arrival | null> => {
    const [copy, kept] = await Promise.all([readCopy(store), readKept(store)])
    const edits = kept.reduce((sum, record) => sum + record.edits, 0)
    const outdated = copy !== null && copy.schema !== schemaVersion
    // An older shape is not worth keeping, except for edits that exist nowhere else.
    if (outdated && edits === 0) await forgetCopy(store)
    applyAll(doc, await updates.open())
    // Who left already takes nothing over: the edits stay counted as they were.
    if (closed) return null
    adopted = kept.map((record) => record.key)
    const durable = kept.flatMap((record) => record.durableAt ?? [])
    return {
      trusted: copy !== null && !(outdated && edits === 0),
      edits,
      durableAt: durable.length > 0 ? Math.max(...durable) : null,
    }
  }
  const nothing = async () => {
    doc.off('update', keep)
    await updates.close()
    return null
  }
  const arrival = load().catch(nothing)

  return {
    arrival,
    remember: ledger.remember,
    markSynced() {
      void arrival
        .then(async (found) => {
          // The other way round, a copy could be shown whose text did not come to be stored.
          if (!found || closed || !(await updates.flushed())) return
          await writeCopy({ store, volunteerId, schema: schemaVersion, syncedAt: Date.now() })
          await forgetOthers(volunteerId)
        })
        .catch(() => {})
    },
    async forget() {
      await close()
      await forgetCopy(store)
    },
    close,
  }
}
