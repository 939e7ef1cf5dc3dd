import { inArray } from 'drizzle-orm'
import { volunteers } from '#drizzle/schema/people.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import type { Orm } from '#server/db/database.ts'

/** What people are called now, also those who have left; whoever there never was is left out. */
export async function namesOf(
  orm: Orm,
  ids: Iterable<VolunteerId>,
): Promise<ReadonlyMap<VolunteerId, string>> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return new Map()
  const rows = await orm
    .select({ id: volunteers.id, name: volunteers.name })
    .from(volunteers)
    .where(inArray(volunteers.id, wanted))
  return new Map(rows.map(({ id, name }) => [id, name]))
}
