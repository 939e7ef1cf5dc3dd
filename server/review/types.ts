import type { DraftId, RevisionId, VerdictId, VolunteerId } from '#lib/domain/ids.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import type { Result } from '#lib/domain/result.ts'
import type { ReviewSettings } from '#lib/domain/review/settings.ts'
import type { Stage } from '#lib/domain/review/stage.ts'
import type { ReviewView } from '#lib/protocol/review.ts'
import type { News } from '#server/sync/ports.ts'

/**
 * `contentChanged`: the draft does not say any more what the actor looked at. `notNow`: the stage does not allow it.
 * `notApproved`: what the rules of the newsroom ask for is missing. `unavailable`: no room can be had now.
 */
export type ReviewRefusal =
  | 'forbidden'
  | 'missing'
  | 'archived'
  | 'contentChanged'
  | 'notNow'
  | 'notApproved'
  | 'unavailable'

type Decided = Promise<Result<void, ReviewRefusal>>

/** Every call decides through `can()` and the state machine of lib/domain/review, and is written down in the audit. */
export type Reviews = {
  settings(): Promise<ReviewSettings>
  configure(actor: Actor, settings: ReviewSettings): Promise<Result<void, 'forbidden' | 'invalid'>>
  view(actor: Actor, id: DraftId): Promise<Result<ReviewView, 'missing'>>
  /** Opens a round; where one is open, adds to it. Nobody named: whoever is here. */
  ask(
    actor: Actor,
    round: { readonly draftId: DraftId; readonly note: string; readonly reviewers: readonly VolunteerId[] },
  ): Promise<Result<void, ReviewRefusal | 'reviewerUnknown'>>
  /** Takes the round back. */
  withdraw(actor: Actor, id: DraftId): Decided
  /** @param verdict.hash `textHash` of what the actor looked at */
  judge(
    actor: Actor,
    verdict: {
      readonly draftId: DraftId
      readonly kind: 'approve' | 'changes'
      readonly hash: string
      readonly reason: string
      readonly checked: readonly string[]
    },
  ): Promise<Result<void, ReviewRefusal | 'reasonMissing' | 'checklistOpen'>>
  /** A coordinator approves alone; the reason may not be blank. */
  override(
    actor: Actor,
    verdict: { readonly draftId: DraftId; readonly hash: string; readonly reason: string },
  ): Promise<Result<void, ReviewRefusal | 'reasonMissing'>>
  /** One’s own verdict, while nothing was built on it. */
  takeBack(actor: Actor, id: VerdictId): Decided
  /** Approved → scheduled, and back. */
  schedule(actor: Actor, id: DraftId): Decided
  unschedule(actor: Actor, id: DraftId): Decided
  /** Says that it is out. @returns the revision that is */
  publish(
    actor: Actor,
    draft: { readonly draftId: DraftId; readonly hash: string },
  ): Promise<Result<RevisionId, ReviewRefusal>>
  /**
   * What a drag on the board means: the one step that leads to that stage and needs no more words.
   * `needsVerdict`: that stage is reached by reading and judging, on the page of the draft.
   */
  moveTo(actor: Actor, id: DraftId, stage: Stage): Promise<Result<void, ReviewRefusal | 'needsVerdict'>>
  news(id: DraftId): Promise<readonly News[]>
}
