import * as Y from 'yjs'
import { type CloseName, closeName } from '#lib/protocol/close-codes.ts'
import type { PersonHere } from '#lib/protocol/newsroom-events.ts'
import { type Cell, cell } from './cell.ts'
import { type Connection, openConnection } from './connection.ts'
import { guardLeaving } from './leave-guard.ts'
import { openLocalCopy } from './local-copy.ts'
import type { QuietAwareness } from './quiet-awareness.ts'
import type { RoomDocument } from './room-document.ts'
import { driveSaved } from './saved-driver.ts'
import type { SavedView } from './saved-state.ts'

type RoomStatus = {
  /** There is a text to show: the server’s, or a copy that was once in step with it. Never an empty stand-in. */
  readonly loaded: boolean
  /** The server has answered during this visit. */
  readonly met: boolean
  /** Why the server closed for good; null while the room is open or reconnects by itself. */
  readonly closed: CloseName | null
  /** Why the last attempt failed, while it is tried again. */
  readonly trouble: CloseName | null
  /** This browser can keep edits for later; null until that is known. */
  readonly keeps: boolean | null
}

export type Room = {
  readonly doc: Y.Doc
  readonly awareness: QuietAwareness
  readonly status: Cell<RoomStatus>
  readonly saved: Cell<SavedView>
  /**
   * Calls back before changes by others enter the document: an editor reads its own pending ones first, or a
   * caret that was just moved would be put back.
   * @returns how to stop that
   */
  onBeforeOthers(listener: () => void): () => void
  /** The person here pressed a key: others wait until it is on the screen. */
  noteOwnKey(): void
  /** How many modifications exist in this browser only, as far as is known. */
  unsent(): number
  /** What the server says this volunteer may do now; ends a doubt. */
  setAccess(access: 'write' | 'read'): void
  /** Tries again after a final close, or at once instead of waiting for the next attempt. */
  reconnect(): void
  /** Deletes this browser’s copy, with edits that were not sent. */
  forget(): Promise<void>
  close(): void
}

export type RoomOptions = {
  readonly document: RoomDocument
  readonly person: PersonHere
  readonly access: 'write' | 'read'
  /** Rights may have changed: the page should ask what they are now. */
  readonly onAccessChanged: () => void
  /** The server took what was written here and put right what this volunteer may not do. */
  readonly onCorrected?: () => void
}

const FIRST: RoomStatus = { loaded: false, met: false, closed: null, trouble: null, keeps: null }

/** Opens a document: its connection, its copy in this browser, and what is known to be saved. */
export function openRoom(options: RoomOptions): Room {
  const doc = new Y.Doc()
  const status = cell(FIRST)
  const update = (change: Partial<RoomStatus>) => status.set({ ...status.get(), ...change })
  const local = openLocalCopy(doc, options.person.volunteerId, options.document, {
    version: () => saved.version(),
    stored: (version) => saved.dispatch({ type: 'stored', version }),
    keeps: (keeps) => {
      saved.dispatch({ type: 'keeps', keeps })
      update({ keeps })
    },
  })
  let access = options.access
  let exchanged = false
  let connection: Connection | null = null
  const beforeOthers = new Set<() => void>()

  const saved = driveSaved({
    sendBarrier: (n) => connection?.sendBarrier(n) ?? false,
    remember: local.remember,
  })
  const unguard = guardLeaving(saved.atRisk)
  let doubted = false
  const doubt = () => {
    doubted = true
    saved.dispatch({ type: 'rights', rights: 'doubted' })
    options.onAccessChanged()
  }
  if (access === 'read') saved.dispatch({ type: 'rights', rights: 'refused' })
  const up = () => {
    // Only after our half of the exchange was sent does a barrier speak for edits made while away.
    if (!connection?.provider.synced || (!exchanged && access === 'write')) return
    saved.dispatch({ type: 'up', at: Date.now() })
  }

  connection = openConnection(doc, options.document, options.person.volunteerId, {
    exchanged() {
      exchanged = true
      up()
    },
    durable: (n) => saved.dispatch({ type: 'durable', n, at: Date.now() }),
    storage: (behind) => saved.dispatch({ type: 'storage', behind }),
    beforeOthers() {
      for (const listener of beforeOthers) listener()
    },
    refused() {
      saved.dispatch({ type: 'rights', rights: 'refused' })
      options.onAccessChanged()
    },
    corrected: () => options.onCorrected?.(),
  })
  const { provider, awareness, noteOwnKey } = connection

  doc.on('update', (_bytes: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
    if (!transaction.local) return
    noteOwnKey()
    saved.dispatch({ type: 'edit', at: Date.now() })
  })

  provider.on('sync', (synced: boolean) => {
    if (!synced) return
    if (!status.get().met) local.markSynced()
    update({ loaded: true, met: true, closed: null, trouble: null })
    // The question may have been lost with the connection.
    if (doubted) options.onAccessChanged()
    up()
  })
  provider.on('connection-close', (event: CloseEvent | null) => {
    exchanged = false
    const reason = event ? closeName(event.code) : null
    const comesBack = navigator.onLine && (reason === null || reason === 'goingAway')
    saved.dispatch(comesBack ? { type: 'parted', at: Date.now() } : { type: 'down' })
    update({ trouble: reason })
    if (reason === 'accessChanged') doubt()
  })
  provider.on('closed', ({ code }: { code: number }) => {
    update({ closed: closeName(code) ?? 'badMessage', trouble: null })
  })

  void local.arrival.then((arrival) => {
    update({ keeps: arrival !== null })
    if (!arrival) return
    saved.dispatch({ type: 'adopted', edits: arrival.edits, durableAt: arrival.durableAt, at: Date.now() })
    if (arrival.trusted) update({ loaded: true })
  })

  const reconnect = () => {
    update({ closed: null })
    provider.disconnect()
    provider.wsUnsuccessfulReconnects = 0
    provider.connect()
  }
  // The browser noticed a change of network. An open socket may be dead without knowing it, and a dead one
  // may have come back: in both cases a new attempt tells the truth sooner than waiting.
  const onNetwork = () => {
    if (!navigator.onLine) saved.dispatch({ type: 'down' })
    if (status.get().closed === null) reconnect()
  }
  addEventListener('online', onNetwork)
  addEventListener('offline', onNetwork)
  provider.connect()

  return {
    doc,
    awareness,
    status,
    saved: saved.view,
    unsent: saved.stored,
    noteOwnKey,
    onBeforeOthers(listener) {
      beforeOthers.add(listener)
      return () => beforeOthers.delete(listener)
    },
    setAccess(next) {
      access = next
      doubted = false
      saved.dispatch({ type: 'rights', rights: next === 'write' ? 'known' : 'refused' })
    },
    reconnect,
    forget: local.forget,
    close() {
      removeEventListener('online', onNetwork)
      removeEventListener('offline', onNetwork)
      unguard()
      saved.close()
      connection.close()
      void local.close().finally(() => doc.destroy())
    },
  }
}
