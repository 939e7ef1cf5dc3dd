import type { calendarSlots } from '#drizzle/schema/index.ts'
import { slotEntries } from '#lib/documents/calendar/fields.ts'
import { firstDay, lastDay } from '#lib/domain/calendar/recurrence.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import { wordsForSearch } from '#lib/domain/text.ts'

type Row = typeof calendarSlots.$inferInsert

/** PostgreSQL takes neither NUL nor half a character into its jsonb; a raw socket can well write both. */
const storable = (slot: Slot): Slot =>
  JSON.parse(JSON.stringify(slot), (_key, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value,
  ) as Slot

/** The columns of `calendar_slots` that are derived from a slot. @param zone the newsroom’s */
export function rowOf(given: Slot, zone: string): Omit<Row, 'archivedAt' | 'updatedAt' | 'search'> {
  const slot = storable(given)
  return {
    id: slot.id,
    fields: Object.fromEntries(slotEntries(slot)),
    firstDay: firstDay(slot, zone),
    lastDay: lastDay(slot, zone),
    draftId: slot.draft,
    uid: slot.uid,
    uidDay: slot.partOf?.day ?? '',
    searchText: wordsForSearch([slot.title, ...slot.tags, slot.note].join('\n')).join(' '),
  }
}
