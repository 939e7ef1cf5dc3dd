'use server'

import { z } from 'zod'
import { newsroomAction } from '#app/_gate/action.ts'
import { line } from '#app/_gate/schemas.ts'
import { ok } from '#lib/domain/result.ts'

const asked = z.object({ search: line, offset: z.number().int().min(0).max(1_000_000) })
const nothing = z.object({})

/** Drafts that no slot carries, lately edited first. */
export const unplannedDrafts = newsroomAction(asked, async (actor, { search, offset }, { calendar }) =>
  ok(await calendar.unplanned(actor, search, offset)),
)

/** Slots of all years that have these words, newest first. */
export const searchSlots = newsroomAction(asked, async (actor, { search, offset }, { calendar }) =>
  ok(await calendar.search(actor, search, offset)),
)

/** Whether this volunteer has a feed. Its address is told once, when it is made. */
export const feedState = newsroomAction(nothing, async (actor, _input, { calendar }) => {
  const state = await calendar.feeds.state(actor, actor.volunteerId)
  return ok(
    state && {
      createdAt: state.createdAt.toISOString(),
      lastReadAt: state.lastReadAt?.toISOString() ?? null,
    },
  )
})

/** @returns the secret address; one that there was before stops working */
export const createFeed = newsroomAction(nothing, (actor, _input, { calendar }) =>
  calendar.feeds.create(actor, actor.volunteerId),
)

export const revokeFeed = newsroomAction(nothing, (actor, _input, { calendar }) =>
  calendar.feeds.revoke(actor, actor.volunteerId),
)

const minute = z.number().int().min(0).max(1439).nullable()
const settings = z.object({
  zone: line,
  quietFrom: minute,
  quietTo: minute,
  minGapMinutes: z.number().int().min(0).max(100_000),
  silentDays: z.number().int().min(0).max(100_000),
})

/** How the newsroom plans. */
export const configureCalendar = newsroomAction(settings, (actor, input, { calendar }) =>
  calendar.configure(actor, input),
)
