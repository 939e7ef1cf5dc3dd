import type { DecisionAction } from '#lib/domain/audit/decision.ts'
import type { DraftId, RevisionId, VerdictId } from '#lib/domain/ids.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import { fail } from '#lib/domain/result.ts'
import { isApproved } from '#lib/domain/review/approval.ts'
import type { VerdictKind } from '#lib/domain/review/verdict.ts'
import { record } from '#server/audit/record.ts'
import type { Frozen } from '#server/history/port.ts'
import type { Parts } from './parts.ts'
import { readSettings } from './settings.ts'
import {
  findApproved,
  findRound,
  findVerdict,
  forgetApproved,
  insertVerdict,
  withdrawVerdicts,
} from './store.ts'
import { type Decided, decideOnText, reconsider } from './turn.ts'
import type { Reviews } from './types.ts'

type Given = {
  readonly kind: VerdictKind
  readonly draftId: DraftId
  readonly hash: string
  readonly reason: string
  readonly checked: readonly string[]
}

const COMMAND = { approve: 'approve', changes: 'requestChanges', override: 'override' } as const

const ACTION: { readonly [K in VerdictKind]: DecisionAction } = {
  approve: 'review.approved',
  changes: 'review.changesRequested',
  override: 'review.overridden',
}

export async function judge(
  parts: Parts,
  actor: Actor,
  verdict: Parameters<Reviews['judge']>[1],
): ReturnType<Reviews['judge']> {
  const reason = verdict.reason.trim()
  if (verdict.kind === 'changes' && reason === '') return fail('reasonMissing')
  const { checklist } = await readSettings(parts.database.orm)
  const checked = checklist.filter((point) => verdict.checked.includes(point))
  if (verdict.kind === 'approve' && checked.length < checklist.length) return fail('checklistOpen')
  return give(parts, actor, { ...verdict, reason, checked })
}

export async function override(
  parts: Parts,
  actor: Actor,
  verdict: Parameters<Reviews['override']>[1],
): ReturnType<Reviews['override']> {
  const reason = verdict.reason.trim()
  if (reason === '') return fail('reasonMissing')
  return give(parts, actor, { ...verdict, reason, kind: 'override', checked: [] })
}

/** Gives a verdict on exactly what the draft says, which has to be what the actor looked at. */
function give(parts: Parts, actor: Actor, given: Given) {
  const { draftId, hash, kind } = given
  const command = { type: COMMAND[kind], by: actor, hash } as const
  return decideOnText(parts, draftId, command, async (decided, frozen) => {
    const { tx } = decided
    // Somebody who says the same once more is told that it is so, and nothing is written twice.
    if (isRepeated(decided, actor, kind)) return
    const revisionId = await keepVerdict(parts, decided, frozen, actor, given)
    const detail = given.reason === '' ? {} : { reason: given.reason }
    await record(tx, { by: actor.volunteerId, action: ACTION[kind], draftId, revisionId, detail })
    await tellWriters(parts, decided, actor, kind)
  })
}

const isRepeated = ({ standing: { facts } }: Decided, actor: Actor, kind: VerdictKind): boolean =>
  facts.verdicts.some((one) => one.by === actor.volunteerId && one.hash === facts.hash && one.kind === kind)

async function keepVerdict(
  { revisions }: Parts,
  { tx, draft }: Decided,
  frozen: Frozen,
  { volunteerId: by, role }: Actor,
  given: Given,
): Promise<RevisionId> {
  const { draftId, hash, kind, reason, checked } = given
  const revisionId = await revisions.keep(tx, { draftId, frozen, kind: 'verdict', by })
  const round = await findRound(tx, draft.id)
  await withdrawVerdicts(tx, draftId, by, hash)
  const about = { draftId, reviewId: round?.id ?? null, revisionId, hash }
  await insertVerdict(tx, { ...about, volunteerId: by, role, kind, reason, checked })
  return revisionId
}

async function tellWriters({ notify }: Parts, decided: Decided, actor: Actor, kind: VerdictKind) {
  const { tx, draft, before } = decided
  const round = await findRound(tx, draft.id)
  await notify(tx, {
    kind: kind === 'changes' ? 'changesRequested' : 'approved',
    to: [...before.writers, ...(round ? [round.askedBy] : []), ...(draft.createdBy ? [draft.createdBy] : [])],
    by: actor.volunteerId,
    draftId: draft.id,
    ...(round && { reviewId: round.id }),
  })
}

/** One takes back one’s own verdict only, and no emergency. */
export async function takeBack(parts: Parts, actor: Actor, id: VerdictId): ReturnType<Reviews['takeBack']> {
  const verdict = await findVerdict(parts.database.orm, id)
  if (!verdict) return fail('missing')
  if (verdict.volunteerId !== actor.volunteerId) return fail('forbidden')
  if (verdict.withdrawnAt !== null || verdict.kind === 'override') return fail('notNow')
  const { draftId, hash, kind, revisionId } = verdict
  const approved = await findApproved(parts.database.orm, draftId)
  if (approved.some((revision) => revision.published && revision.hash === hash)) return fail('notNow')
  const outcome = await decideOnText(
    parts,
    draftId,
    { type: 'takeBack', by: actor, hash },
    async (decided) => {
      const { tx, standing, after } = decided
      await withdrawVerdicts(tx, draftId, actor.volunteerId, hash)
      const kept = standing.approved.filter((revision) => revision.hash === hash)
      if (!kept.some(({ writers }) => isApproved({ ...after, hash, writers }))) {
        await forgetApproved(tx, draftId, hash)
      }
      const by = actor.volunteerId
      await record(tx, { by, action: 'review.verdictWithdrawn', draftId, revisionId, detail: { kind } })
    },
  )
  // What was approved later may have leaned on it: who wrote what is unapproved is counted anew.
  if (outcome.ok) await reconsider(parts, draftId)
  return outcome
}
