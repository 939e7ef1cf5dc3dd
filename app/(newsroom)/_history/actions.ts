'use server'

import { z } from 'zod'
import { newsroomAction } from '#app/_gate/action.ts'
import { draftId, line, revisionId } from '#app/_gate/schemas.ts'

const offset = z.number().int().min(0).max(1_000_000)

/** Lines of the timeline, newest first. */
export const listRevisions = newsroomAction(z.object({ draftId, offset }), (actor, input, { history }) =>
  history.list(actor, input.draftId, input.offset),
)

export const openRevision = newsroomAction(z.object({ id: revisionId }), (actor, { id }, { history }) =>
  history.open(actor, id),
)

/** What a draft says now, and who wrote it. */
export const openNow = newsroomAction(z.object({ draftId }), (actor, input, { history }) =>
  history.now(actor, input.draftId),
)

export const nameNow = newsroomAction(z.object({ draftId, name: line }), (actor, input, { history }) =>
  history.name(actor, input.draftId, input.name),
)

export const renameRevision = newsroomAction(
  z.object({ id: revisionId, name: line }),
  (actor, { id, name }, { history }) => history.rename(actor, id, name),
)

export const restoreRevision = newsroomAction(z.object({ id: revisionId }), (actor, { id }, { history }) =>
  history.restore(actor, id),
)
