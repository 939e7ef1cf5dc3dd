import type { CommentId } from '#lib/domain/ids.ts'
import type { CommentView, ThreadHead, ThreadSubject, ThreadView } from '#lib/protocol/threads.ts'
import type { Orm, Transaction } from '#server/db/database.ts'
import {
  type CommentRow,
  findComment,
  findComments,
  findReactions,
  findThread,
  type ReactionRow,
  type ThreadRow,
} from './store.ts'
import type { Threads } from './types.ts'

export function subjectOf({ draftId, slotId }: ThreadRow): ThreadSubject {
  if (draftId !== null) return { kind: 'draft', id: draftId }
  if (slotId !== null) return { kind: 'slot', id: slotId }
  throw new Error('a thread is about a draft or a slot: the database checks it')
}

const headOf = (row: ThreadRow): ThreadHead => ({
  id: row.id,
  subject: subjectOf(row),
  anchor: row.anchor,
  createdBy: row.createdBy,
  createdAt: row.createdAt.toISOString(),
  resolved:
    row.resolvedBy && row.resolvedAt ? { by: row.resolvedBy, at: row.resolvedAt.toISOString() } : null,
  version: row.version,
})

/** @param reactions of this comment, the first given first */
function viewOf(row: CommentRow, reactions: readonly ReactionRow[]): CommentView {
  const byEmoji = Map.groupBy(reactions, (reaction) => reaction.emoji)
  return {
    id: row.id,
    author: row.authorId,
    body: row.body,
    createdAt: row.createdAt.toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
    deletedAt: row.deletedAt?.toISOString() ?? null,
    reactions: [...byEmoji].map(([emoji, given]) => ({
      emoji,
      by: given.map((reaction) => reaction.volunteerId),
    })),
  }
}

async function viewsOf(orm: Orm | Transaction, rows: readonly CommentRow[]): Promise<readonly CommentView[]> {
  const reactions = await findReactions(
    orm,
    rows.map((row) => row.id),
  )
  const byComment = Map.groupBy(reactions, (reaction) => reaction.commentId)
  return rows.map((row) => viewOf(row, byComment.get(row.id) ?? []))
}

export async function readComment(orm: Orm | Transaction, id: CommentId): Promise<CommentView | null> {
  const row = await findComment(orm, id)
  const [view] = row ? await viewsOf(orm, [row]) : []
  return view ?? null
}

export async function readThreads(
  orm: Orm | Transaction,
  rows: readonly ThreadRow[],
): Promise<readonly ThreadView[]> {
  if (rows.length === 0) return []
  const comments = await findComments(orm, { threads: rows.map((row) => row.id) })
  const views = await viewsOf(orm, comments)
  const threadOf = new Map(comments.map((comment) => [comment.id, comment.threadId]))
  const byThread = Map.groupBy(views, (view) => threadOf.get(view.id))
  return rows.map((row) => ({ ...headOf(row), comments: byThread.get(row.id) ?? [] }))
}

/**
 * What pages are told when a thread, or one comment of it, changed: its head and that comment, whatever else the
 * thread holds. Everybody who is signed in may read comments: everybody is told.
 */
export const threadNews =
  (orm: Orm): Threads['news'] =>
  async (id, comment) => {
    const row = await findThread(orm, id)
    if (!row) return [{ event: { type: 'threadGone', id }, to: null }]
    const view = comment === null ? null : await readComment(orm, comment)
    const comments = view ? [view] : []
    return [{ event: { type: 'thread', thread: headOf(row), comments }, to: null }]
  }
