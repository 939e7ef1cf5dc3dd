import type { PlainDay } from '../calendar/slot.ts'
import type { DraftId, RevisionId, VolunteerId } from '../ids.ts'
import type { DecisionAction, DecisionDetail, DecisionGroup } from './decision.ts'

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
