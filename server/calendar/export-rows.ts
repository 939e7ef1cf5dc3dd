import { and, asc, eq, gte, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import { calendarSlots, drafts, newsroom } from '#drizzle/schema/index.ts'
import { readSlot } from '#lib/documents/calendar/fields.ts'
import { type CalendarSettings, parseSettings } from '#lib/domain/calendar/settings.ts'
import { LIMITS, type PlainDay, type Slot } from '#lib/domain/calendar/slot.ts'
import type { Channel } from '#lib/domain/channels/channels.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import type { Stage } from '#lib/domain/review/stage.ts'
import type { Orm } from '#server/db/database.ts'

/** A slot as it leaves the newsroom: with what its draft says of it, where it has one that is there. */
export type PlannedSlot = {
  readonly slot: Slot
  readonly updatedAt: Date
  readonly draft: { readonly title: string; readonly stage: Stage } | null
}

/** What is taken out; null does not narrow. A slot belongs to the days that it touches, both bounds included. */
export type PlannedFilter = {
  readonly from: PlainDay | null
  readonly to: PlainDay | null
  readonly channel: Channel | null
  readonly owner: VolunteerId | null
}

/** Before every slot. PostgreSQL has no year 0, in which people may well ask for a calendar. */
const EARLIEST: PlainDay = `${LIMITS.firstYear - 1}-01-01`
const inYears = (day: PlainDay): PlainDay => (day < EARLIEST ? EARLIEST : day)

export function meets({ from, to, channel, owner }: PlannedFilter): SQL | undefined {
  const has = (value: object) => sql`${calendarSlots.fields} @> ${JSON.stringify(value)}::jsonb`
  return and(
    from === null ? undefined : or(isNull(calendarSlots.lastDay), gte(calendarSlots.lastDay, inYears(from))),
    to === null ? undefined : lte(calendarSlots.firstDay, inYears(to)),
    channel === null ? undefined : has({ channels: [channel] }),
    owner === null ? undefined : has({ owner }),
  )
}

/** Slots, live and archived, in the order of their first days. */
export async function plannedSlots(orm: Orm, filter: PlannedFilter): Promise<readonly PlannedSlot[]> {
  const rows = await orm
    .select({
      id: calendarSlots.id,
      fields: calendarSlots.fields,
      updatedAt: calendarSlots.updatedAt,
      title: drafts.title,
      stage: drafts.stage,
    })
    .from(calendarSlots)
    .leftJoin(drafts, eq(drafts.id, calendarSlots.draftId))
    .where(meets(filter))
    .orderBy(asc(calendarSlots.firstDay), asc(calendarSlots.id))
  return rows.flatMap(({ id, fields, updatedAt, title, stage }) => {
    const slot = readSlot(id, Object.entries(fields))
    const draft = title === null || stage === null ? null : { title, stage }
    return slot ? [{ slot, updatedAt, draft }] : []
  })
}

/** What every file says of where it comes from. */
export type Masthead = { readonly name: string; readonly settings: CalendarSettings }

export async function masthead(orm: Orm): Promise<Masthead> {
  const [row] = await orm.select({ name: newsroom.name, calendar: newsroom.calendar }).from(newsroom)
  return { name: row?.name || 'Pupitre', settings: parseSettings(row?.calendar) }
}

/** As people see it: with a draft, title and stage are the draft’s. */
export const shownOf = ({ slot, draft }: PlannedSlot): { readonly title: string; readonly stage: Stage } => ({
  title: draft?.title || slot.title,
  stage: draft?.stage ?? slot.stage,
})
