import type { DraftId } from '#lib/domain/ids.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import type { Stage } from '#lib/domain/review/stage.ts'
import type { Parts } from './parts.ts'
import { publish, schedule, unschedule } from './release.ts'
import { ask, setInWork, withdraw } from './rounds.ts'
import { findDraft } from './store.ts'
import type { Reviews } from './types.ts'

type Moved = Awaited<ReturnType<Reviews['moveTo']>>

/** A drag on the board is the one step that leads to a stage and needs no more words. */
export async function moveTo(parts: Parts, actor: Actor, id: DraftId, to: Stage): Promise<Moved> {
  const draft = await findDraft(parts.database.orm, id)
  if (!draft) return fail('missing')
  const from = draft.stage
  if (from === to) return ok(undefined)
  switch (to) {
    case 'idea':
      return setInWork(parts, actor, id, 'shelve')
    case 'drafting':
      return from === 'idea' ? setInWork(parts, actor, id, 'start') : withdraw(parts, actor, id)
    case 'inReview':
      return askAnybody(parts, actor, id)
    case 'changesRequested':
      return fail('needsVerdict')
    case 'approved':
      return from === 'scheduled' ? unschedule(parts, actor, id) : fail('needsVerdict')
    case 'scheduled':
      return withVerdict(await schedule(parts, actor, id))
    case 'published':
      return withVerdict(await publish(parts, actor, { draftId: id, hash: draft.hash }))
  }
}

async function askAnybody(parts: Parts, actor: Actor, draftId: DraftId): Promise<Moved> {
  const asked = await ask(parts, actor, { draftId, note: '', reviewers: [] })
  if (asked.ok) return asked
  // Nobody was named whom one could fail to know.
  return fail(asked.error === 'reviewerUnknown' ? 'notNow' : asked.error)
}

function withVerdict(outcome: Result<unknown, Exclude<Moved, { ok: true }>['error']>): Moved {
  if (outcome.ok) return ok(undefined)
  return fail(outcome.error === 'notApproved' ? 'needsVerdict' : outcome.error)
}
