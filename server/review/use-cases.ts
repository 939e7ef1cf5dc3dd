import { can } from '#lib/domain/permissions.ts'
import { fail, ok } from '#lib/domain/result.ts'
import { checkedSettings } from '#lib/domain/review/settings.ts'
import { record } from '#server/audit/record.ts'
import { judge, override, takeBack } from './judging.ts'
import { moveTo } from './moves.ts'
import type { Parts } from './parts.ts'
import { publish, schedule, unschedule } from './release.ts'
import { ask, withdraw } from './rounds.ts'
import { readSettings, writeSettings } from './settings.ts'
import { findJudged } from './store.ts'
import { reconsider } from './turn.ts'
import type { Reviews } from './types.ts'
import { reviewNews, viewOf } from './view.ts'

export function createReviews(parts: Parts): Reviews {
  return {
    settings: () => readSettings(parts.database.orm),
    configure: (actor, settings) => configure(parts, actor, settings),

    async view(actor, id) {
      const view = can(actor, 'review.read', null) ? await viewOf(parts, id) : null
      return view ? ok(view) : fail('missing')
    },

    ask: (actor, round) => ask(parts, actor, round),
    withdraw: (actor, id) => withdraw(parts, actor, id),
    judge: (actor, verdict) => judge(parts, actor, verdict),
    override: (actor, verdict) => override(parts, actor, verdict),
    takeBack: (actor, id) => takeBack(parts, actor, id),
    schedule: (actor, id) => schedule(parts, actor, id),
    unschedule: (actor, id) => unschedule(parts, actor, id),
    publish: (actor, draft) => publish(parts, actor, draft),
    moveTo: (actor, id, stage) => moveTo(parts, actor, id, stage),

    news: (id) => reviewNews(parts, id),
  }
}

/** Other rules hold at once, also for what was approved by the old ones. */
async function configure(
  parts: Parts,
  actor: Parameters<Reviews['configure']>[0],
  wanted: Parameters<Reviews['configure']>[1],
): ReturnType<Reviews['configure']> {
  if (!can(actor, 'newsroom.configure', null)) return fail('forbidden')
  const settings = checkedSettings(wanted)
  if (!settings) return fail('invalid')
  const { mode, channels, checklist } = settings
  const differing = Object.entries(channels).map(([channel, own]) => `${channel}: ${own}`)
  const detail = { mode, channels: differing.join(', '), points: checklist.length }
  await parts.database.orm.transaction(async (tx) => {
    await writeSettings(tx, settings)
    await record(tx, { by: actor.volunteerId, action: 'review.configured', detail })
    await parts.events.publish({ type: 'rules.changed' }, tx)
  })
  for (const id of await findJudged(parts.database.orm, null)) await reconsider(parts, id)
  return ok(undefined)
}
