import * as Y from 'yjs'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import type { SlotId } from '#lib/domain/ids.ts'
import { mapOf, putSlot, slotIn, write } from './edits.ts'
import { ARCHIVED, isPlaceKey, slotEntries } from './fields.ts'
import { disturbs, holdsOf } from './locks.ts'
import { lockEntries, slotsOf } from './shape.ts'

/** The way of a slot to the archive and back. The server’s alone: a guard lets no socket do this. */

/**
 * Names the exact writes that a slot consists of. The same values written again are another version: only so
 * does «as it was» mean that nobody touched it since.
 */
export function versionOf(doc: Y.Doc, id: SlotId): string {
  const map = mapOf(doc, id)
  const writes = [...(map?._map ?? [])].map(([key, item]) => [
    key,
    item.id.client,
    item.id.clock,
    item.deleted,
  ])
  return JSON.stringify(writes.toSorted())
}

/**
 * Takes a slot out of the document and leaves its place: in another one, an edit that somebody made before they
 * heard of this would be lost.
 */
export function emptySlot(doc: Y.Doc, id: SlotId): void {
  const map = mapOf(doc, id)
  if (!map) return
  for (const key of [...map.keys()]) if (key !== ARCHIVED) map.delete(key)
  map.set(ARCHIVED, true)
}

/**
 * Brings a slot back, as the archive has it but for what was written into its place since. Such edits may not
 * have known that a day was locked, and whose they are is not known any more: on a locked day, places stay.
 */
export function fillSlot(doc: Y.Doc, slot: Slot): void {
  const map = mapOf(doc, slot.id)
  if (!map) putSlot(doc, slot)
  if (!map || slotIn(doc, slot.id)) return
  const held = disturbs(holdsOf(lockEntries(doc)), slot, null)
  const entries = new Map(slotEntries(slot))
  for (const key of [...map.keys()]) if (held && isPlaceKey(key) && !entries.has(key)) map.delete(key)
  for (const [key, value] of entries) if (!map.has(key) || (held && isPlaceKey(key))) write(map, key, value)
  if (!map.has('createdBy')) map.set('createdBy', slot.createdBy)
  map.delete(ARCHIVED)
  // What was written meanwhile may make no slot at all.
  if (!slotIn(doc, slot.id)) putSlot(doc, slot)
}

/** Lets go of the place of an archived slot. Edits of it that come later are lost. */
export function removePlace(doc: Y.Doc, id: SlotId): void {
  const map = slotsOf(doc).get(id)
  if (map instanceof Y.Map && map.get(ARCHIVED) === true) slotsOf(doc).delete(id)
}
