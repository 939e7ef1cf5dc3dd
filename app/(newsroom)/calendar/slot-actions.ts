'use server'

import { z } from 'zod'
import { newsroomAction } from '#app/_gate/action.ts'
import { draftId, line, slotId } from '#app/_gate/schemas.ts'
import { readTime } from '#lib/documents/calendar/fields.ts'
import { parseDay } from '#lib/domain/calendar/days.ts'
import type { PlainDay, SlotTime } from '#lib/domain/calendar/slot.ts'
import { ok } from '#lib/domain/result.ts'

const slot = z.object({ id: slotId })
const day = z.custom<PlainDay>((value) => parseDay(value) !== null)
const time = z.custom<SlotTime>((value) => readTime(value) !== null)
const target = z.discriminatedUnion('type', [
  z.object({ type: z.literal('slot'), slot: slotId }),
  z.object({ type: z.literal('day'), day }),
])

/** Holds a slot, or all that is planned on a day, in its place. `reason`: what those read who cannot move it. */
export const lockTarget = newsroomAction(z.object({ target, reason: line }), (actor, input, { calendar }) =>
  calendar.lock(actor, input.target, input.reason.trim()),
)

export const unlockTarget = newsroomAction(z.object({ target }), (actor, input, { calendar }) =>
  calendar.unlock(actor, input.target),
)

/** @returns the slot’s draft; where it has none, a new one with its title */
export const draftForSlot = newsroomAction(slot, (actor, { id }, { calendar }) =>
  calendar.draftFor(actor, id),
)

/** Brings a slot back from the archive; with `time`, to another place. */
export const reviveSlot = newsroomAction(
  slot.extend({ time: time.nullable() }),
  (actor, input, { calendar }) =>
    calendar.revive(actor, input.id, input.time === null ? null : { time: input.time }),
)

export const removeArchivedSlot = newsroomAction(slot, (actor, { id }, { calendar }) =>
  calendar.removeArchived(actor, id),
)

/** Where a slot is that the page does not have: in the archive, or nowhere. */
export const findSlot = newsroomAction(slot, async (actor, { id }, { calendar }) =>
  ok(await calendar.find(actor, id)),
)

/** The slots that carry a draft, in order of their days. */
export const slotsOfDraft = newsroomAction(z.object({ id: draftId }), async (actor, { id }, { calendar }) =>
  ok((await calendar.slotsOf(actor, id)).map((row) => row.slot)),
)
