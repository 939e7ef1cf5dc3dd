import { and, inArray, isNotNull, or } from 'drizzle-orm'
import { calendarSlots } from '#drizzle/schema/index.ts'
import { readSlot } from '#lib/documents/calendar/fields.ts'
import { type Holds, holdsOf } from '#lib/documents/calendar/locks.ts'
import { calendarKind } from '#lib/documents/calendar/shape.ts'
import { CALENDAR } from '#lib/documents/registry.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import type { SlotId } from '#lib/domain/ids.ts'
import type { Orm } from '#server/db/database.ts'
import { readDocument } from '#server/sync/log/document-rows.ts'
import type { ReadCalendar } from './ics/incoming.ts'
import { ownUid } from './ics/write.ts'
import { keyOf, slotIdFor } from './import-merge.ts'

/** What is here already, as far as a file may be about it. */
export type Known = {
  readonly holds: Holds
  byId(id: SlotId): { readonly slot: Slot; readonly archived: boolean } | null
  /** By the name of its event. */
  byKey(key: string): { readonly slot: Slot; readonly archived: boolean } | null
}

/** How many names one question to the database has. */
const AT_ONCE = 2000

/**
 * The live calendar is read from its document, which is never behind; what has left it, from its rows.
 * Archived slots are looked up by their names, so that a small file costs little in a newsroom of many years.
 */
export async function findKnown(orm: Orm, { incoming, calledOff }: ReadCalendar): Promise<Known> {
  const doc = await readDocument(orm, CALENDAR.name)
  const { slots, locks } = doc ? calendarKind.read(doc) : { slots: [], locks: [] }
  doc?.destroy()
  const uids = [...new Set([...incoming, ...calledOff].map(({ uid }) => uid))]
  const ids = [...new Set(incoming.map(slotIdFor))]
  const archived = await findArchived(orm, uids, ids)
  const known = new Map<SlotId, { readonly slot: Slot; readonly archived: boolean }>()
  for (const slot of archived) known.set(slot.id, { slot, archived: true })
  for (const slot of slots) known.set(slot.id, { slot, archived: false })
  const keys = keysOf(known)
  return {
    holds: holdsOf(locks),
    byId: (id) => known.get(id) ?? null,
    byKey: (key) => keys.get(key) ?? null,
  }
}

async function findArchived(
  orm: Orm,
  uids: readonly string[],
  ids: readonly SlotId[],
): Promise<readonly Slot[]> {
  const found: Slot[] = []
  for (let at = 0; at < Math.max(uids.length, ids.length); at += AT_ONCE) {
    const rows = await orm
      .select({ id: calendarSlots.id, fields: calendarSlots.fields })
      .from(calendarSlots)
      .where(
        and(
          isNotNull(calendarSlots.archivedAt),
          or(
            inArray(calendarSlots.uid, uids.slice(at, at + AT_ONCE)),
            inArray(calendarSlots.id, ids.slice(at, at + AT_ONCE)),
          ),
        ),
      )
    found.push(...rows.flatMap(({ id, fields }) => readSlot(id, Object.entries(fields)) ?? []))
  }
  return found
}

type Found = { readonly slot: Slot; readonly archived: boolean }

/** Copies of an imported slot may have its UID: the one that the import made has the name. */
function keysOf(known: ReadonlyMap<SlotId, Found>): ReadonlyMap<string, Found> {
  const keys = new Map<string, Found>()
  for (const found of known.values()) {
    const { id, uid, partOf } = found.slot
    const whole = partOf === null ? null : known.get(partOf.slot)?.slot
    const name = partOf === null ? (uid ?? ownUid(id)) : (uid ?? whole?.uid ?? ownUid(partOf.slot))
    const key = keyOf(name, partOf?.day ?? null)
    const isTheOne = slotIdFor({ uid: name, day: partOf?.day ?? null, slot: null }) === id
    if (isTheOne || !keys.has(key)) keys.set(key, found)
  }
  return keys
}
