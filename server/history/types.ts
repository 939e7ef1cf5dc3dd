import type { DraftId, RevisionId } from '#lib/domain/ids.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import type { Result } from '#lib/domain/result.ts'
import type { RevisionView, Timeline, Wording } from '#lib/protocol/history.ts'

/** Lines of the timeline that one call returns. */
export const PAGE_SIZE = 50
/** Longest name of a revision, in UTF-16 units. */
export const MAX_NAME = 120

/** `unavailable`: no room can be had now. */
export type HistoryRefusal = 'forbidden' | 'missing' | 'unavailable'

/** Every call decides through `can()`. */
export type History = {
  /** Newest first. @param offset how many lines the caller has already */
  list(actor: Actor, id: DraftId, offset: number): Promise<Result<Timeline, 'missing'>>
  open(actor: Actor, id: RevisionId): Promise<Result<RevisionView, 'missing'>>
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
