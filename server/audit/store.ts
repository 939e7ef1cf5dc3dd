import { and, desc, eq, gte, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import { decisions, drafts, revisions } from '#drizzle/schema/index.ts'
import { actionsOf } from '#lib/domain/audit/decision.ts'
import type { AuditFilter } from '#lib/domain/audit/line.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import type { Orm } from '#server/db/database.ts'

/** Days as moments: `from` is in it, `before` is not. */
export type Period = { readonly from: Date | null; readonly before: Date | null }

const columns = {
  id: decisions.id,
  at: decisions.at,
  by: decisions.volunteerId,
  action: decisions.action,
  draftId: decisions.draftId,
  title: drafts.title,
  revisionId: decisions.revisionId,
  revisionAt: revisions.createdAt,
  revisionName: revisions.name,
  detail: decisions.detail,
}

export type DecisionRow = Awaited<ReturnType<typeof findDecisions>>[number]

/**
 * The newest first.
 * @param below only those that were written before the decision of this number; null: from the newest on
 */
export const findDecisions = (
  orm: Orm,
  { person, group, draft }: Pick<AuditFilter, 'person' | 'group' | 'draft'>,
  { from, before }: Period,
  { below, limit }: { readonly below: number | null; readonly limit: number },
) =>
  orm
    .select(columns)
    .from(decisions)
    .leftJoin(drafts, eq(drafts.id, decisions.draftId))
    .leftJoin(revisions, eq(revisions.id, decisions.revisionId))
    .where(
      and(
        person === null ? undefined : concerns(person),
        group === null ? undefined : inArray(decisions.action, [...actionsOf(group)]),
        draft === null ? undefined : eq(decisions.draftId, draft),
        from === null ? undefined : gte(decisions.at, from),
        before === null ? undefined : lt(decisions.at, before),
        below === null ? undefined : lt(decisions.id, below),
      ),
    )
    .orderBy(desc(decisions.id))
    .limit(limit)

/** What somebody decided, and what was decided about them. */
const concerns = (person: VolunteerId): SQL | undefined =>
  or(
    eq(decisions.volunteerId, person),
    ...ABOUT.map((key) => sql`${decisions.detail} ->> ${key} = ${person}`),
  )

/** Under which words of `detail` a decision names whom it is about. */
export const ABOUT = ['volunteerId', 'author'] as const
