import { and, asc, count, eq, inArray, isNull, ne, type SQL, sql } from 'drizzle-orm'
import { commentReactions, drafts, notifications, threadComments, threads } from '#drizzle/schema/index.ts'
import type { CommentId, DraftId, ThreadId, VolunteerId } from '#lib/domain/ids.ts'
import type { ThreadSubject } from '#lib/protocol/threads.ts'
import type { Orm, Transaction } from '#server/db/database.ts'

export type ThreadRow = typeof threads.$inferSelect
export type CommentRow = typeof threadComments.$inferSelect
export type ReactionRow = typeof commentReactions.$inferSelect

/** The clock at the statement, not at the beginning of its transaction: who waited for the lock came later. */
const NOW = sql`clock_timestamp()`

const isAbout = ({ kind, id }: ThreadSubject): SQL =>
  kind === 'draft' ? eq(threads.draftId, id) : eq(threads.slotId, id)

/** The draft stays as it is (archived or not) until the transaction ends. */
export async function shareDraft(
  tx: Transaction,
  id: DraftId,
): Promise<{ readonly archived: boolean; readonly createdBy: VolunteerId | null } | null> {
  const [row] = await tx
    .select({ archivedAt: drafts.archivedAt, createdBy: drafts.createdBy })
    .from(drafts)
    .where(eq(drafts.id, id))
    .for('share')
  return row ? { archived: row.archivedAt !== null, createdBy: row.createdBy } : null
}

export async function draftExists(orm: Orm, id: DraftId): Promise<boolean> {
  const rows = await orm.select({ id: drafts.id }).from(drafts).where(eq(drafts.id, id))
  return rows.length > 0
}

export const findThreads = (orm: Orm, subject: ThreadSubject): Promise<ThreadRow[]> =>
  orm.select().from(threads).where(isAbout(subject)).orderBy(asc(threads.createdAt), asc(threads.id))

export async function findThread(orm: Orm | Transaction, id: ThreadId): Promise<ThreadRow | null> {
  const [row] = await orm.select().from(threads).where(eq(threads.id, id))
  return row ?? null
}

/** Whoever changes a thread holds its row first: changes of one thread come one after the other. */
export async function lockThread(tx: Transaction, id: ThreadId): Promise<ThreadRow | null> {
  const [row] = await tx.select().from(threads).where(eq(threads.id, id)).for('update')
  return row ?? null
}

/** @returns false where a thread has this id already */
export async function insertThread(
  tx: Transaction,
  row: Pick<ThreadRow, 'id' | 'draftId' | 'slotId' | 'anchor' | 'createdBy'>,
): Promise<boolean> {
  const rows = await tx
    .insert(threads)
    .values({ ...row, createdAt: NOW })
    .onConflictDoNothing({ target: threads.id })
    .returning({ id: threads.id })
  return rows.length === 1
}

/** @param resolvedBy left out where it stays as it is */
export async function raiseVersion(
  tx: Transaction,
  id: ThreadId,
  resolvedBy?: VolunteerId | null,
): Promise<void> {
  const resolution = resolvedBy === undefined ? {} : { resolvedBy, resolvedAt: resolvedBy && NOW }
  await tx
    .update(threads)
    .set({ version: sql`${threads.version} + 1`, ...resolution })
    .where(eq(threads.id, id))
}

/** Its comments, reactions, followers and notifications go with it. */
export const deleteThread = (tx: Transaction, id: ThreadId) => tx.delete(threads).where(eq(threads.id, id))

/** Whose inbox holds something about a thread. */
export async function findTold(tx: Transaction, id: ThreadId): Promise<readonly VolunteerId[]> {
  const rows = await tx
    .selectDistinct({ id: notifications.volunteerId })
    .from(notifications)
    .where(eq(notifications.threadId, id))
  return rows.map((row) => row.id)
}

export async function countOpen(
  orm: Orm,
  subjects: readonly ThreadSubject[],
): Promise<ReadonlyMap<string, number>> {
  if (subjects.length === 0) return new Map()
  const of = (kind: ThreadSubject['kind']) =>
    subjects.flatMap((subject) => (subject.kind === kind ? [subject.id as string] : []))
  const { rows } = await orm.execute<{ id: string; open: number }>(sql`
    select coalesce(${threads.draftId}, ${threads.slotId}) as id, count(*)::int as open from ${threads}
    where ${threads.resolvedAt} is null and (
      ${threads.draftId} = any(${sql.param(of('draft'))}::uuid[]) or
      ${threads.slotId} = any(${sql.param(of('slot'))}::uuid[]))
    group by 1`)
  return new Map(rows.map((row) => [row.id, row.open]))
}

export const findComments = (
  orm: Orm | Transaction,
  of: { readonly threads: readonly ThreadId[] } | { readonly ids: readonly CommentId[] },
): Promise<CommentRow[]> =>
  orm
    .select()
    .from(threadComments)
    .where(
      'ids' in of
        ? inArray(threadComments.id, [...of.ids])
        : inArray(threadComments.threadId, [...of.threads]),
    )
    .orderBy(asc(threadComments.createdAt), asc(threadComments.id))

export async function findComment(orm: Orm | Transaction, id: CommentId): Promise<CommentRow | null> {
  const [row] = await findComments(orm, { ids: [id] })
  return row ?? null
}

/** @returns false where a comment has this id already */
export async function insertComment(
  tx: Transaction,
  row: Pick<CommentRow, 'id' | 'threadId' | 'authorId' | 'body'>,
): Promise<boolean> {
  const rows = await tx
    .insert(threadComments)
    .values({ ...row, createdAt: NOW })
    .onConflictDoNothing({ target: threadComments.id })
    .returning({ id: threadComments.id })
  return rows.length === 1
}

export const rewriteComment = (tx: Transaction, id: CommentId, body: string) =>
  tx.update(threadComments).set({ body, editedAt: NOW }).where(eq(threadComments.id, id))

/** What it said is not kept, nor what others thought of it. */
export async function emptyComment(tx: Transaction, id: CommentId): Promise<void> {
  await tx.update(threadComments).set({ body: '', deletedAt: NOW }).where(eq(threadComments.id, id))
  await tx.delete(commentReactions).where(eq(commentReactions.commentId, id))
}

/** Whether a thread says anything beside this comment. */
export async function hasOthers(tx: Transaction, { id, threadId }: CommentRow): Promise<boolean> {
  const [row] = await tx
    .select({ others: count() })
    .from(threadComments)
    .where(
      and(eq(threadComments.threadId, threadId), ne(threadComments.id, id), isNull(threadComments.deletedAt)),
    )
  return (row?.others ?? 0) > 0
}

export const findReactions = async (
  orm: Orm | Transaction,
  comments: readonly CommentId[],
): Promise<ReactionRow[]> =>
  comments.length === 0
    ? []
    : orm
        .select()
        .from(commentReactions)
        .where(inArray(commentReactions.commentId, [...comments]))
        .orderBy(asc(commentReactions.createdAt), asc(commentReactions.volunteerId))

/** @returns whether that changed anything */
export async function setReaction(
  tx: Transaction,
  reaction: Pick<ReactionRow, 'commentId' | 'volunteerId' | 'emoji'>,
  given: boolean,
): Promise<boolean> {
  const { commentId, volunteerId, emoji } = reaction
  const rows = given
    ? await tx
        .insert(commentReactions)
        .values({ ...reaction, createdAt: NOW })
        .onConflictDoNothing()
        .returning()
    : await tx
        .delete(commentReactions)
        .where(
          and(
            eq(commentReactions.commentId, commentId),
            eq(commentReactions.volunteerId, volunteerId),
            eq(commentReactions.emoji, emoji),
          ),
        )
        .returning()
  return rows.length > 0
}
