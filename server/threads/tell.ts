import type { VolunteerId } from '#lib/domain/ids.ts'
import { mentionsIn } from '#lib/domain/threads/comment.ts'
import type { Transaction } from '#server/db/database.ts'
import type { Parts, Place } from './parts.ts'
import { addFollowers, findFollowers, findWriters } from './people-store.ts'
import type { CommentRow, ThreadRow } from './store.ts'

type Written = Pick<CommentRow, 'id' | 'authorId' | 'body'>
type Told = Pick<ThreadRow, 'id' | 'draftId' | 'slotId'>

const notice = ({ id: threadId, draftId, slotId }: Told, { id: commentId, authorId: by }: Written) => ({
  by,
  draftId,
  slotId,
  threadId,
  commentId,
})

const without = (ids: readonly VolunteerId[], left: readonly VolunteerId[]) =>
  ids.filter((id) => !left.includes(id))

/** Who is named hears of it, and follows from now on. Who asked to hear no more is told, but does not follow. */
export async function tellMentioned(
  { notify }: Pick<Parts, 'notify'>,
  tx: Transaction,
  thread: Told,
  comment: Written,
  mentioned: readonly VolunteerId[],
): Promise<void> {
  const to = without(mentioned, [comment.authorId])
  await addFollowers(tx, thread.id, to)
  if (to.length > 0) await notify(tx, { kind: 'mention', to, ...notice(thread, comment) })
}

/**
 * Tells of a new comment. Each person is told once: of being named, or else of a reply where they follow, or else
 * of a new thread on what they wrote.
 * @param place of the thread that this comment begins; null where it is a reply
 */
export async function tellOfComment(
  parts: Pick<Parts, 'notify'>,
  tx: Transaction,
  thread: Told,
  comment: Written,
  place: Place | null,
): Promise<void> {
  const mentioned = mentionsIn(comment.body)
  const others = place ? await concernedBy(tx, thread, place) : await findFollowers(tx, thread.id)
  const to = without(others, [comment.authorId, ...mentioned])
  const kind = place ? 'thread' : 'reply'
  await addFollowers(tx, thread.id, [comment.authorId])
  await tellMentioned(parts, tx, thread, comment, mentioned)
  if (to.length > 0) await parts.notify(tx, { kind, to, ...notice(thread, comment) })
}

async function concernedBy(tx: Transaction, { draftId }: Told, { owner }: Place) {
  const writers = draftId === null ? [] : await findWriters(tx, draftId)
  return [...new Set(owner === null ? writers : [...writers, owner])]
}
