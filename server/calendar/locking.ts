import type * as Y from 'yjs'
import { slotIn } from '#lib/documents/calendar/edits.ts'
import { type LockTarget, lockKey } from '#lib/documents/calendar/locks.ts'
import { locksOf } from '#lib/documents/calendar/shape.ts'
import { CALENDAR } from '#lib/documents/registry.ts'
import { LIMITS } from '#lib/domain/calendar/slot.ts'
import { type Actor, can } from '#lib/domain/permissions.ts'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import { type Decision, record } from '#server/audit/record.ts'
import { allOrNothing } from '#server/volunteers/all-or-nothing.ts'
import { inRoom } from './in-room.ts'
import type { CalendarParts } from './parts.ts'
import { findSlot } from './store.ts'
import type { CalendarRefusal } from './types.ts'

/** Holds a slot or a day. Who did it, when and why is in the document, for everybody to see. */
export async function lock(
  parts: CalendarParts,
  actor: Actor,
  target: LockTarget,
  reason: string,
): Promise<Result<void, CalendarRefusal>> {
  if (!can(actor, 'calendar.lock', null)) return fail('forbidden')
  const row = await rowOf(parts, target)
  const why = reason.trim().slice(0, LIMITS.title)
  const detail = { ...aboutOf(target, row?.slot.title), reason: why }
  return writtenDown(parts, actor, { action: 'calendar.locked', detail }, (doc): Result<void, 'missing'> => {
    // A slot that was planned a moment ago has no row yet.
    if (target.type === 'slot' && !row && !slotIn(doc, target.slot)) return fail('missing')
    const at = parts.now().toISOString()
    locksOf(doc).set(lockKey(target), { by: actor.volunteerId, at, reason: why })
    return ok(undefined)
  })
}

export async function unlock(
  parts: CalendarParts,
  actor: Actor,
  target: LockTarget,
): Promise<Result<void, CalendarRefusal>> {
  if (!can(actor, 'calendar.lock', null)) return fail('forbidden')
  const detail = aboutOf(target, (await rowOf(parts, target))?.slot.title)
  const outcome = await writtenDown(parts, actor, { action: 'calendar.unlocked', detail }, (doc) => {
    if (!locksOf(doc).has(lockKey(target))) return fail('free' as const)
    locksOf(doc).delete(lockKey(target))
    return ok(undefined)
  })
  if (outcome.ok) return outcome
  return outcome.error === 'free' ? ok(undefined) : fail(outcome.error)
}

const rowOf = async ({ database }: CalendarParts, target: LockTarget) =>
  target.type === 'slot' ? findSlot(database.orm, target.slot) : null

const aboutOf = (target: LockTarget, title = '') =>
  target.type === 'slot' ? { slotId: target.slot, title } : { day: target.day }

/**
 * A change of the room whose line is committed right after it, or not at all where it is refused. Between the two
 * commits the process may end: the document still says who locked what, and when.
 */
async function writtenDown<E>(
  { database, hold }: CalendarParts,
  actor: Actor,
  decision: Pick<Decision, 'action' | 'detail'>,
  change: (doc: Y.Doc) => Result<void, E>,
): Promise<Result<void, E | 'unavailable'>> {
  // The room is read before the transaction begins: it must not wait for a connection while this one holds it.
  const held = hold ? await hold(CALENDAR.name) : null
  if (!held?.ok) return fail('unavailable')
  try {
    type Outcome = Result<void, E | 'unavailable'>
    const settled = await allOrNothing<Outcome, E | 'unavailable'>(database.orm, async (tx) => {
      await record(tx, { by: actor.volunteerId, ...decision })
      const outcome = await inRoom(hold, actor.volunteerId, change)
      // Not known to be committed, though it may be yet: one line too many is less wrong than one too few.
      return outcome.ok || outcome.error === 'unavailable' ? ok(outcome) : outcome
    })
    return settled.ok ? settled.value : settled
  } finally {
    held.value.release()
  }
}
