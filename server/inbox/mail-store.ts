import { and, asc, count, eq, gt, inArray, isNotNull, isNull, lte, max, min, sql } from 'drizzle-orm'
import { notifications } from '#drizzle/schema/inbox.ts'
import { volunteers } from '#drizzle/schema/people.ts'
import type { NotificationId, VolunteerId } from '#lib/domain/ids.ts'
import type { NoticeKind } from '#lib/domain/inbox/notice.ts'
import type { Orm, Transaction } from '#server/db/database.ts'
import { readNotifications } from './store.ts'

export type MailQueue = { readonly waiting: number; readonly failing: number }

/** How long something is tried, and the shortest and longest pause between two tries. */
const GIVE_UP = sql`interval '24 hours'`
const SHORTEST = sql`interval '1 minute'`
const LONGEST = sql`interval '1 hour'`

/** The volunteers for whom an e-mail is due, who waited longest first. */
export async function volunteersDue(orm: Orm, now: Date, most: number): Promise<readonly VolunteerId[]> {
  const rows = await orm
    .select({ id: notifications.volunteerId })
    .from(notifications)
    .where(lte(notifications.mailDueAt, now))
    .groupBy(notifications.volunteerId)
    .orderBy(min(notifications.mailDueAt))
    .limit(most)
  return rows.map(({ id }) => id)
}

export async function nextDue(orm: Orm): Promise<Date | null> {
  const [row] = await orm.select({ due: min(notifications.mailDueAt) }).from(notifications)
  return row?.due ?? null
}

/** Notices that wait to be mailed, and those of them that were tried in vain. */
export async function countWaiting(orm: Orm): Promise<MailQueue> {
  const [row] = await orm
    .select({ waiting: count(), failing: count(notifications.mailFailingSince) })
    .from(notifications)
    .where(isNotNull(notifications.mailDueAt))
  return row ?? { waiting: 0, failing: 0 }
}

/** What waits for one volunteer’s e-mail until `until`, oldest first; locked, but for what another process holds. */
export const lockWaiting = (tx: Transaction, volunteerId: VolunteerId, until: Date) =>
  tx
    .select({ id: notifications.id, kind: notifications.kind, dueAt: notifications.mailDueAt })
    .from(notifications)
    .where(and(eq(notifications.volunteerId, volunteerId), lte(notifications.mailDueAt, until)))
    .orderBy(asc(notifications.createdAt), asc(notifications.id))
    .for('update', { skipLocked: true })

export async function lastMailedAt(tx: Transaction, volunteerId: VolunteerId): Promise<Date | null> {
  const [row] = await tx
    .select({ at: max(notifications.mailedAt) })
    .from(notifications)
    .where(eq(notifications.volunteerId, volunteerId))
  return row?.at ?? null
}

export const setDue = (orm: Orm | Transaction, ids: readonly NotificationId[], due: Date | null) =>
  orm
    .update(notifications)
    .set({ mailDueAt: due })
    .where(inArray(notifications.id, [...ids]))

export const setMailed = (orm: Orm, ids: readonly NotificationId[], now: Date) =>
  orm
    .update(notifications)
    .set({ mailedAt: now, mailDueAt: null, mailFailingSince: null })
    .where(inArray(notifications.id, [...ids]))

/** What was claimed and is unread still, oldest first. */
export async function readClaimed(orm: Orm, ids: readonly NotificationId[]) {
  const rows = await readNotifications(
    orm,
    and(inArray(notifications.id, [...ids]), isNull(notifications.readAt)),
  )
  return rows.toReversed()
}

/**
 * Puts off what could not be sent: the longer it has failed, the longer; after a day, for ever.
 *
 * @param which one volunteer’s claim, or (null) all that is due: nobody’s mail goes through a server that is down
 */
export async function putOff(orm: Orm, which: readonly NotificationId[] | null, now: Date): Promise<void> {
  const at = sql`${now.toISOString()}::timestamptz`
  const since = sql`coalesce(${notifications.mailFailingSince}, ${at})`
  await orm
    .update(notifications)
    .set({
      mailFailingSince: since,
      mailDueAt: sql`case when ${at} - ${since} < ${GIVE_UP}
        then ${at} + greatest(${SHORTEST}, least(${LONGEST}, (${at} - ${since}) / 2)) end`,
    })
    .where(
      and(
        isNull(notifications.mailedAt),
        isNull(notifications.readAt),
        which ? inArray(notifications.id, [...which]) : lte(notifications.mailDueAt, now),
      ),
    )
}

/** No e-mail goes to this address any more; the volunteer’s profile says so. */
export async function refuse(
  orm: Orm,
  { id, email }: { readonly id: VolunteerId; readonly email: string },
): Promise<void> {
  await orm.transaction(async (tx) => {
    await tx
      .update(volunteers)
      .set({ notify: sql`${volunteers.notify} || jsonb_build_object('refused', ${email}::text)` })
      .where(eq(volunteers.id, id))
    await dropWaiting(tx, id)
  })
}

export const liftRefusal = (orm: Orm, id: VolunteerId) =>
  orm
    .update(volunteers)
    .set({ notify: sql`${volunteers.notify} - 'refused'` })
    .where(eq(volunteers.id, id))

export const dropWaiting = (tx: Transaction, id: VolunteerId) =>
  tx
    .update(notifications)
    .set({ mailDueAt: null })
    .where(and(eq(notifications.volunteerId, id), isNotNull(notifications.mailDueAt)))

export async function readMailbox(orm: Orm | Transaction, id: VolunteerId) {
  const [row] = await orm
    .select({
      id: volunteers.id,
      email: volunteers.email,
      name: volunteers.name,
      locale: volunteers.locale,
      suspendedAt: volunteers.suspendedAt,
      notify: volunteers.notify,
    })
    .from(volunteers)
    .where(eq(volunteers.id, id))
  return row ?? null
}

export const writeChoices = (tx: Transaction, id: VolunteerId, choices: Readonly<Record<string, unknown>>) =>
  tx
    .update(volunteers)
    .set({ notify: sql`${volunteers.notify} || ${JSON.stringify(choices)}::jsonb` })
    .where(eq(volunteers.id, id))

/** Gives all of one kind that waits for an e-mail another time, or none. */
export const setDueOfKind = (tx: Transaction, id: VolunteerId, kind: NoticeKind, due: Date | null) =>
  tx
    .update(notifications)
    .set({ mailDueAt: due })
    .where(
      and(
        eq(notifications.volunteerId, id),
        eq(notifications.kind, kind),
        isNotNull(notifications.mailDueAt),
        isNull(notifications.mailFailingSince),
      ),
    )

/** Whether mail failed since a moment that nobody read meanwhile; `lost`: some of it was given up. */
export async function readFailing(orm: Orm, id: VolunteerId, since: Date): Promise<'late' | 'lost' | null> {
  const rows = await orm
    .select({ dueAt: notifications.mailDueAt })
    .from(notifications)
    .where(
      and(
        eq(notifications.volunteerId, id),
        gt(notifications.createdAt, since),
        isNotNull(notifications.mailFailingSince),
        isNull(notifications.readAt),
        isNull(notifications.mailedAt),
      ),
    )
  if (rows.length === 0) return null
  return rows.some(({ dueAt }) => dueAt === null) ? 'lost' : 'late'
}
