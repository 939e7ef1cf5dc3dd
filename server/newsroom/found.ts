import { newsroom } from '#drizzle/schema/people.ts'
import type { Transaction } from '#server/db/database.ts'

/** What a newsroom is called until somebody who may says otherwise. */
const UNNAMED = 'Pupitre'

/**
 * Writes the newsroom's one row, which ends the first-run set-up.
 *
 * @param name null where nobody was asked for one
 * @returns false where it was there already: of two set-ups at the same time, the second waits here and is refused
 */
export async function foundNewsroom(tx: Transaction, name: string | null): Promise<boolean> {
  const rows = await tx
    .insert(newsroom)
    .values({ name: name ?? UNNAMED })
    .onConflictDoNothing()
    .returning({ name: newsroom.name })
  return rows.length === 1
}
