import type { DraftId } from '#lib/domain/ids.ts'
import { gaps, isClear } from '#lib/domain/review/approval.ts'
import { counts } from '#lib/domain/review/verdict.ts'
import type { ReviewView, VerdictView } from '#lib/protocol/review.ts'
import type { Database } from '#server/db/database.ts'
import type { Revisions } from '#server/history/port.ts'
import type { News } from '#server/sync/ports.ts'
import { findStanding, type Standing } from './standing.ts'
import { type DraftRow, findDraft, findRound, type Round, type VerdictRow } from './store.ts'

type Seen = { readonly database: Database; readonly revisions: Pick<Revisions, 'writersSince'> }

/** What pages are told of the review of a draft. */
export async function reviewNews(seen: Seen, id: DraftId): Promise<readonly News[]> {
  const review = await viewOf(seen, id)
  return review ? [{ event: { type: 'review', review }, to: null }] : []
}

/** Where a draft stands, as one moment of the database has it. */
export function viewOf({ database, revisions }: Seen, id: DraftId): Promise<ReviewView | null> {
  return database.orm.transaction(
    async (tx) => {
      const draft = await findDraft(tx, id)
      if (!draft) return null
      const standing = await findStanding(tx, revisions, draft, draft.hash)
      return present(draft, standing, await findRound(tx, id))
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
}

function present(draft: DraftRow, standing: Standing, round: Round | null): ReviewView {
  const { facts, approved } = standing
  const newest = approved.at(-1)
  const published = approved.findLast((revision) => revision.published)
  const isLost = newest !== undefined && !newest.published && newest.hash !== draft.hash
  return {
    draftId: draft.id,
    stage: draft.stage,
    hash: draft.hash,
    channels: standing.channels,
    round: round && presentRound(round),
    verdicts: standing.verdicts.map((verdict) => presentVerdict(verdict, draft.hash)).toReversed(),
    writers: standing.isKnown ? [] : facts.writers,
    missing: isClear(facts) ? [] : gaps(facts),
    approvedRevision: newest?.id ?? null,
    voided: isLost && draft.stage !== 'approved' && draft.stage !== 'scheduled',
    publishedRevision: published?.id ?? null,
    changedSincePublication: published !== undefined && published.hash !== draft.hash,
  }
}

const presentRound = ({ id, askedBy, askedAt, note, anybody, reviewers }: Round) => ({
  id,
  askedBy,
  askedAt: askedAt.toISOString(),
  note,
  anybody,
  reviewers,
})

const presentVerdict = (verdict: VerdictRow, hash: string): VerdictView => ({
  id: verdict.id,
  by: verdict.by,
  kind: verdict.kind,
  reason: verdict.reason,
  checked: verdict.checked,
  at: verdict.at.toISOString(),
  revisionId: verdict.revisionId,
  hash: verdict.hash,
  counts: counts(verdict, hash),
})
