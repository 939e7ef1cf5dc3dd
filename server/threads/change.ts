import type { CommentId, ThreadId } from '#lib/domain/ids.ts'
import { type Actor, can } from '#lib/domain/permissions.ts'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import { mentionsIn, readComment } from '#lib/domain/threads/comment.ts'
import { isReaction } from '#lib/domain/threads/reaction.ts'
import { record } from '#server/audit/record.ts'
import type { Transaction } from '#server/db/database.ts'
import { allOrNothing } from '#server/volunteers/all-or-nothing.ts'
import { type Parts, type Place, placeOfThread } from './parts.ts'
import { shareActive } from './people-store.ts'
import {
  type CommentRow,
  deleteThread,
  emptyComment,
  findComment,
  findTold,
  hasOthers,
  lockThread,
  raiseVersion,
  rewriteComment,
  setReaction,
  type ThreadRow,
} from './store.ts'
import { tellMentioned } from './tell.ts'
import type { BodyRefusal, ThreadRefusal, Threads } from './types.ts'

type Within<C> = {
  readonly tx: Transaction
  readonly thread: ThreadRow
  readonly comment: C
  readonly place: Place
}

/** Holds a thread, by its id or that of a comment in it, and looks at it as it is then. */
async function inThread<E>(
  { database }: Parts,
  id: ThreadId,
  change: (within: Within<null>) => Promise<Result<void, E>>,
): Promise<Result<void, E | 'missing'>> {
  return allOrNothing(database.orm, async (tx): Promise<Result<void, E | 'missing'>> => {
    const thread = await lockThread(tx, id)
    const place = thread && (await placeOfThread(tx, thread))
    return place ? change({ tx, thread, place, comment: null }) : fail('missing')
  })
}

async function atComment<E>(
  parts: Parts,
  id: CommentId,
  change: (within: Within<CommentRow>) => Promise<Result<void, E>>,
): Promise<Result<void, E | 'missing'>> {
  const found = await findComment(parts.database.orm, id)
  if (!found) return fail('missing')
  return inThread(parts, found.threadId, async (within): Promise<Result<void, E | 'missing'>> => {
    const comment = await findComment(within.tx, id)
    return comment ? change({ ...within, comment }) : fail('missing')
  })
}

const tell = ({ events }: Parts, tx: Transaction, threadId: ThreadId, commentId: CommentId | null) =>
  events.publish({ type: 'thread.changed', threadId, commentId }, tx)

export function editComment(
  parts: Parts,
  actor: Actor,
  { id, body: text }: Parameters<Threads['edit']>[1],
): Promise<Result<void, ThreadRefusal | BodyRefusal>> {
  return atComment<ThreadRefusal | BodyRefusal>(parts, id, async ({ tx, thread, comment, place }) => {
    const { archived } = place
    if (!can(actor, 'comment.edit', { archived, author: comment.authorId })) return fail('forbidden')
    if (comment.deletedAt !== null) return fail('missing')
    const body = readComment(text)
    if (!body.ok) return body
    if (body.value === comment.body) return ok(undefined)
    const before = mentionsIn(comment.body)
    // Somebody who was suspended since may stay named.
    const added = mentionsIn(body.value).filter((named) => !before.includes(named))
    if (!(await shareActive(tx, added))) return fail('mentionUnknown')
    await rewriteComment(tx, id, body.value)
    await raiseVersion(tx, thread.id)
    await tellMentioned(parts, tx, thread, comment, added)
    await tell(parts, tx, thread.id, id)
    return ok(undefined)
  })
}

export function removeComment(
  parts: Parts,
  actor: Actor,
  id: CommentId,
): Promise<Result<void, ThreadRefusal>> {
  return atComment<ThreadRefusal>(parts, id, async ({ tx, thread, comment, place }) => {
    const author = comment.authorId
    if (!can(actor, 'comment.delete', { archived: place.archived, author })) return fail('forbidden')
    if (comment.deletedAt !== null) return ok(undefined)
    if (author !== actor.volunteerId) await recordRemoval(tx, actor, thread, comment)
    if (await hasOthers(tx, comment)) {
      await emptyComment(tx, id)
      await raiseVersion(tx, thread.id)
    } else await removeThread(parts, tx, thread.id)
    await tell(parts, tx, thread.id, id)
    return ok(undefined)
  })
}

/** What it said is not written down: that it is gone was the decision. */
const recordRemoval = (tx: Transaction, actor: Actor, thread: ThreadRow, comment: CommentRow) =>
  record(tx, {
    by: actor.volunteerId,
    action: 'comment.deleted',
    ...(thread.draftId && { draftId: thread.draftId }),
    detail: {
      author: comment.authorId,
      threadId: thread.id,
      commentId: comment.id,
      ...(thread.slotId && { slotId: thread.slotId }),
    },
  })

/** Notifications go with the thread: whoever had one has fewer now. */
async function removeThread({ events }: Parts, tx: Transaction, id: ThreadId): Promise<void> {
  const told = await findTold(tx, id)
  await deleteThread(tx, id)
  for (const volunteerId of told)
    await events.publish({ type: 'inbox.changed', volunteerId, notificationId: null }, tx)
}

export function resolveThread(
  parts: Parts,
  actor: Actor,
  id: ThreadId,
  resolved: boolean,
): Promise<Result<void, ThreadRefusal>> {
  return inThread<ThreadRefusal>(parts, id, async ({ tx, thread, place }) => {
    const { createdBy } = thread
    if (!can(actor, 'thread.resolve', { archived: place.archived, createdBy })) return fail('forbidden')
    if ((thread.resolvedBy !== null) === resolved) return ok(undefined)
    await raiseVersion(tx, id, resolved ? actor.volunteerId : null)
    await tell(parts, tx, id, null)
    return ok(undefined)
  })
}

export async function reactTo(
  parts: Parts,
  actor: Actor,
  { commentId, emoji, given }: Parameters<Threads['react']>[1],
): Promise<Result<void, ThreadRefusal | 'unknownEmoji'>> {
  return atComment<ThreadRefusal | 'unknownEmoji'>(
    parts,
    commentId,
    async ({ tx, thread, comment, place }) => {
      if (!can(actor, 'thread.comment', place)) return fail('forbidden')
      if (!isReaction(emoji)) return fail('unknownEmoji')
      if (comment.deletedAt !== null) return fail('missing')
      const reaction = { commentId, volunteerId: actor.volunteerId, emoji }
      if (!(await setReaction(tx, reaction, given))) return ok(undefined)
      await raiseVersion(tx, thread.id)
      await tell(parts, tx, thread.id, commentId)
      return ok(undefined)
    },
  )
}
