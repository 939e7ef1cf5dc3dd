import {
  aliasedTable,
  and,
  count,
  desc,
  eq,
  inArray,
  isNull,
  lte,
  ne,
  notExists,
  or,
  type SQL,
  sql,
} from 'drizzle-orm'
import { calendarSlots } from '#drizzle/schema/calendar.ts'
import { drafts } from '#drizzle/schema/drafts.ts'
import { notifications } from '#drizzle/schema/inbox.ts'
import { volunteers } from '#drizzle/schema/people.ts'
import { reviews, verdicts } from '#drizzle/schema/review.ts'
import { threadComments, threadFollowers, threads } from '#drizzle/schema/threads.ts'
import type { NotificationId, ThreadId, VolunteerId } from '#lib/domain/ids.ts'
import type { Orm, Transaction } from '#server/db/database.ts'
import type { Notice } from './port.ts'
import type { Place, Seen } from './types.ts'

type NewRow = typeof notifications.$inferInsert

/**
 * Of some people those who are here, with their choices. Whoever was told of a comment already is left out: once
 * as somebody named is enough, and a comment that is sent twice tells once.
 */
export function peopleToTell(tx: Transaction, ids: readonly VolunteerId[], { kind, commentId }: Notice) {
  const told = commentId
    ? notExists(
        tx
          .select({ one: sql`1` })
          .from(notifications)
          .where(
            and(
              eq(notifications.volunteerId, volunteers.id),
              eq(notifications.commentId, commentId),
              or(eq(notifications.kind, kind), sql`${kind} <> 'mention'`),
            ),
          ),
      )
    : undefined
  return tx
    .select({ id: volunteers.id, email: volunteers.email, notify: volunteers.notify })
    .from(volunteers)
    .where(and(inArray(volunteers.id, [...ids]), isNull(volunteers.suspendedAt), told))
}

export const insertNotifications = (tx: Transaction, rows: NewRow[]) => tx.insert(notifications).values(rows)

const teller = aliasedTable(volunteers, 'teller')

/** What somebody said: the comment, the note of whoever asked, the reason of whoever wants changes. */
const said = sql<string>`coalesce(
  case ${notifications.kind}
    when 'reviewAsked' then ${reviews.note}
    when 'changesRequested' then (
      select ${verdicts.reason} from ${verdicts}
      where ${verdicts.reviewId} = ${notifications.reviewId} and ${verdicts.volunteerId} = ${notifications.byId}
      order by ${verdicts.at} desc limit 1
    )
    else case when ${threadComments.deletedAt} is null then ${threadComments.body} end
  end, '')`

/** Notifications with what they name, the newest first. */
export const readNotifications = (orm: Orm | Transaction, where: SQL | undefined) =>
  orm
    .select({
      id: notifications.id,
      kind: notifications.kind,
      byId: notifications.byId,
      byName: teller.name,
      createdAt: notifications.createdAt,
      readAt: notifications.readAt,
      draftId: notifications.draftId,
      draftTitle: drafts.title,
      slotId: notifications.slotId,
      slotTitle: sql<string | null>`${calendarSlots.fields} ->> 'title'`,
      threadId: notifications.threadId,
      commentId: notifications.commentId,
      commentGone: sql<boolean>`${threadComments.deletedAt} is not null`,
      reviewId: notifications.reviewId,
      said,
    })
    .from(notifications)
    .leftJoin(teller, eq(teller.id, notifications.byId))
    .leftJoin(drafts, eq(drafts.id, notifications.draftId))
    .leftJoin(calendarSlots, eq(calendarSlots.id, notifications.slotId))
    .leftJoin(threadComments, eq(threadComments.id, notifications.commentId))
    .leftJoin(reviews, eq(reviews.id, notifications.reviewId))
    .where(where)
    .orderBy(desc(notifications.createdAt), desc(notifications.id))

export type NotificationRow = Awaited<ReturnType<typeof readNotifications>>[number]

export const pageOf = (
  orm: Orm,
  volunteerId: VolunteerId,
  { unreadOnly, after, size }: { unreadOnly: boolean; after: Place | null; size: number },
) =>
  readNotifications(
    orm,
    and(
      eq(notifications.volunteerId, volunteerId),
      unreadOnly ? isNull(notifications.readAt) : undefined,
      after
        ? sql`(${notifications.createdAt}, ${notifications.id}) < (${after.at}::timestamptz, ${after.id}::uuid)`
        : undefined,
    ),
  ).limit(size)

export async function oneOf(
  orm: Orm,
  volunteerId: VolunteerId,
  id: NotificationId,
): Promise<NotificationRow | null> {
  const [row] = await readNotifications(
    orm,
    and(eq(notifications.id, id), eq(notifications.volunteerId, volunteerId)),
  )
  return row ?? null
}

export async function countUnread(orm: Orm | Transaction, volunteerId: VolunteerId): Promise<number> {
  const [row] = await orm
    .select({ unread: count() })
    .from(notifications)
    .where(and(eq(notifications.volunteerId, volunteerId), isNull(notifications.readAt)))
  return row?.unread ?? 0
}

/** @returns how many were unread and are not any more */
export async function setRead(
  tx: Transaction,
  volunteerId: VolunteerId,
  seen: Seen,
  now: Date,
): Promise<number> {
  const rows = await tx
    .update(notifications)
    .set({ readAt: now, mailDueAt: null })
    .where(and(eq(notifications.volunteerId, volunteerId), isNull(notifications.readAt), isSeen(seen)))
    .returning({ id: notifications.id })
  return rows.length
}

function isSeen(seen: Seen): SQL | undefined {
  if ('ids' in seen) return inArray(notifications.id, [...seen.ids])
  if ('until' in seen) return lte(notifications.createdAt, new Date(seen.until))
  if ('thread' in seen) return eq(notifications.threadId, seen.thread)
  return and(eq(notifications.draftId, seen.draft), isNull(notifications.threadId))
}

/** A volunteer hears of a thread no more, and no e-mail that waits tells of it, but where they were named. Nothing where it is gone. */
export async function leaveThread(
  tx: Transaction,
  volunteerId: VolunteerId,
  threadId: ThreadId,
): Promise<void> {
  const [thread] = await tx
    .select({ id: threads.id })
    .from(threads)
    .where(eq(threads.id, threadId))
    .for('share')
  const [volunteer] = await tx
    .select({ id: volunteers.id })
    .from(volunteers)
    .where(eq(volunteers.id, volunteerId))
  if (!thread || !volunteer) return
  await tx
    .insert(threadFollowers)
    .values({ threadId, volunteerId, following: false })
    .onConflictDoUpdate({
      target: [threadFollowers.threadId, threadFollowers.volunteerId],
      set: { following: false },
    })
  await tx
    .update(notifications)
    .set({ mailDueAt: null })
    .where(
      and(
        eq(notifications.volunteerId, volunteerId),
        eq(notifications.threadId, threadId),
        ne(notifications.kind, 'mention'),
      ),
    )
}
