import type { Channel } from '#lib/domain/channels/channels.ts'
import type { DraftId, ReviewId, RevisionId, VerdictId, VolunteerId } from '#lib/domain/ids.ts'
import type { Gap } from '#lib/domain/review/approval.ts'
import type { Stage } from '#lib/domain/review/stage.ts'
import type { VerdictKind } from '#lib/domain/review/verdict.ts'

export type VerdictView = {
  readonly id: VerdictId
  readonly by: VolunteerId
  readonly kind: VerdictKind
  readonly reason: string
  readonly checked: readonly string[]
  readonly at: string
  readonly revisionId: RevisionId
  readonly hash: string
  /** Of what the draft said at the last look; once its text has moved on, a verdict counts no more. */
  readonly counts: boolean
}

/** Where a draft stands in its review: the same for everybody. Times are ISO 8601 in UTC. */
export type ReviewView = {
  readonly draftId: DraftId
  readonly stage: Stage
  /** `textHash` of what the draft said at the last projection. */
  readonly hash: string
  readonly channels: readonly Channel[]
  /** The open round; null where nobody asks for anything. */
  readonly round: {
    readonly id: ReviewId
    readonly askedBy: VolunteerId
    readonly askedAt: string
    readonly note: string
    readonly anybody: boolean
    readonly reviewers: readonly VolunteerId[]
  } | null
  /** Newest first; those that were taken back are left out. */
  readonly verdicts: readonly VerdictView[]
  /** Who wrote what is not approved yet: their own approval does not cover it. */
  readonly writers: readonly VolunteerId[]
  /** What is missing for it to count as approved; empty: nothing is. Keys for pages to put into words. */
  readonly missing: readonly Gap[]
  /** The newest revision that counted as approved; null: there was none yet. */
  readonly approvedRevision: RevisionId | null
  /** Its approval was lost to an edit, and none has taken its place. */
  readonly voided: boolean
  readonly publishedRevision: RevisionId | null
  /** The text has changed since it was published. */
  readonly changedSincePublication: boolean
}
