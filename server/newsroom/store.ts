import { newsroom } from '#drizzle/schema/people.ts'
import type { Orm } from '#server/db/database.ts'

/** @returns the newsroom's name, or null before the set-up */
export async function readName(orm: Orm): Promise<string | null> {
  const [row] = await orm.select({ name: newsroom.name }).from(newsroom)
  return row?.name ?? null
}

export const writeName = (orm: Orm, name: string) => orm.update(newsroom).set({ name })
