import type { CommentId, ThreadId, VolunteerId } from '#lib/domain/ids.ts'
import type {
  CommentView,
  ThreadAnchor,
  ThreadHead,
  ThreadSubject,
  ThreadView,
} from '#lib/protocol/threads.ts'

/** What this page knows of the threads of one subject. */
export type Threads = ReadonlyMap<ThreadId, ThreadView>

/** A comment that the server has not confirmed; the first of its thread where `opens` is not null. */
export type Unsent = {
  readonly id: CommentId
  readonly subject: ThreadSubject
  readonly threadId: ThreadId
  readonly opens: { readonly anchor: ThreadAnchor | null } | null
  readonly body: string
  readonly author: VolunteerId
  /** When it was written, ISO 8601 in UTC. */
  readonly at: string
  /** Why the server does not want it; null while it waits. */
  readonly refused: string | null
}

/** What the server made of it: the thread that it opened, or the reply. */
export type Sent = { readonly thread: ThreadView } | { readonly comment: CommentView }

export type ShownComment = CommentView & { readonly unsent: Unsent | null }
export type ShownThread = ThreadHead & {
  readonly comments: readonly ShownComment[]
  /** The server knows it: it can be resolved, linked to and followed. */
  readonly sent: boolean
}

export const sameSubject = (one: ThreadSubject, other: ThreadSubject): boolean =>
  one.kind === other.kind && one.id === other.id

const byTime = (one: CommentView, other: CommentView) =>
  one.createdAt < other.createdAt ? -1 : one.createdAt > other.createdAt ? 1 : one.id < other.id ? -1 : 1

function withComments(known: readonly CommentView[], news: readonly CommentView[]): readonly CommentView[] {
  const byId = new Map(known.map((comment) => [comment.id, comment]))
  for (const comment of news) byId.set(comment.id, comment)
  return [...byId.values()].toSorted(byTime)
}

/** Takes in a piece of news: what is older than what is known changes nothing. */
export function hearOf(threads: Threads, head: ThreadHead, comments: readonly CommentView[]): Threads {
  const known = threads.get(head.id)
  if (known && known.version > head.version) {
    // Late, but a comment that nobody has told of yet is news all the same.
    const unknown = comments.filter(({ id }) => !known.comments.some((comment) => comment.id === id))
    if (unknown.length === 0) return threads
    return new Map(threads).set(head.id, { ...known, comments: withComments(known.comments, unknown) })
  }
  const all = withComments(known?.comments ?? [], comments)
  if (isGone(all)) return without(threads, head.id)
  return new Map(threads).set(head.id, { ...head, comments: all })
}

/** A thread of which nothing is left to read. */
const isGone = (comments: readonly CommentView[]) =>
  comments.length > 0 && comments.every(({ deletedAt }) => deletedAt !== null)

/** Takes in the server’s answer to what was said here: its news may come later, or have come before. */
export function takeSent(threads: Threads, id: ThreadId, sent: Sent): Threads {
  if ('thread' in sent) return hearOf(threads, sent.thread, sent.thread.comments)
  const known = threads.get(id)
  if (!known || known.comments.some((comment) => comment.id === sent.comment.id)) return threads
  return new Map(threads).set(id, { ...known, comments: withComments(known.comments, [sent.comment]) })
}

export function without(threads: Threads, id: ThreadId): Threads {
  const rest = new Map(threads)
  rest.delete(id)
  return rest
}

/**
 * Takes in the whole list as the server read it.
 * @param since threads of which this page has heard since it asked: they may be newer than the list, or not in it yet
 */
export function takeList(
  threads: Threads,
  list: readonly ThreadView[],
  since: ReadonlySet<ThreadId>,
): Threads {
  const next = new Map(list.map((thread) => [thread.id, thread]))
  for (const id of since) {
    const known = threads.get(id)
    const listed = next.get(id)
    // Heard of and not there: it has gone meanwhile.
    if (!known) next.delete(id)
    else if (!listed || listed.version < known.version) next.set(id, known)
  }
  return next
}

/** Changes one comment before the server has said so. */
export function changeComment(
  threads: Threads,
  id: CommentId,
  change: (comment: CommentView) => CommentView,
): Threads {
  for (const thread of threads.values()) {
    if (!thread.comments.some((comment) => comment.id === id)) continue
    const comments = thread.comments.map((comment) => (comment.id === id ? change(comment) : comment))
    return new Map(threads).set(thread.id, { ...thread, comments })
  }
  return threads
}

const asComment = (unsent: Unsent): ShownComment => ({
  id: unsent.id,
  author: unsent.author,
  body: unsent.body,
  createdAt: unsent.at,
  editedAt: null,
  deletedAt: null,
  reactions: [],
  unsent,
})

const asThread = (unsent: Unsent): ShownThread => ({
  id: unsent.threadId,
  subject: unsent.subject,
  anchor: unsent.opens?.anchor ?? null,
  createdBy: unsent.author,
  createdAt: unsent.at,
  resolved: null,
  version: 0,
  comments: [],
  sent: false,
})

/** What the server knows and what it is still to be told, together; oldest thread first. */
export function shownThreads(threads: Threads, waiting: readonly Unsent[]): readonly ShownThread[] {
  const shown = new Map<ThreadId, ShownThread>()
  for (const thread of threads.values()) {
    const comments = thread.comments.map((comment) => ({ ...comment, unsent: null }))
    shown.set(thread.id, { ...thread, comments, sent: true })
  }
  for (const unsent of waiting) {
    const thread = shown.get(unsent.threadId) ?? (unsent.opens && asThread(unsent))
    // Its answer has arrived by another way: the news was faster.
    if (!thread || thread.comments.some(({ id }) => id === unsent.id)) continue
    shown.set(thread.id, { ...thread, comments: [...thread.comments, asComment(unsent)] })
  }
  return [...shown.values()].toSorted((one, other) =>
    one.createdAt < other.createdAt ? -1 : one.createdAt > other.createdAt ? 1 : one.id < other.id ? -1 : 1,
  )
}
