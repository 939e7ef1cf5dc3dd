import { asc } from 'drizzle-orm'
import { newsroom, volunteers } from '#drizzle/schema/index.ts'
import { parseReviewSettings, type ReviewSettings } from '#lib/domain/review/settings.ts'
import type { Orm, Transaction } from '#server/db/database.ts'

/** Before the set-up there is no row: everything is as usual. The newsroom speaks as its first volunteer does. */
export async function readSettings(orm: Orm | Transaction): Promise<ReviewSettings> {
  const [row] = await orm.select({ review: newsroom.review }).from(newsroom)
  const [first] = await orm
    .select({ locale: volunteers.locale })
    .from(volunteers)
    .orderBy(asc(volunteers.createdAt), asc(volunteers.id))
    .limit(1)
  return parseReviewSettings(row?.review, first?.locale ?? 'fr')
}

export async function writeSettings(tx: Transaction, settings: ReviewSettings): Promise<void> {
  await tx.update(newsroom).set({ review: settings })
}
