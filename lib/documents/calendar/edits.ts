import * as Y from 'yjs'
import type { PlainDay, Slot } from '#lib/domain/calendar/slot.ts'
import type { SlotId } from '#lib/domain/ids.ts'
import { readSlot, type SlotFields, saysNothingNew, skipKey, slotEntries } from './fields.ts'
import { type SlotMap, slotsOf } from './shape.ts'

/** Every change that a page makes in the calendar goes through here. Call them inside one `doc.transact` for one undo step. */

export function mapOf(doc: Y.Doc, id: SlotId): SlotMap | null {
  const map = slotsOf(doc).get(id)
  return map instanceof Y.Map ? map : null
}

export function slotIn(doc: Y.Doc, id: SlotId): Slot | null {
  const map = mapOf(doc, id)
  return map && readSlot(id, map.entries())
}

/** Puts a whole slot. What goes without saying is not written: a calendar of years is half as large. */
export function putSlot(doc: Y.Doc, slot: Slot): void {
  const map = mapOf(doc, slot.id) ?? slotsOf(doc).set(slot.id, new Y.Map())
  for (const [key, value] of slotEntries(slot)) write(map, key, value)
  // Always there: the server would put it otherwise, which is one more update.
  if (!map.has('createdBy')) map.set('createdBy', slot.createdBy)
}

export function write(map: SlotMap, key: string, value: unknown): void {
  if (!saysNothingNew(key, map.get(key), value)) map.set(key, value)
}

/**
 * Writes the fields that differ, and only those: what somebody else changes meanwhile stays theirs.
 * @returns false where the slot is gone
 */
export function setFields(doc: Y.Doc, id: SlotId, fields: Partial<SlotFields>): boolean {
  const map = mapOf(doc, id)
  if (!map) return false
  for (const [key, value] of Object.entries(fields)) write(map, key, value)
  return true
}

/** Takes one occurrence out of a slot that repeats, or puts it back. */
export function skipDay(doc: Y.Doc, id: SlotId, day: PlainDay, skip = true): void {
  const map = mapOf(doc, id)
  if (map && (map.get(skipKey(day)) === true) !== skip) map.set(skipKey(day), skip)
}

export function removeSlot(doc: Y.Doc, id: SlotId): void {
  slotsOf(doc).delete(id)
}
