import { type Actor, can } from '#lib/domain/permissions.ts'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import { mentionsIn, readComment } from '#lib/domain/threads/comment.ts'
import type { CommentView, ThreadView } from '#lib/protocol/threads.ts'
import type { Orm, Transaction } from '#server/db/database.ts'
import { allOrNothing } from '#server/volunteers/all-or-nothing.ts'
import { type Parts, type Place, placeOf, placeOfThread } from './parts.ts'
import { shareActive } from './people-store.ts'
import {
  findComment,
  findThread,
  insertComment,
  insertThread,
  lockThread,
  raiseVersion,
  type ThreadRow,
} from './store.ts'
import { tellOfComment } from './tell.ts'
import type { BodyRefusal, ThreadRefusal, Threads } from './types.ts'
import { readThreads, readComment as readView, subjectOf } from './views.ts'

type NewThread = Parameters<Threads['open']>[1]
type NewComment = Parameters<Threads['reply']>[1]
type Refusal = ThreadRefusal | BodyRefusal | 'idTaken'

/** Refuses at once those who may comment nowhere, and what is no comment. */
function readBody(actor: Actor, text: string): Result<string, 'forbidden' | 'empty' | 'tooLong'> {
  return can(actor, 'thread.comment', { archived: false }) ? readComment(text) : fail('forbidden')
}

export async function openThread(
  parts: Parts,
  actor: Actor,
  thread: NewThread,
): Promise<Result<ThreadView, Refusal>> {
  const { orm } = parts.database
  const { subject } = thread
  const body = readBody(actor, thread.comment.body)
  if (!body.ok) return body
  const known = await findThread(orm, thread.id)
  if (known) return openedBefore(orm, actor, known, thread)
  if (subject.kind === 'slot' && !(await parts.slotExists(actor, subject.id))) return fail('missing')
  return allOrNothing(orm, async (tx): Promise<Result<ThreadView, Refusal>> => {
    const place = await placeOf(tx, subject)
    if (!place) return fail('missing')
    if (!can(actor, 'thread.comment', place)) return fail('forbidden')
    const row = rowOf(actor, thread)
    if (!(await insertThread(tx, row))) {
      const other = await findThread(tx, thread.id)
      return other ? openedBefore(tx, actor, other, thread) : fail('idTaken')
    }
    const written = { id: thread.comment.id, threadId: thread.id, body: body.value }
    const refusal = await write(parts, tx, actor, row, written, place)
    if (refusal !== null) return fail(refusal)
    return viewIn(tx, thread.id)
  })
}

const rowOf = (actor: Actor, { id, subject, anchor }: NewThread) => ({
  id,
  draftId: subject.kind === 'draft' ? subject.id : null,
  slotId: subject.kind === 'slot' ? subject.id : null,
  anchor: subject.kind === 'draft' ? anchor : null,
  createdBy: actor.volunteerId,
})

/** The same call again, from a page that did not hear the answer; or an id that somebody else drew. */
async function openedBefore(
  orm: Orm | Transaction,
  actor: Actor,
  known: ThreadRow,
  { subject, comment }: NewThread,
): Promise<Result<ThreadView, 'idTaken'>> {
  const first = await findComment(orm, comment.id)
  const mine = known.createdBy === actor.volunteerId && first?.authorId === actor.volunteerId
  const same = first?.threadId === known.id && subjectOf(known).id === subject.id
  if (!mine || !same) return fail('idTaken')
  return viewIn(orm, known.id)
}

async function viewIn(orm: Orm | Transaction, id: ThreadRow['id']): Promise<Result<ThreadView, 'idTaken'>> {
  const row = await findThread(orm, id)
  const [view] = row ? await readThreads(orm, [row]) : []
  return view ? ok(view) : fail('idTaken')
}

export async function replyTo(
  parts: Parts,
  actor: Actor,
  comment: NewComment,
): Promise<Result<CommentView, Refusal>> {
  const body = readBody(actor, comment.body)
  if (!body.ok) return body
  return allOrNothing(parts.database.orm, async (tx): Promise<Result<CommentView, Refusal>> => {
    const thread = await lockThread(tx, comment.threadId)
    const known = await findComment(tx, comment.id)
    if (known) {
      const same = known.authorId === actor.volunteerId && known.threadId === comment.threadId
      return same ? answer(tx, comment) : fail('idTaken')
    }
    const place = thread && (await placeOfThread(tx, thread))
    if (!place) return fail('missing')
    if (!can(actor, 'thread.comment', place)) return fail('forbidden')
    const refusal = await write(parts, tx, actor, thread, { ...comment, body: body.value }, null)
    if (refusal !== null) return fail(refusal)
    return answer(tx, comment)
  })
}

async function answer(tx: Transaction, { id }: NewComment): Promise<Result<CommentView, 'missing'>> {
  const view = await readView(tx, id)
  return view ? ok(view) : fail('missing')
}

/**
 * Puts a comment into a thread whose row this transaction holds, and tells of it.
 * @param place of a thread that begins with it; null where it is a reply, which reopens what was resolved
 */
async function write(
  { notify, events }: Parts,
  tx: Transaction,
  actor: Actor,
  thread: Pick<ThreadRow, 'id' | 'draftId' | 'slotId'>,
  { id, body }: NewComment,
  place: Place | null,
): Promise<'mentionUnknown' | 'idTaken' | null> {
  if (!(await shareActive(tx, mentionsIn(body)))) return 'mentionUnknown'
  const comment = { id, threadId: thread.id, authorId: actor.volunteerId, body }
  if (!(await insertComment(tx, comment))) return 'idTaken'
  if (!place) await raiseVersion(tx, thread.id, null)
  await tellOfComment({ notify }, tx, thread, comment, place)
  await events.publish({ type: 'thread.changed', threadId: thread.id, commentId: id }, tx)
  return null
}
