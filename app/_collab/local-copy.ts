import { IndexeddbPersistence, storeState } from 'y-indexeddb'
import type * as Y from 'yjs'
import { openLedgerLine } from './ledger-line.ts'
import {
  dropKept,
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

/** Keeps a document in this browser, in a database of this volunteer’s own. */
export function openLocalCopy(doc: Y.Doc, volunteerId: string, document: RoomDocument): LocalCopyHandle {
  const { name, schemaVersion } = document
  const store = storeName(volunteerId, name)
  const key = `${store}#${doc.clientID}`
  let persistence: IndexeddbPersistence | null = null
  let adopted: readonly string[] = []
  let closed = false

  const close = async () => {
    closed = true
    stopListening()
    await ledger.close()
    await persistence?.destroy()
    persistence = null
  }
  const stopListening = onForget(close)
  const ledger = openLedgerLine(async (edits, durableAt) => {
    // What earlier visits left is counted in `edits` from the moment it was adopted.
    const drop = adopted
    adopted = []
    await Promise.all([writeKept({ key, store, edits, durableAt }), dropKept(drop)])
  })

  const load = async (): Promise<Arrival | null> => {
    // The ledger first: where it cannot be opened neither can the copy, and y-indexeddb would wait for ever.
    const [copy, kept] = await Promise.all([readCopy(store), readKept(store)])
    const edits = kept.reduce((sum, record) => sum + record.edits, 0)
    const outdated = copy !== null && copy.schema !== schemaVersion
    // An older shape is not worth keeping, except for edits that exist nowhere else.
    if (outdated && edits === 0) await forgetCopy(store)
    if (closed) return null
    persistence = new IndexeddbPersistence(store, doc)
    await persistence.whenSynced
    adopted = kept.map((record) => record.key)
    const durable = kept.flatMap((record) => record.durableAt ?? [])
    return {
      trusted: copy !== null && !(outdated && edits === 0),
      edits,
      durableAt: durable.length > 0 ? Math.max(...durable) : null,
    }
  }
  const arrival = typeof indexedDB === 'undefined' ? Promise.resolve(null) : load().catch(() => null)

  return {
    arrival,
    remember: ledger.remember,
    markSynced() {
      void arrival
        .then(async (found) => {
          if (!found || closed || !persistence) return
          await writeCopy({ store, volunteerId, schema: schemaVersion, syncedAt: Date.now() })
          // Every visit adds the whole state; fold what has piled up into one.
          await storeState(persistence)
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
