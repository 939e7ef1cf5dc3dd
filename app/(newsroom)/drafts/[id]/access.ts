'use server'

import { z } from 'zod'
import { newsroomAction } from '#app/_gate/action.ts'
import { draftId } from '#app/_gate/schemas.ts'
import { ok } from '#lib/domain/result.ts'

/** What this volunteer may do with a draft now: asked by an open page after its rights may have changed. */
export const draftAccess = newsroomAction(z.object({ id: draftId }), async (actor, { id }, { drafts }) => {
  const found = await drafts.open(actor, id)
  if (!found.ok) return found
  return ok({ access: found.value.access, archived: found.value.draft.archivedAt !== null })
})
