import { sql } from 'drizzle-orm'
import type * as Y from 'yjs'
import { calendarSlots } from '#drizzle/schema/index.ts'
import { fillSlot } from '#lib/documents/calendar/archive-edits.ts'
import { putSlot, setFields, skipDay, slotIn } from '#lib/documents/calendar/edits.ts'
import { ARCHIVED } from '#lib/documents/calendar/fields.ts'
import { slotsOf } from '#lib/documents/calendar/shape.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import type { Orm } from '#server/db/database.ts'
import { sameSlot } from './import-merge.ts'
import type { Step } from './import-plan.ts'
import { rowOf } from './row.ts'

/** Writes slots of the past, which are not in the live calendar. What is there meanwhile is left alone. */
export async function writeArchived(orm: Orm, steps: readonly Step[], zone: string): Promise<void> {
  const rows = steps.map(({ slot }) => ({ ...rowOf(slot, zone), archivedAt: sql`now()` }))
  const incoming = (column: string) => sql.raw(`excluded.${column}`)
  await orm
    .insert(calendarSlots)
    .values(rows)
    .onConflictDoUpdate({
      target: calendarSlots.id,
      set: {
        fields: incoming('fields'),
        firstDay: incoming('first_day'),
        lastDay: incoming('last_day'),
        draftId: incoming('draft_id'),
        uid: incoming('uid'),
        uidDay: incoming('uid_day'),
        searchText: incoming('search_text'),
        updatedAt: sql`now()`,
      },
      setWhere: sql`${calendarSlots.archivedAt} is not null`,
    })
}

export type Counts = { added: number; updated: number; unchanged: number }

/** Writes live slots, within one turn of their room: as they are now, and not as they were when it was planned. */
export function writeLive(doc: Y.Doc, steps: readonly Step[], counts: Counts): void {
  for (const { id, kind, slot, merge } of steps) {
    const current = slotIn(doc, id)
    if (current) {
      const merged = merge(current)
      if (sameSlot(current, merged)) counts.unchanged += 1
      else {
        counts.updated += 1
        change(doc, current, merged)
      }
    } else {
      counts[kind === 'add' ? 'added' : 'updated'] += 1
      // One that comes back from the archive has its place there, with late edits that are newer than any file.
      if (slotsOf(doc).get(id)?.get(ARCHIVED) === true) fillSlot(doc, slot)
      else putSlot(doc, slot)
    }
  }
}

function change(doc: Y.Doc, before: Slot, { id, skipped, ...fields }: Slot): void {
  setFields(doc, id, fields)
  for (const day of before.skipped) if (!skipped.includes(day)) skipDay(doc, id, day, false)
  for (const day of skipped) if (!before.skipped.includes(day)) skipDay(doc, id, day)
}
