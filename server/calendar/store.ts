import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import { calendarSlots, drafts } from '#drizzle/schema/index.ts'
import { readSlot } from '#lib/documents/calendar/fields.ts'
import type { PlainDay, Slot } from '#lib/domain/calendar/slot.ts'
import type { DraftId, SlotId } from '#lib/domain/ids.ts'
import type { Orm } from '#server/db/database.ts'
import { searchFor } from '#server/drafts/search.ts'
import { SLOTS_PER_PAGE, type SlotRow } from './types.ts'

const { id, fields, archivedAt, firstDay, lastDay, draftId, search } = calendarSlots

/** The id ends every order, so that pages neither repeat nor skip a line. */
async function find(orm: Orm, where: SQL | undefined, newestFirst = false): Promise<readonly SlotRow[]> {
  const rows = await rowsOf(orm)
    .where(where)
    .orderBy(newestFirst ? desc(firstDay) : asc(firstDay), asc(id))
  return rows.flatMap(readRow)
}

const rowsOf = (orm: Orm) => orm.select({ id, fields, archivedAt }).from(calendarSlots)

type Row = Awaited<ReturnType<typeof rowsOf>>[number]

function readRow(row: Row): SlotRow[] {
  const slot = readSlot(row.id, Object.entries(row.fields))
  return slot ? [{ slot, archived: row.archivedAt !== null }] : []
}

/** PostgreSQL knows no year 0. */
const storable = (day: PlainDay): PlainDay => (day < '0001-01-01' ? '0001-01-01' : day)

const touches = (from: PlainDay | null, to: PlainDay | null): SQL | undefined =>
  and(
    from === null ? undefined : or(isNull(lastDay), gte(lastDay, storable(from))),
    to === null ? undefined : lte(firstDay, storable(to)),
  )

export const findRange = (orm: Orm, from: PlainDay | null, to: PlainDay | null) =>
  find(orm, touches(from, to))

export const findArchived = (orm: Orm, from: PlainDay, to: PlainDay) =>
  find(orm, and(isNotNull(archivedAt), touches(from, to)))

export const findWithDraft = (orm: Orm, draft: DraftId) => find(orm, eq(draftId, draft))

export async function findSlot(orm: Orm, slot: SlotId): Promise<SlotRow | null> {
  const [row] = await find(orm, eq(id, slot))
  return row ?? null
}

/** @returns up to one line more than a page: the sign that another page follows. */
export async function findPage(orm: Orm, text: string, offset: number): Promise<readonly SlotRow[]> {
  const wanted = await searchFor(orm, text)
  if (!wanted) return []
  // The words of a slot that carries a draft are the draft’s.
  const carrying = orm.select({ id: drafts.id }).from(drafts).where(wanted.matches)
  const rows = await rowsOf(orm)
    .where(or(wanted.matchesIn(search), inArray(draftId, carrying)))
    .orderBy(desc(firstDay), asc(id))
    .limit(SLOTS_PER_PAGE + 1)
    .offset(offset)
  return rows.flatMap(readRow)
}

/** Slots as the rows have them, live ones too, by their ids. */
export async function findStored(orm: Orm, ids: readonly SlotId[]): Promise<ReadonlyMap<SlotId, Slot>> {
  const rows = ids.length === 0 ? [] : await find(orm, inArray(id, [...ids]))
  return new Map(rows.map(({ slot }) => [slot.id, slot]))
}

/** Says that slots are in the archive a moment before they leave the document: no page may miss them meanwhile. */
export async function markArchived(orm: Orm, ids: readonly SlotId[]): Promise<void> {
  await orm
    .update(calendarSlots)
    .set({ archivedAt: sql`now()` })
    .where(and(inArray(id, [...ids]), isNull(archivedAt)))
}

/** @returns of these, the ones that have been in the archive for longer than `days`, or longer than `most` others */
export async function findLongArchived(
  orm: Orm,
  ids: readonly SlotId[],
  { days, most }: { readonly days: number; readonly most: number },
): Promise<readonly SlotId[]> {
  if (ids.length === 0) return []
  // The clock that wrote the moment is the one that counts the days.
  const { rows } = await orm.execute<{ id: SlotId }>(sql`
    select id from (
      select id, archived_at, row_number() over (order by archived_at desc, last_day desc) as place
      from ${calendarSlots} where id = any(${sql.param(ids)}::uuid[])
    ) as kept where archived_at < now() - make_interval(days => ${days}) or place > ${most}`)
  return rows.map((row) => row.id)
}

/** @returns false where the slot is not in the archive */
export async function deleteArchived(orm: Orm, slot: SlotId): Promise<boolean> {
  const gone = await orm
    .delete(calendarSlots)
    .where(and(eq(id, slot), isNotNull(archivedAt)))
    .returning({ id })
  return gone.length === 1
}
