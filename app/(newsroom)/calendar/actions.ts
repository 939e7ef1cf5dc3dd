'use server'

import { z } from 'zod'
import { newsroomAction } from '#app/_gate/action.ts'
import { draftId } from '#app/_gate/schemas.ts'
import { parseDay } from '#lib/domain/calendar/days.ts'
import { LIMITS, type PlainDay } from '#lib/domain/calendar/slot.ts'
import { parseDraftId } from '#lib/domain/ids.ts'
import { ok } from '#lib/domain/result.ts'

const day = z.custom<PlainDay>((value) => {
  const year = Number(parseDay(value)?.slice(0, 4) ?? 0)
  return year >= LIMITS.firstYear && year <= LIMITS.lastYear
})

/** Who asks, as far as the calendar cares, and how the newsroom plans: asked again when either may have changed. */
export const calendarNow = newsroomAction(z.object({}), async (actor, _input, { calendar }) => {
  const { volunteerId, role, locale } = actor
  return ok({ actor: { volunteerId, role, locale }, settings: await calendar.settings() })
})

/** Slots of the archive that touch these days, both included. */
export const archivedSlots = newsroomAction(
  z.object({ from: day, to: day }),
  async (actor, { from, to }, { calendar }) => ok(await calendar.archived(actor, from, to)),
)

/** Titles and stages of drafts that slots carry. */
export const draftFaces = newsroomAction(
  z.object({ ids: z.array(draftId).max(500) }),
  async (actor, { ids }, { calendar }) => {
    const found = await calendar.draftsOf(actor, ids)
    return ok(
      found.flatMap(({ id: name, title, stage, archivedAt }) => {
        const id = parseDraftId(name)
        return id ? { id, title, stage, archived: archivedAt !== null } : []
      }),
    )
  },
)
