import { slotIn } from '#lib/documents/calendar/edits.ts'
import { type LockTarget, lockKey } from '#lib/documents/calendar/locks.ts'
import { locksOf } from '#lib/documents/calendar/shape.ts'
import { LIMITS } from '#lib/domain/calendar/slot.ts'
import { type Actor, can } from '#lib/domain/permissions.ts'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import { inRoom } from './in-room.ts'
import type { CalendarParts } from './parts.ts'
import { findSlot } from './store.ts'
import type { CalendarRefusal } from './types.ts'

/** Holds a slot or a day. Who did it, when and why is in the document, for everybody to see. */
export async function lock(
  { database, hold, now }: CalendarParts,
  actor: Actor,
  target: LockTarget,
  reason: string,
): Promise<Result<void, CalendarRefusal>> {
  if (!can(actor, 'calendar.lock', null)) return fail('forbidden')
  const row = target.type === 'slot' ? await findSlot(database.orm, target.slot) : null
  return inRoom(hold, actor.volunteerId, (doc): Result<void, CalendarRefusal> => {
    // A slot that was planned a moment ago has no row yet.
    if (target.type === 'slot' && !row && !slotIn(doc, target.slot)) return fail('missing')
    const why = reason.trim().slice(0, LIMITS.title)
    locksOf(doc).set(lockKey(target), { by: actor.volunteerId, at: now().toISOString(), reason: why })
    return ok(undefined)
  })
}

export async function unlock(
  { hold }: CalendarParts,
  actor: Actor,
  target: LockTarget,
): Promise<Result<void, CalendarRefusal>> {
  if (!can(actor, 'calendar.lock', null)) return fail('forbidden')
  return inRoom(hold, actor.volunteerId, (doc): Result<void, CalendarRefusal> => {
    locksOf(doc).delete(lockKey(target))
    return ok(undefined)
  })
}
