'use server'

import { z } from 'zod'
import { newsroomAction } from '#app/_gate/action.ts'
import { draftId, line, volunteerId } from '#app/_gate/schemas.ts'
import { ok } from '#lib/domain/result.ts'

const draft = z.object({ id: draftId })
const filter = z.object({
  search: line,
  state: z.enum(['active', 'archived']),
  sort: z.enum(['edited', 'title', 'created']),
  by: volunteerId.nullable(),
  offset: z.number().int().min(0).max(1_000_000),
})

export const listDrafts = newsroomAction(filter, async (actor, input, { drafts }) =>
  ok(await drafts.list(actor, input)),
)

/** @returns the id of the new, empty draft: its page is opened next */
export const createDraft = newsroomAction(z.object({ title: line }), (actor, { title }, { drafts }) =>
  drafts.create(actor, { title }),
)

export const renameDraft = newsroomAction(draft.extend({ title: line }), (actor, input, { drafts }) =>
  drafts.rename(actor, input.id, input.title),
)

/** @returns the id of the copy */
export const duplicateDraft = newsroomAction(draft, (actor, { id }, { drafts }) =>
  drafts.duplicate(actor, id),
)

export const archiveDraft = newsroomAction(draft, (actor, { id }, { drafts }) => drafts.archive(actor, id))

export const restoreDraft = newsroomAction(draft, (actor, { id }, { drafts }) => drafts.restore(actor, id))
