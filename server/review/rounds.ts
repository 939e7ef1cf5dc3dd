import type { DraftId, ReviewId, VolunteerId } from '#lib/domain/ids.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import { fail } from '#lib/domain/result.ts'
import { record } from '#server/audit/record.ts'
import type { Parts } from './parts.ts'
import { addReviewers, findJudges, findRound, openRound, widenRound } from './store.ts'
import { type Decided, decideOnStage } from './turn.ts'
import type { Reviews } from './types.ts'

type Asked = Parameters<Reviews['ask']>[1]

/** Asks people to read a draft. */
export async function ask(parts: Parts, actor: Actor, asked: Asked): ReturnType<Reviews['ask']> {
  const judges = await findJudges(parts.database.orm)
  if (!asked.reviewers.every((id) => judges.includes(id))) return fail('reviewerUnknown')
  return decideOnStage(parts, asked.draftId, { type: 'ask', by: actor }, async ({ tx }) => {
    const reviewId = await keepRound(tx, actor.volunteerId, asked)
    const to = asked.reviewers.length > 0 ? asked.reviewers : judges
    const { draftId, reviewers } = asked
    const detail = { anybody: reviewers.length === 0, reviewers: reviewers.length }
    await record(tx, { by: actor.volunteerId, action: 'review.asked', draftId, detail })
    await parts.notify(tx, { kind: 'reviewAsked', to, by: actor.volunteerId, draftId, reviewId })
  })
}

/** Opens a round; where one is open, adds to it. */
async function keepRound(
  tx: Decided['tx'],
  askedBy: VolunteerId,
  { draftId, note, reviewers }: Asked,
): Promise<ReviewId> {
  const anybody = reviewers.length === 0
  const open = await findRound(tx, draftId)
  const id = open?.id ?? (await openRound(tx, { draftId, askedBy, note, anybody }))
  if (open)
    await widenRound(tx, id, { note: note === '' ? open.note : note, anybody: open.anybody || anybody })
  await addReviewers(tx, id, reviewers)
  return id
}

export function withdraw(parts: Parts, actor: Actor, id: DraftId): ReturnType<Reviews['withdraw']> {
  const by = actor.volunteerId
  return decideOnStage(parts, id, { type: 'withdraw', by: actor }, ({ tx }) =>
    record(tx, { by, action: 'review.withdrawn', draftId: id }),
  )
}

/** Takes up an idea, or lays a text aside. */
export function setInWork(parts: Parts, actor: Actor, id: DraftId, type: 'start' | 'shelve') {
  return decideOnStage(parts, id, { type, by: actor }, ({ tx, before, after }) => {
    const detail = { from: before.stage, to: after.stage }
    return record(tx, { by: actor.volunteerId, action: 'draft.stage', draftId: id, detail })
  })
}
