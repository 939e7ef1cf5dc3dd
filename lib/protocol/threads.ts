import type { CommentId, DraftId, SlotId, ThreadId, VolunteerId } from '#lib/domain/ids.ts'

/** What a thread is about. */
export type ThreadSubject =
  | { readonly kind: 'draft'; readonly id: DraftId }
  | { readonly kind: 'slot'; readonly id: SlotId }

/** A passage of a draft’s body. */
export type ThreadAnchor = {
  /** Yjs relative positions (`Y.encodeRelativePosition`), base64: before its first and behind its last character. */
  readonly start: string
  readonly end: string
  /** What stood there when the thread was opened, blocks separated by a line feed. */
  readonly quote: string
  /** A few words before and behind it, to find it again where the positions lead nowhere any more. */
  readonly before: string
  readonly after: string
}

/** Times are ISO 8601 in UTC. */
export type CommentView = {
  readonly id: CommentId
  readonly author: VolunteerId
  /** Plain text; a mention is `@[<volunteer id>]`. Empty where it was deleted. */
  readonly body: string
  readonly createdAt: string
  readonly editedAt: string | null
  readonly deletedAt: string | null
  /** In the order in which each was first given. */
  readonly reactions: readonly { readonly emoji: string; readonly by: readonly VolunteerId[] }[]
}

export type ThreadHead = {
  readonly id: ThreadId
  readonly subject: ThreadSubject
  readonly anchor: ThreadAnchor | null
  readonly createdBy: VolunteerId
  readonly createdAt: string
  readonly resolved: { readonly by: VolunteerId; readonly at: string } | null
  /** Of two heads of one thread, the one with the higher version is the later one. */
  readonly version: number
}

/** `comments` in the order in which they were written. */
export type ThreadView = ThreadHead & { readonly comments: readonly CommentView[] }
