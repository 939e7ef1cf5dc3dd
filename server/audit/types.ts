import type { DecisionAction, DecisionDetail, DecisionGroup } from '#lib/domain/audit/decision.ts'
import type { PlainDay } from '#lib/domain/calendar/slot.ts'
import type { DraftId, RevisionId, VolunteerId } from '#lib/domain/ids.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import type { Result } from '#lib/domain/result.ts'
import type { Authority } from '#server/volunteers/types.ts'

/** Null does not narrow. Days are those of the newsroom’s clock, both included. */
export type AuditFilter = {
  /** Who decided, or about whom it was decided. */
  readonly person: VolunteerId | null
  readonly group: DecisionGroup | null
  readonly draft: DraftId | null
  readonly from: PlainDay | null
  readonly to: PlainDay | null
}

/** One line of the audit. Names and titles are those of now. */
export type AuditLine = {
  readonly id: number
  readonly at: Date
  /** Null: the operator of the machine, or the newsroom by itself. */
  readonly by: { readonly id: VolunteerId; readonly name: string } | null
  readonly action: DecisionAction
  /** Whom it was about, where it was about somebody. */
  readonly about: string | null
  /** `title` null: it is not there any more. */
  readonly draft: { readonly id: DraftId; readonly title: string | null } | null
  /** `at` null: it is not there any more. */
  readonly revision: {
    readonly id: RevisionId
    readonly at: Date | null
    readonly name: string | null
  } | null
  readonly detail: DecisionDetail
}

export type AuditPage = {
  readonly lines: readonly AuditLine[]
  /** Where the next page begins (`below`); null where this one is the last. */
  readonly next: number | null
}

/** `chunks`: the file in pieces, of which each is read when it is asked for. */
export type AuditFile = { readonly filename: string; readonly chunks: AsyncIterable<string> }

/** For whoever answers for the newsroom, and nobody else: it names people. */
export type Audit = {
  /** @param below the `next` of the page before; null: the newest */
  list(by: Authority, filter: AuditFilter, below: number | null): Promise<Result<AuditPage, 'forbidden'>>
  /** A table of all that the filter finds. That it was taken is a decision, too. */
  export(actor: Actor, filter: AuditFilter): Promise<Result<AuditFile, 'forbidden'>>
}
