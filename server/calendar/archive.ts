import type * as Y from 'yjs'
import { emptySlot, fillSlot, removePlace, versionOf } from '#lib/documents/calendar/archive-edits.ts'
import { removeSlot, slotIn } from '#lib/documents/calendar/edits.ts'
import { sameValue } from '#lib/documents/calendar/fields.ts'
import { calendarKind, locksOf, slotsOf } from '#lib/documents/calendar/shape.ts'
import { isArchivable } from '#lib/domain/calendar/archive.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import { localDay } from '#lib/domain/calendar/zone.ts'
import type { SlotId } from '#lib/domain/ids.ts'
import type { Orm } from '#server/db/database.ts'
import type { HeldDocument } from '#server/sync/ports.ts'
import { readSettings } from './settings.ts'
import { findLongArchived, findStored, markArchived } from './store.ts'

/** Slots that leave the document in one step. */
const CHUNK = 200
/**
 * How long the place of an archived slot waits for edits that somebody made without a network; and how many wait at
 * most, for each is 200 bytes that every page loads.
 */
const PLACES_KEPT = { days: 90, most: 2000 }

type Leaving = { readonly slot: Slot; readonly version: string }

/**
 * Moves what is long over from the document to the archive, in steps that may each be the last one of this
 * process: a slot leaves the document only when its row was seen to say the same, and its row is then known to be
 * the archive’s by the empty place that it left. Everything is done again by the next call.
 *
 * Between the look and the leaving, the document says the same of the slot and nothing late is on its way to the
 * rows (`derive` waited for it): the row that was compared is the row that stays.
 */
export async function archivePast(orm: Orm, room: HeldDocument, now: Date): Promise<void> {
  const { zone } = await readSettings(orm)
  const today = localDay(now.getTime(), zone)
  const leaving: Leaving[] = []
  await room.edit(null, (doc) => {
    for (const slot of calendarKind.read(doc).slots) {
      if (isArchivable(slot, today, zone)) leaving.push({ slot, version: versionOf(doc, slot.id) })
    }
  })
  for (let from = 0; from < leaving.length; from += CHUNK) {
    if (!(await room.derive())) return
    const chunk = leaving.slice(from, from + CHUNK)
    const stored = await findStored(
      orm,
      chunk.map(({ slot }) => slot.id),
    )
    const safe = chunk.filter(({ slot }) => sameValue(stored.get(slot.id), slot))
    if (safe.length === 0) continue
    await markArchived(
      orm,
      safe.map(({ slot }) => slot.id),
    )
    const committed = await room.edit(null, (doc) => {
      for (const { slot, version } of safe) if (versionOf(doc, slot.id) === version) emptySlot(doc, slot.id)
    })
    if (!committed) return
  }
  // Also for slots that somebody changed a moment ago: their rows must not go on saying that they are archived.
  if (leaving.length > 0) await room.derive()
}

/** Brings back archived slots that somebody edited late, with everything else that the archive has of them. */
export async function completePartial(
  orm: Orm,
  room: HeldDocument,
  partial: readonly SlotId[],
): Promise<void> {
  const known = await findStored(orm, partial)
  await room.edit(null, (doc) => {
    const waiting = new Set(calendarKind.read(doc).partial)
    for (const id of partial) {
      const slot = known.get(id)
      if (!waiting.has(id)) continue
      if (slot) fillSlot(doc, slot)
      // It was removed from the archive for good.
      else removePlace(doc, id)
    }
  })
}

/** Removes slots that somebody planned under an id of the archive, which is somebody else’s there. */
export async function evict(orm: Orm, room: HeldDocument, ids: readonly SlotId[]): Promise<void> {
  const stored = await findStored(orm, ids)
  await room.edit(null, (doc) => {
    for (const [id, { createdBy }] of stored) {
      const slot = slotIn(doc, id)
      if (slot && slot.createdBy !== createdBy) removeSlot(doc, id)
    }
  })
}

/** Lets go of places that have waited long enough, and of locks of slots that are nowhere any more. */
export async function sweep(orm: Orm, room: HeldDocument): Promise<void> {
  let stubs: readonly SlotId[] = []
  await room.edit(null, (doc) => {
    stubs = calendarKind.read(doc).stubs
  })
  const old = new Set(await findLongArchived(orm, stubs, PLACES_KEPT))
  const lost = await lockedNowhere(orm, room)
  if (old.size + lost.size === 0) return
  await room.edit(null, (doc) => {
    // Of now: a late edit may have come in the meantime.
    for (const id of calendarKind.read(doc).stubs) if (old.has(id)) removePlace(doc, id)
    for (const id of lost) if (!isThere(doc, id)) locksOf(doc).delete(`slot:${id}`)
  })
}

async function lockedNowhere(orm: Orm, room: HeldDocument): Promise<ReadonlySet<SlotId>> {
  const locked: SlotId[] = []
  await room.edit(null, (doc) => {
    for (const { target } of calendarKind.read(doc).locks) {
      if (target.type === 'slot' && !isThere(doc, target.slot)) locked.push(target.slot)
    }
  })
  const stored = await findStored(orm, locked)
  return new Set(locked.filter((id) => !stored.has(id)))
}

const isThere = (doc: Y.Doc, id: SlotId): boolean => slotsOf(doc).has(id)
