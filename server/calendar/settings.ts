import { newsroom } from '#drizzle/schema/index.ts'
import { type CalendarSettings, parseSettings } from '#lib/domain/calendar/settings.ts'
import type { Orm, Transaction } from '#server/db/database.ts'

/** How the newsroom plans. Before the set-up there is no row: everything is as usual. */
export async function readSettings(orm: Orm | Transaction): Promise<CalendarSettings> {
  const [row] = await orm.select({ calendar: newsroom.calendar }).from(newsroom)
  return parseSettings(row?.calendar)
}

export async function writeSettings(orm: Orm, settings: CalendarSettings): Promise<void> {
  await orm.update(newsroom).set({ calendar: settings })
}
