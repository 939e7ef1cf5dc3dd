'use server'

import { z } from 'zod'
import { newsroomAction } from '#app/_gate/action.ts'
import { commentId, draftId, line, slotId, threadId, volunteerId } from '#app/_gate/schemas.ts'
import { fail, ok } from '#lib/domain/result.ts'
import { MAX_CONTEXT, MAX_PIECES, MAX_POSITION, MAX_QUOTE, MAX_TWINS } from '#lib/domain/threads/passage.ts'

/** Longer than any comment may be: what is too long is refused in words, by lib/domain/threads. */
const body = z.string().max(2_000_000)
const subject = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('draft'), id: draftId }),
  z.object({ kind: z.literal('slot'), id: slotId }),
])
const position = z.base64().max(MAX_POSITION)
/** Text that PostgreSQL can hold in JSON. */
const passage = (length: number) =>
  z
    .string()
    .max(length)
    .refine((text) => text.isWellFormed() && !text.includes('\0'))
const natural = z.number().int().min(0)
const anchor = z.object({
  start: position,
  end: position,
  quote: passage(MAX_QUOTE).min(1),
  before: passage(MAX_CONTEXT),
  after: passage(MAX_CONTEXT),
  pieces: z
    .array(z.tuple([natural, natural, natural]).readonly())
    .max(MAX_PIECES)
    .readonly(),
  twins: z
    .array(z.tuple([natural, natural]).readonly())
    .max(MAX_TWINS)
    .readonly()
    .nullable(),
})
const comment = z.object({ id: commentId, body })
/** Whose page sends it. Kept while offline, it may be sent after somebody else has signed in in that browser. */
const as = volunteerId

export const listThreads = newsroomAction(z.object({ subject }), (actor, input, { threads }) =>
  threads.list(actor, input.subject),
)

export const countOpenThreads = newsroomAction(
  z.object({ subjects: z.array(subject).max(2000) }),
  async (actor, { subjects }, { threads }) => ok(await threads.openCounts(actor, subjects)),
)

/** Ids are drawn by the page: sent again after a lost answer, it is opened once. */
export const openThread = newsroomAction(
  z.object({ as, id: threadId, subject, anchor: anchor.nullable(), comment }),
  async (actor, { as, ...thread }, { threads }) =>
    as === actor.volunteerId ? threads.open(actor, thread) : fail('signedOut'),
)

/** The comment’s id is drawn by the page: sent again, it is there once. */
export const replyToThread = newsroomAction(
  comment.extend({ as, threadId }),
  async (actor, { as, ...reply }, { threads }) =>
    as === actor.volunteerId ? threads.reply(actor, reply) : fail('signedOut'),
)

export const editComment = newsroomAction(comment, (actor, edited, { threads }) =>
  threads.edit(actor, edited),
)

export const removeComment = newsroomAction(z.object({ id: commentId }), (actor, { id }, { threads }) =>
  threads.remove(actor, id),
)

export const setThreadResolved = newsroomAction(
  z.object({ id: threadId, resolved: z.boolean() }),
  (actor, { id, resolved }, { threads }) => threads.setResolved(actor, id, resolved),
)

/** @param emoji one of lib/domain/threads */
export const reactToComment = newsroomAction(
  z.object({ commentId, emoji: line, given: z.boolean() }),
  (actor, reaction, { threads }) => threads.react(actor, reaction),
)

export const followsThread = newsroomAction(z.object({ id: threadId }), async (actor, { id }, { threads }) =>
  ok(await threads.follows(actor, id)),
)

export const setThreadFollowing = newsroomAction(
  z.object({ id: threadId, following: z.boolean() }),
  (actor, { id, following }, { threads }) => threads.setFollowing(actor, id, following),
)
