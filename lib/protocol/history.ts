import type { BodyNode } from '#lib/domain/body.ts'
import type { Passage, RevisionKind } from '#lib/domain/history/revision.ts'
import type { DraftId, RevisionId, VolunteerId } from '#lib/domain/ids.ts'

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

export type RevisionView = RevisionHead & Wording & { readonly previous: RevisionId | null }

export type Timeline = { readonly revisions: readonly RevisionHead[]; readonly more: boolean }
