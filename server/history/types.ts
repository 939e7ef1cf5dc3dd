import type { BodyNode } from '#lib/documents/draft/text.ts'
import type { Passage, RevisionKind } from '#lib/domain/history/revision.ts'
import type { DraftId, RevisionId, VolunteerId } from '#lib/domain/ids.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import type { Result } from '#lib/domain/result.ts'

/** Lines of the timeline that one call returns. */
export const PAGE_SIZE = 50
/** Longest name of a revision, in UTF-16 units. */
export const MAX_NAME = 120

/** One line of the timeline. Times are ISO 8601 in UTC. */
export type RevisionHead = {
  readonly id: RevisionId
  readonly draftId: DraftId
  readonly kind: RevisionKind
  readonly name: string | null
  readonly hash: string
  /** Who wrote since the revision before. */
  readonly authors: readonly VolunteerId[]
  readonly wordCount: number
  /** Null where it was made by itself. */
  readonly createdBy: VolunteerId | null
  readonly startedAt: string
  readonly createdAt: string
}

/** What was said, and who wrote it: runs over the title, a line feed, and the canonical plain text of the body. */
export type Wording = {
  readonly title: string
  readonly body: readonly BodyNode[]
  readonly hash: string
  readonly passages: readonly Passage[]
}

export type Revision = RevisionHead & Wording & { readonly previous: RevisionId | null }

/** `unavailable`: no room can be had now. */
export type HistoryRefusal = 'forbidden' | 'missing' | 'unavailable'

/** Every call decides through `can()`. */
export type History = {
  /** Newest first. @param offset how many lines the caller has already */
  list(
    actor: Actor,
    id: DraftId,
    offset: number,
  ): Promise<Result<{ readonly revisions: readonly RevisionHead[]; readonly more: boolean }, 'missing'>>
  open(actor: Actor, id: RevisionId): Promise<Result<Revision, 'missing'>>
  /** What the draft says now, and who wrote it. */
  now(actor: Actor, id: DraftId): Promise<Result<Wording, 'missing' | 'unavailable'>>
  /** Keeps what the draft says now under a name. */
  name(actor: Actor, id: DraftId, name: string): Promise<Result<RevisionId, HistoryRefusal | 'nameMissing'>>
  /** Names a revision that there is, or gives it another name; blank takes the name away. */
  rename(actor: Actor, id: RevisionId, name: string): Promise<Result<void, 'forbidden' | 'missing'>>
  /**
   * Makes the draft say again what a revision said, without what was only suggested then, by the smallest edit; what
   * it replaces is kept.
   * @returns the revision that holds what was replaced; null where the draft says that already
   */
  restore(
    actor: Actor,
    id: RevisionId,
  ): Promise<Result<{ readonly before: RevisionId | null }, HistoryRefusal>>
}
