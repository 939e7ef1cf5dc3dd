import { sql } from 'drizzle-orm'
import type { VolunteerId } from '#lib/domain/ids.ts'
import { isApproved } from '#lib/domain/review/approval.ts'
import type { Live } from '#lib/domain/review/machine.ts'
import { isHeld, isUnderReview, type Stage } from '#lib/domain/review/stage.ts'
import { counts } from '#lib/domain/review/verdict.ts'
import { record } from '#server/audit/record.ts'
import type { Transaction } from '#server/db/database.ts'
import type { Parts } from './parts.ts'
import type { Standing } from './standing.ts'
import {
  closeRound,
  type DraftRow,
  findLastWriter,
  findVerdicts,
  keepApproved,
  reopenRound,
  writeStage,
} from './store.ts'

type Turn = { readonly tx: Transaction; readonly draft: DraftRow; readonly standing: Standing }

/**
 * Writes what a step of the machine led to, and tells everybody.
 * @param by null: nobody decided, the text or what is around it has changed
 */
export async function keepStep(
  parts: Parts,
  turn: Turn,
  { from, to, by }: { readonly from: Live; readonly to: Live; readonly by: VolunteerId | null },
): Promise<void> {
  const { tx, draft, standing } = turn
  if (from.stage === to.stage && by === null) return
  if (from.stage !== to.stage) {
    await writeStage(tx, draft.id, to.stage)
    await keepRound(tx, draft, to.stage)
    await parts.events.publish({ type: 'draft.changed', draftId: draft.id }, tx)
    if (by === null) await keepChangeByItself(parts, turn, from.stage, to.stage)
  }
  if (isHeld(to.stage) && isApproved(to) && !standing.isKnown) await keepRevision(tx, draft, standing)
  await parts.events.publish({ type: 'review.changed', draftId: draft.id }, tx)
}

/** Where a text is in review again that counted as approved, those who were asked are asked once more. */
async function keepRound(tx: Transaction, draft: DraftRow, to: Stage): Promise<void> {
  if (!isUnderReview(to)) await closeRound(tx, draft.id)
  else if (isHeld(draft.stage)) await reopenRound(tx, draft.id)
}

/** From now on, what is written is counted from the revision that was just approved. */
async function keepRevision(tx: Transaction, draft: DraftRow, standing: Standing): Promise<void> {
  const { hash, writers } = standing.facts
  const verdicts = await findVerdicts(tx, draft.id)
  const last = verdicts.findLast((verdict) => verdict.kind !== 'changes' && counts(verdict, hash))
  if (!last) throw new Error('a text counts as approved on which nobody decided')
  const { revisionId, seq } = last
  await keepApproved(tx, {
    revisionId,
    draftId: draft.id,
    hash,
    seq,
    writers,
    since: standing.since?.id ?? null,
  })
}

/** Keeps what went out, under its own revision. */
export async function keepPublished(
  { tx, draft, standing }: Turn,
  published: Pick<Parameters<typeof keepApproved>[1], 'revisionId' | 'seq'>,
): Promise<void> {
  const { hash, writers } = standing.facts
  // The same text under another name stands on what the text it repeats stands on.
  const same = standing.isKnown ? standing.approved.find(({ id }) => id === standing.since?.id) : null
  const since = same ? same.since : (standing.since?.id ?? null)
  const publishedAt = sql`clock_timestamp()`
  await keepApproved(tx, { ...published, draftId: draft.id, hash, writers, since, publishedAt })
}

async function keepChangeByItself(parts: Parts, turn: Turn, from: Stage, to: Stage): Promise<void> {
  if (isHeld(from)) return keepVoided(parts, turn, from)
  await record(turn.tx, { by: null, action: 'draft.stage', draftId: turn.draft.id, detail: { from, to } })
}

/** An approval is lost: written down, and told to those who gave it and to those whose words it was about. */
async function keepVoided({ notify }: Parts, { tx, draft, standing }: Turn, stage: Stage): Promise<void> {
  const lost = standing.approved.findLast((revision) => !revision.published)
  const isText = lost !== undefined && lost.hash !== standing.facts.hash
  const by = isText ? ((await findLastWriter(tx, draft.id)) ?? draft.lastEditor) : null
  const cause = isText ? 'text' : 'rules'
  await record(tx, {
    by,
    action: 'review.voided',
    draftId: draft.id,
    ...(lost && { revisionId: lost.id }),
    detail: { stage, cause },
  })
  if (!lost) return
  const approvers = standing.verdicts.filter(({ kind, hash }) => kind !== 'changes' && hash === lost.hash)
  const to = [...approvers.map((verdict) => verdict.by), ...lost.writers, ...standing.facts.writers]
  await notify(tx, { kind: 'approvalVoided', to, by, draftId: draft.id })
}
