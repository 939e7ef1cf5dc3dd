import { decisions } from '#drizzle/schema/index.ts'
import type { DecisionAction, DecisionDetail } from '#lib/domain/audit/decision.ts'
import type { DraftId, RevisionId, VolunteerId } from '#lib/domain/ids.ts'
import type { Transaction } from '#server/db/database.ts'

export type Decision = {
  /** Null: the operator of the machine, or the newsroom by itself. */
  readonly by: VolunteerId | null
  readonly action: DecisionAction
  readonly draftId?: DraftId
  readonly revisionId?: RevisionId
  readonly detail?: DecisionDetail
}

/** Writes a decision down in the transaction that carries it out: there is never one without the other. */
export async function record(tx: Transaction, decision: Decision): Promise<void> {
  const { by, action, draftId = null, revisionId = null, detail = {} } = decision
  await tx.insert(decisions).values({ volunteerId: by, action, draftId, revisionId, detail })
}
