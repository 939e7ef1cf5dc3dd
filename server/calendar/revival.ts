import type * as Y from 'yjs'
import { fillSlot, removePlace } from '#lib/documents/calendar/archive-edits.ts'
import { setFields, slotIn } from '#lib/documents/calendar/edits.ts'
import { readTime } from '#lib/documents/calendar/fields.ts'
import { disturbs, holdsOf, isHeld } from '#lib/documents/calendar/locks.ts'
import { lockEntries } from '#lib/documents/calendar/shape.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import type { SlotId } from '#lib/domain/ids.ts'
import { type Actor, can } from '#lib/domain/permissions.ts'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import { inRoom } from './in-room.ts'
import type { CalendarParts } from './parts.ts'
import { deleteArchived, findSlot } from './store.ts'
import type { CalendarRefusal } from './types.ts'

type Revived = Result<void, CalendarRefusal | 'locked'>

/** Puts an archived slot back; one that came back meanwhile is moved where it is. */
export async function revive(
  { database, hold }: CalendarParts,
  actor: Actor,
  id: SlotId,
  change: Pick<Slot, 'time'> | null,
): Promise<Revived> {
  if (!can(actor, 'slot.edit', null)) return fail('forbidden')
  if (change && !readTime(change.time)) throw new Error('A slot was to be revived at no time at all.')
  const row = await findSlot(database.orm, id)
  const decided = (doc: Y.Doc): Result<Slot, CalendarRefusal | 'locked'> => {
    const slot = slotIn(doc, id) ?? row?.slot
    if (!slot) return fail('missing')
    return change && !mayMove(doc, actor, slot, { ...slot, ...change }) ? fail('locked') : ok(slot)
  }
  // What the archive has of it is put back by the server, so that edits that come late win over it; the move is
  // the actor's.
  const back = await inRoom(hold, null, (doc): Revived => {
    const slot = decided(doc)
    if (!slot.ok) return slot
    fillSlot(doc, slot.value)
    return ok(undefined)
  })
  if (!back.ok || !change) return back
  return inRoom(hold, actor.volunteerId, (doc): Revived => {
    const slot = decided(doc)
    if (!slot.ok) return slot
    return setFields(doc, id, { time: change.time }) ? ok(undefined) : fail('missing')
  })
}

function mayMove(doc: Y.Doc, actor: Actor, slot: Slot, moved: Slot): boolean {
  const holds = holdsOf(lockEntries(doc))
  return can(actor, 'slot.move', { locked: holds.slots.has(slot.id) || disturbs(holds, slot, moved) })
}

/** The place goes first: were this the last step of the process, the archive would still have the slot. */
export async function removeArchived(
  { database, events, hold }: CalendarParts,
  actor: Actor,
  id: SlotId,
): Promise<Result<void, CalendarRefusal>> {
  const row = await findSlot(database.orm, id)
  if (!row?.archived) return fail('missing')
  const { slot } = row
  const left = await inRoom(hold, actor.volunteerId, (doc): Result<void, CalendarRefusal> => {
    if (slotIn(doc, id)) return fail('missing')
    const locked = isHeld(holdsOf(lockEntries(doc)), slot)
    if (!can(actor, 'slot.delete', { locked, createdBy: slot.createdBy })) return fail('forbidden')
    removePlace(doc, id)
    return ok(undefined)
  })
  if (!left.ok) return left
  if (!(await deleteArchived(database.orm, id))) return fail('missing')
  await events.publish({ type: 'calendar.changed' })
  return ok(undefined)
}
