'use server'

import { z } from 'zod'
import { newsroomAction } from '#app/_gate/action.ts'
import { draftId } from '#app/_gate/schemas.ts'

/** Who made the suggestions of a draft, those included that were taken or turned down long ago. */
export const suggestionAuthors = newsroomAction(z.object({ draftId }), (actor, input, { suggestions }) =>
  suggestions.authors(actor, input.draftId),
)
