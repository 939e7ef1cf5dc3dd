import type * as Y from 'yjs'
import type { Guard, Settled } from '#lib/documents/define.ts'
import type { LogEntry } from '../log/update-log.ts'
import { additionsOf, applyAll, dropPending } from './document-state.ts'
import type { Seat } from './seat.ts'

/** What a guard put right of an update, for its sender. `refused`: the update wanted what it may not. */
type Correction = { readonly update: Uint8Array; readonly refused: boolean }

/** `sender`: who has the text already, but for `correction`; null for the server. */
export type RoomEntry = LogEntry & { readonly sender: Seat | null; readonly correction: Correction | null }

/** `partly`: what waits for something missing was left out. `broken`: the document in memory cannot be trusted. */
export type Taken = 'taken' | 'partly' | 'broken'

/** An update that a socket sent, with whom it is credited to. */
export type FromSocket = Omit<LogEntry, 'document'> & { readonly sender: Seat }

/** `taken`: what of it the document took; null where that is nothing. `left`: something of it waited, and was dropped. */
type Judged = {
  readonly taken: Uint8Array | null
  readonly left: boolean
  readonly correction: Correction | null
}

/**
 * Applies an update to a guarded document and puts right what may not be (R11). What such a document takes is what
 * Yjs integrated, and nothing that waits: somebody else's update would let it in later, and it would be judged by that
 * one's rights.
 */
export function judge(doc: Y.Doc, guard: Guard, { data, sender }: FromSocket, oneAct: boolean): Judged {
  const taken = additionsOf(doc, () => applyAll(doc, [data]))
  const left = dropPending(doc)
  let settled = 'untouched' as Settled
  const put = additionsOf(doc, () => {
    settled = guard.settle(sender.actor, oneAct)
  })
  return { taken, left, correction: put && { update: put, refused: settled === 'corrected' } }
}
