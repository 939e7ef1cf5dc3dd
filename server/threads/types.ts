import type { CommentId, ThreadId } from '#lib/domain/ids.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import type { Result } from '#lib/domain/result.ts'
import type { CommentView, ThreadAnchor, ThreadSubject, ThreadView } from '#lib/protocol/threads.ts'
import type { News } from '#server/sync/ports.ts'

/** `missing`: there is no such thread, comment, draft or slot (any more). */
export type ThreadRefusal = 'forbidden' | 'missing'
/** `empty` or `tooLong`: the text, by lib/domain/threads. `mentionUnknown`: it names nobody who can be told. */
export type BodyRefusal = 'empty' | 'tooLong' | 'mentionUnknown'

export type Threads = {
  /** All threads of a subject, resolved ones too, oldest first; of a slot also when it is not there any more. */
  list(actor: Actor, subject: ThreadSubject): Promise<Result<readonly ThreadView[], ThreadRefusal>>
  /** How many threads each of these subjects has that are not resolved; those without any are left out. */
  openCounts(
    actor: Actor,
    subjects: readonly ThreadSubject[],
  ): Promise<readonly { readonly subject: ThreadSubject; readonly open: number }[]>
  /** Ids are drawn by the page: the same call again changes nothing, and answers the same. */
  open(
    actor: Actor,
    thread: {
      readonly id: ThreadId
      readonly subject: ThreadSubject
      readonly anchor: ThreadAnchor | null
      readonly comment: { readonly id: CommentId; readonly body: string }
    },
  ): Promise<Result<ThreadView, ThreadRefusal | BodyRefusal | 'idTaken'>>
  /** Writing in a resolved thread reopens it. */
  reply(
    actor: Actor,
    comment: { readonly id: CommentId; readonly threadId: ThreadId; readonly body: string },
  ): Promise<Result<CommentView, ThreadRefusal | BodyRefusal | 'idTaken'>>
  edit(
    actor: Actor,
    comment: { readonly id: CommentId; readonly body: string },
  ): Promise<Result<void, ThreadRefusal | BodyRefusal>>
  /** Its place stays, empty; a thread whose last comment it was is gone. Again: the same answer, while there is a thread. */
  remove(actor: Actor, id: CommentId): Promise<Result<void, ThreadRefusal>>
  setResolved(actor: Actor, id: ThreadId, resolved: boolean): Promise<Result<void, ThreadRefusal>>
  /** @param emoji one of lib/domain/threads */
  react(
    actor: Actor,
    reaction: { readonly commentId: CommentId; readonly emoji: string; readonly given: boolean },
  ): Promise<Result<void, ThreadRefusal | 'unknownEmoji'>>
  /** Whether the actor hears of a thread. */
  follows(actor: Actor, id: ThreadId): Promise<boolean>
  setFollowing(actor: Actor, id: ThreadId, following: boolean): Promise<Result<void, ThreadRefusal>>
  /** What pages are told of a change: the head of the thread and that comment, or that the thread is gone. */
  news(id: ThreadId, comment: CommentId | null): Promise<readonly News[]>
}
