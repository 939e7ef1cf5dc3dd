import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { documentClients, threadFollowers, volunteers } from '#drizzle/schema/index.ts'
import { draftDocument } from '#lib/documents/registry.ts'
import type { DraftId, ThreadId, VolunteerId } from '#lib/domain/ids.ts'
import type { Orm, Transaction } from '#server/db/database.ts'

export async function findFollowers(tx: Transaction, id: ThreadId): Promise<readonly VolunteerId[]> {
  const rows = await tx
    .select({ id: threadFollowers.volunteerId })
    .from(threadFollowers)
    .where(and(eq(threadFollowers.threadId, id), threadFollowers.following))
  return rows.map((row) => row.id)
}

/** They follow from now on, but for those who said that they do not want to. */
export async function addFollowers(
  tx: Transaction,
  threadId: ThreadId,
  ids: readonly VolunteerId[],
): Promise<void> {
  if (ids.length === 0) return
  await tx
    .insert(threadFollowers)
    .values(ids.map((volunteerId) => ({ threadId, volunteerId, following: true })))
    .onConflictDoNothing()
}

export async function isFollowing(orm: Orm, threadId: ThreadId, volunteerId: VolunteerId): Promise<boolean> {
  const [row] = await orm
    .select({ following: threadFollowers.following })
    .from(threadFollowers)
    .where(and(eq(threadFollowers.threadId, threadId), eq(threadFollowers.volunteerId, volunteerId)))
  return row?.following ?? false
}

export const writeFollowing = (orm: Orm, row: typeof threadFollowers.$inferInsert) =>
  orm
    .insert(threadFollowers)
    .values(row)
    .onConflictDoUpdate({
      target: [threadFollowers.threadId, threadFollowers.volunteerId],
      set: { following: row.following },
    })

/** Who wrote in a draft: it concerns them when somebody speaks of it. */
export async function findWriters(tx: Transaction, id: DraftId): Promise<readonly VolunteerId[]> {
  const rows = await tx
    .selectDistinct({ id: documentClients.volunteerId })
    .from(documentClients)
    .where(eq(documentClients.document, draftDocument(id)))
  return rows.map((row) => row.id)
}

/** @returns whether all of them are in the newsroom now; nobody of them is suspended until the transaction ends */
export async function shareActive(tx: Transaction, ids: readonly VolunteerId[]): Promise<boolean> {
  if (ids.length === 0) return true
  const rows = await tx
    .select({ id: volunteers.id })
    .from(volunteers)
    .where(and(inArray(volunteers.id, [...ids]), isNull(volunteers.suspendedAt)))
    .orderBy(asc(volunteers.id))
    .for('share')
  return rows.length === ids.length
}
