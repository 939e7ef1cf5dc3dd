import type { DraftId } from '#lib/domain/ids.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import { record } from '#server/audit/record.ts'
import type { Parts } from './parts.ts'
import { keepPublished } from './stages.ts'
import { decideOnStage, decideOnText } from './turn.ts'
import type { Reviews } from './types.ts'

export function schedule(parts: Parts, actor: Actor, id: DraftId): ReturnType<Reviews['schedule']> {
  const by = actor.volunteerId
  return decideOnText(parts, id, { type: 'schedule', by: actor }, ({ tx, standing }) => {
    const held = standing.approved.findLast((revision) => revision.hash === standing.facts.hash)
    return record(tx, {
      by,
      action: 'draft.scheduled',
      draftId: id,
      ...(held && { revisionId: held.id }),
    })
  })
}

export function unschedule(parts: Parts, actor: Actor, id: DraftId): ReturnType<Reviews['unschedule']> {
  const by = actor.volunteerId
  return decideOnStage(parts, id, { type: 'unschedule', by: actor }, ({ tx, before, after }) => {
    const detail = { from: before.stage, to: after.stage }
    return record(tx, { by, action: 'draft.stage', draftId: id, detail })
  })
}

/** Says that exactly this text is out. */
export function publish(
  parts: Parts,
  actor: Actor,
  { draftId, hash }: Parameters<Reviews['publish']>[1],
): ReturnType<Reviews['publish']> {
  const by = actor.volunteerId
  return decideOnText(parts, draftId, { type: 'publish', by: actor, hash }, async (decided, frozen) => {
    const { tx, before } = decided
    const revisionId = await parts.revisions.keep(tx, { draftId, frozen, kind: 'publication', by })
    await keepPublished(decided, { revisionId, seq: frozen.seq })
    await record(tx, { by, action: 'draft.published', draftId, revisionId, detail: { from: before.stage } })
    return revisionId
  })
}
