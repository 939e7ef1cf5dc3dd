import { documents } from '#drizzle/schema/index.ts'
import { CALENDAR, kindOf } from '#lib/documents/registry.ts'
import type { Orm } from '#server/db/database.ts'

/** A newsroom has its calendar from the first start on: an empty document, which needs no first update. */
export async function foundCalendar(orm: Orm): Promise<void> {
  const { name } = CALENDAR
  await orm
    .insert(documents)
    .values({ name, schemaVersion: kindOf(CALENDAR).schemaVersion })
    .onConflictDoNothing()
}
