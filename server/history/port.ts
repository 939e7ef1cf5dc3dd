import type { DraftText } from '#lib/domain/body.ts'
import type { Passage, RevisionKind } from '#lib/domain/history/revision.ts'
import type { DraftId, RevisionId, VolunteerId } from '#lib/domain/ids.ts'
import type { Result } from '#lib/domain/result.ts'
import type { Transaction } from '#server/db/database.ts'

/** What a draft said in one turn of its room, all of it committed. */
export type Frozen = {
  readonly text: DraftText
  /** `textHash` of it. */
  readonly hash: string
  /** See `seq` of the revisions table. */
  readonly seq: number
  /** Who wrote what is there: runs over the title, a line feed, and the canonical plain text of the body. */
  readonly passages: readonly Passage[]
}

/** `unavailable`: no room can be had now, or its last edits are not committed yet. */
export type Freeze = (id: DraftId) => Promise<Result<Frozen, 'missing' | 'unavailable'>>

/** What other features ask of the history of a draft. */
export type Revisions = {
  freeze: Freeze
  /**
   * Keeps a frozen text as a revision, and tells of it with the commit. Where the newest revision that somebody
   * made says exactly the same, for the same reason, that one is it.
   */
  keep(
    tx: Transaction,
    revision: {
      readonly draftId: DraftId
      readonly frozen: Frozen
      readonly kind: RevisionKind
      readonly by: VolunteerId | null
      readonly name?: string
    },
  ): Promise<RevisionId>
  /** Whoever wrote in a draft after update `seq`, those included who only took something out. */
  writersSince(tx: Transaction, id: DraftId, seq: number): Promise<readonly VolunteerId[]>
}
