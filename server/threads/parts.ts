import type { SlotId, VolunteerId } from '#lib/domain/ids.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import type { ThreadSubject } from '#lib/protocol/threads.ts'
import type { Database, Transaction } from '#server/db/database.ts'
import type { EventPort } from '#server/events/port.ts'
import type { Notify } from '#server/inbox/port.ts'
import { shareDraft, type ThreadRow } from './store.ts'
import { subjectOf } from './views.ts'

/** What the threads are given by the rest of the process. */
export type Parts = {
  readonly database: Database
  readonly events: Pick<EventPort, 'publish'>
  readonly notify: Notify
  /** Whether the calendar has, or had, this slot. */
  readonly slotExists: (actor: Actor, id: SlotId) => Promise<boolean>
}

/** What rights are decided from. */
export type Place = { readonly archived: boolean; readonly owner: VolunteerId | null }

/** @returns null where the draft is not there; a slot is looked up before, and its threads outlive it */
export async function placeOf(tx: Transaction, subject: ThreadSubject): Promise<Place | null> {
  if (subject.kind === 'slot') return { archived: false, owner: null }
  const draft = await shareDraft(tx, subject.id)
  return draft && { archived: draft.archived, owner: draft.createdBy }
}

export const placeOfThread = (tx: Transaction, thread: ThreadRow) => placeOf(tx, subjectOf(thread))
