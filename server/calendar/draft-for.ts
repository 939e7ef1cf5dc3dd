import { setFields, slotIn } from '#lib/documents/calendar/edits.ts'
import type { DraftId, SlotId } from '#lib/domain/ids.ts'
import { type Actor, can } from '#lib/domain/permissions.ts'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import { inRoom } from './in-room.ts'
import type { CalendarParts } from './parts.ts'
import { findSlot } from './store.ts'
import type { CalendarRefusal } from './types.ts'

type DraftFor = (actor: Actor, id: SlotId) => Promise<Result<DraftId, CalendarRefusal>>

/**
 * Finds or begins the draft of a slot. Those who ask for one slot take turns, so that the second finds what the
 * first has begun; one process has the rooms, so turns within it are enough.
 */
export function draftFinder(parts: CalendarParts): DraftFor {
  const turns = new Map<SlotId, Promise<unknown>>()
  return (actor, id) => {
    const before = turns.get(id) ?? Promise.resolve()
    const mine = before.then(() => findOrBegin(parts, actor, id))
    const turn = mine.catch(() => {}).then(() => void (turns.get(id) === turn && turns.delete(id)))
    turns.set(id, turn)
    return mine
  }
}

async function findOrBegin(
  parts: CalendarParts,
  actor: Actor,
  id: SlotId,
): Promise<Result<DraftId, CalendarRefusal>> {
  const { hold, drafts } = parts
  const planned = await inRoom(hold, null, (doc) => ok(slotIn(doc, id)))
  if (!planned.ok) return planned
  const slot = planned.value ?? (await findSlot(parts.database.orm, id))?.slot
  if (!slot) return fail('missing')
  const existing = await readable(parts, actor, slot.draft)
  if (existing) return ok(existing)
  if (!can(actor, 'slot.edit', null)) return fail('forbidden')
  // In the archive nothing is begun any more.
  if (!planned.value) return fail('missing')
  const begun = await drafts.create(actor, { title: slot.title })
  if (!begun.ok) return begun
  const linked = await inRoom(hold, actor.volunteerId, (doc): Result<DraftId, CalendarRefusal> => {
    const now = slotIn(doc, id)
    if (!now) return fail('missing')
    if (now.draft !== slot.draft && now.draft !== null) return ok(now.draft)
    setFields(doc, id, { draft: begun.value })
    return ok(begun.value)
  })
  // Somebody planned another draft here, or the slot went away: the new one has no word in it yet.
  if (linked.ok ? linked.value !== begun.value : linked.error === 'missing') {
    await drafts.archive(actor, begun.value)
  }
  return linked
}

/** The slot may name a draft that never was: a raw socket can write any id. */
async function readable({ drafts }: CalendarParts, actor: Actor, draft: DraftId | null) {
  if (draft === null) return null
  const [face] = await drafts.faces(actor, [draft])
  return face ? draft : null
}
