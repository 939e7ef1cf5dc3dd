import { bigserial, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { DecisionAction, DecisionDetail } from '#lib/domain/audit/decision.ts'
import type { DraftId, RevisionId, VolunteerId } from '#lib/domain/ids.ts'
import { moment } from './columns.ts'

/**
 * Who decided what, and on which revision. PostgreSQL refuses to change or delete a line (a trigger of the
 * migration); without references, so that nothing that is deleted takes its decisions along.
 */
export const decisions = pgTable(
  'decisions',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    at: moment('at').notNull().defaultNow(),
    /** Null: the operator of the machine, or the newsroom by itself. */
    volunteerId: uuid('volunteer_id').$type<VolunteerId>(),
    action: text('action').$type<DecisionAction>().notNull(),
    draftId: uuid('draft_id').$type<DraftId>(),
    revisionId: uuid('revision_id').$type<RevisionId>(),
    /** What the action was about, in plain values. */
    detail: jsonb('detail').$type<DecisionDetail>().notNull(),
  },
  (table) => [index('decisions_at').on(table.at), index('decisions_draft').on(table.draftId)],
)
