import type { CommentId, DraftId, SlotId, ThreadId, VolunteerId } from '#lib/domain/ids.ts'

/** What a thread is about. */
export type ThreadSubject =
  | { readonly kind: 'draft'; readonly id: DraftId }
  | { readonly kind: 'slot'; readonly id: SlotId }

/**
 * A passage of a draft’s body. Made, and found again, by lib/documents/draft/anchor.ts; for everybody else only
 * `quote` says something.
 */
export type ThreadAnchor = {
  /** Yjs relative positions (`Y.encodeRelativePosition`), base64: before its first and behind its last character. */
  readonly start: string
  readonly end: string
  /** What stood there when the thread was opened, blocks separated by a line feed. */
  readonly quote: string
  /** A few words before and behind it, to find it again where the positions lead nowhere any more. */
  readonly before: string
  readonly after: string
  /** Its characters in order, as runs of Yjs ids: client, clock of the first, how many. */
  readonly pieces: readonly (readonly [client: number, clock: number, length: number])[]
  /**
   * Where the same words stood elsewhere when the thread was opened, by the Yjs ids of their first characters: such a
   * twin must not be taken for the passage when that is gone. Null: too many, or in the same surroundings.
   */
  readonly twins: readonly (readonly [client: number, clock: number])[] | null
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
