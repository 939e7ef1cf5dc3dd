import * as Y from 'yjs'
import type { VolunteerId } from '#lib/domain/ids.ts'
import { additionsOf } from './document-state.ts'

/** The server’s own client ids are below this: one in 16,384 of those that clients draw is, too. */
const LOW_IDS = 2 ** 18

/** Under which Yjs client id the server writes in one document: one for each volunteer, and one for itself. */
export class Hands {
  readonly #clients = new Map<VolunteerId | null, number>()

  /** @returns what `write` adds to the document, as an update; null where that is nothing */
  writeAs(doc: Y.Doc, author: VolunteerId | null, write: () => void): Uint8Array | null {
    const own = doc.clientID
    const hand = this.#clients.get(author) ?? (author === null ? lowHand(doc) : new Y.Doc().clientID)
    this.#clients.set(author, hand)
    doc.clientID = hand
    try {
      return additionsOf(doc, () => doc.transact(write))
    } finally {
      doc.clientID = own
    }
  }
}

/**
 * A Yjs client id for the server’s own writes. Where two wrote the same at once, the higher id wins, and those of
 * clients are any number of 32 bits: what the server puts back as it was gives way to edits that come late (R12).
 */
function lowHand(doc: Y.Doc): number {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const id = 1 + Math.floor(Math.random() * LOW_IDS)
    if (!doc.store.clients.has(id)) return id
  }
  return new Y.Doc().clientID
}
