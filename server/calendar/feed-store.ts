import { and, eq, isNull, lt, or, sql } from 'drizzle-orm'
import { calendarFeeds, calendarSlots, drafts, volunteers } from '#drizzle/schema/index.ts'
import type { FeedId, VolunteerId } from '#lib/domain/ids.ts'
import type { Locale } from '#lib/domain/permissions.ts'
import type { Orm, Transaction } from '#server/db/database.ts'
import { meets, type PlannedFilter } from './export-rows.ts'

const inUse = (volunteerId: VolunteerId) =>
  and(eq(calendarFeeds.volunteerId, volunteerId), isNull(calendarFeeds.revokedAt))

export async function findFeed(orm: Orm, volunteerId: VolunteerId) {
  const [row] = await orm
    .select({ createdAt: calendarFeeds.createdAt, lastReadAt: calendarFeeds.lastReadAt })
    .from(calendarFeeds)
    .where(inUse(volunteerId))
  return row ?? null
}

export async function revokeFeeds(orm: Orm | Transaction, volunteerId: VolunteerId): Promise<void> {
  await orm.update(calendarFeeds).set({ revokedAt: sql`now()` }).where(inUse(volunteerId))
}

/** @returns false where there is no such volunteer */
export function replaceFeed(
  orm: Orm,
  feed: { readonly id: FeedId; readonly volunteerId: VolunteerId; readonly tokenHash: string },
): Promise<boolean> {
  return orm.transaction(async (tx) => {
    // Two requests for another address take turns: one address is left, and the later one has it.
    const [owner] = await tx
      .select({ id: volunteers.id })
      .from(volunteers)
      .where(eq(volunteers.id, feed.volunteerId))
      .for('update')
    if (!owner) return false
    await revokeFeeds(tx, feed.volunteerId)
    await tx.insert(calendarFeeds).values(feed)
    return true
  })
}

export type FeedReader = {
  readonly id: FeedId
  readonly volunteerId: VolunteerId
  readonly locale: Locale
}

/** Who reads with this token; null where it was revoked, never was, or belongs to somebody who is suspended. */
export async function findReader(orm: Orm, tokenHash: string): Promise<FeedReader | null> {
  const [row] = await orm
    .select({ id: calendarFeeds.id, volunteerId: volunteers.id, locale: volunteers.locale })
    .from(calendarFeeds)
    .innerJoin(volunteers, eq(volunteers.id, calendarFeeds.volunteerId))
    .where(
      and(
        eq(calendarFeeds.tokenHash, tokenHash),
        isNull(calendarFeeds.revokedAt),
        isNull(volunteers.suspendedAt),
      ),
    )
  return row ?? null
}

/** At most once a minute: calendar programs may ask every few seconds. */
export async function noteReading(orm: Orm, id: FeedId): Promise<void> {
  await orm
    .update(calendarFeeds)
    .set({ lastReadAt: sql`now()` })
    .where(
      and(
        eq(calendarFeeds.id, id),
        or(isNull(calendarFeeds.lastReadAt), lt(calendarFeeds.lastReadAt, sql`now() - interval '1 minute'`)),
      ),
    )
}

/**
 * A text that differs as soon as something differs that a feed shows of these slots: which there are, when each
 * was last changed, title and stage of its draft. Sums do not depend on an order, so nothing is sorted.
 */
export async function versionOf(orm: Orm, filter: PlannedFilter): Promise<string> {
  const [row] = await orm
    .select({
      version: sql<string>`count(*) || '.' || coalesce(sum(hashtextextended(concat_ws(
        chr(31), ${calendarSlots.id}, ${calendarSlots.updatedAt}, ${drafts.id}, ${drafts.title}, ${drafts.stage}
      ), 0)::numeric), 0)`,
    })
    .from(calendarSlots)
    .leftJoin(drafts, eq(drafts.id, calendarSlots.draftId))
    .where(meets(filter))
  return row?.version ?? ''
}
