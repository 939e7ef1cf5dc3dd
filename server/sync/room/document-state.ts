import * as Y from 'yjs'
import type { StoredDocument } from '../log/update-log.ts'

type StoredUpdates = Pick<StoredDocument, 'snapshot' | 'updates'>

/** Marks what comes from the log or from a peer, so that no observer takes it for an edit of this process. */
const FROM_LOG = Symbol('log')

/** Applies updates in one transaction: observers and the clean-up of deleted text run once, not once a row. */
export function applyAll(doc: Y.Doc, updates: readonly Uint8Array[]): void {
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update, FROM_LOG)
  }, FROM_LOG)
}

/** All that was stored of a document, or of a part of it, in the order in which it has to be applied. */
export const storedUpdates = ({ snapshot, updates }: StoredUpdates): readonly Uint8Array[] =>
  snapshot ? [snapshot, ...updates] : updates

/** Neither structs nor deletions. */
export const isEmptyUpdate = (update: Uint8Array): boolean =>
  update.length === 2 && update[0] === 0 && update[1] === 0

/** Whether some update waits for one that it builds on. Yjs keeps such updates beside the document. */
export const hasPending = (doc: Y.Doc): boolean =>
  doc.store.pendingStructs !== null || doc.store.pendingDs !== null

/** Lets go of updates that wait for what they build on. @returns whether there were any */
export function dropPending(doc: Y.Doc): boolean {
  const pending = hasPending(doc)
  doc.store.pendingStructs = null
  doc.store.pendingDs = null
  return pending
}

/**
 * @returns what `change` adds to the document, and nothing else; null where that is nothing. (A difference
 * of states would not do: Yjs puts every deletion of the document into it, committed or not.)
 */
export function additionsOf(doc: Y.Doc, change: () => void): Uint8Array | null {
  const updates: Uint8Array[] = []
  const collect = (update: Uint8Array) => updates.push(update)
  doc.on('update', collect)
  try {
    change()
  } finally {
    doc.off('update', collect)
  }
  return updates.length === 0 ? null : Y.mergeUpdates(updates)
}

/**
 * Makes a change beside the document and returns it as an update, so that it can be committed before
 * anybody sees it.
 * @returns null where `change` changed nothing
 */
export function changeBeside(doc: Y.Doc, change: (copy: Y.Doc) => void): Uint8Array | null {
  const copy = new Y.Doc()
  applyAll(copy, [Y.encodeStateAsUpdate(doc)])
  const update = additionsOf(copy, () => copy.transact(() => change(copy)))
  copy.destroy()
  return update
}
