import { addDays, daysBetween } from '#lib/domain/calendar/days.ts'
import { occurrenceOn } from '#lib/domain/calendar/recurrence.ts'
import { timeAt } from '#lib/domain/calendar/reshape.ts'
import type { Occurrence, PlainDay, Slot } from '#lib/domain/calendar/slot.ts'
import { moveByDays, startOf } from '#lib/domain/calendar/time.ts'
import { localDay } from '#lib/domain/calendar/zone.ts'
import type { SlotId, VolunteerId } from '#lib/domain/ids.ts'

export type Copying = {
  /** What takes place on the days that are copied. */
  readonly occurrences: readonly Occurrence[]
  readonly from: PlainDay
  /** Where the first of these days goes. */
  readonly to: PlainDay
  readonly keepDrafts: boolean
  /** What everybody sees as its title: without its draft, a copy keeps it. */
  readonly titleOf: (slot: Slot) => string
  readonly newId: () => SlotId
  readonly by: VolunteerId
  readonly zone: string
  /** Whether this person may plan on a day. */
  readonly mayPlan: (day: PlainDay) => boolean
}

/** What would come of it, before anything is written. */
export type Copied = {
  readonly slots: readonly Slot[]
  /** Of a series that takes place on the other day already: a copy would be a double. */
  readonly alreadyThere: number
  /** Their new day is locked. */
  readonly locked: number
}

/**
 * Copies days: each occurrence becomes a slot of its own, at the same time of day. A copy is a new plan: it comes
 * from no imported event, stands for no occurrence of a series, and has the text only where one says so.
 */
export function copyDays(copying: Copying): Copied {
  const { occurrences, from, to, keepDrafts, titleOf, newId, by, zone, mayPlan } = copying
  const shift = daysBetween(from, to)
  const slots: Slot[] = []
  let alreadyThere = 0
  let locked = 0
  for (const { slot, day } of occurrences) {
    if (slot.repeat !== null && occurrenceOn(slot, addDays(day, shift), zone)) {
      alreadyThere += 1
      continue
    }
    const time = moveByDays(timeAt(slot, day, zone), shift)
    if (!mayPlan(localDay(startOf(time, zone), zone))) {
      locked += 1
      continue
    }
    const draft = keepDrafts ? slot.draft : null
    const stage = draft === null ? 'idea' : slot.stage
    const fresh = { repeat: null, skipped: [], partOf: null, uid: null, embargo: null, createdBy: by }
    slots.push({ ...slot, ...fresh, id: newId(), title: titleOf(slot), time, draft, stage })
  }
  return { slots, alreadyThere, locked }
}

/** What begins on these days, both included: what only reaches into them belongs to the day before. */
export const beginningIn = (
  occurrences: readonly Occurrence[],
  from: PlainDay,
  to: PlainDay,
  zone: string,
): readonly Occurrence[] =>
  occurrences.filter(({ start }) => {
    const day = localDay(start, zone)
    return day >= from && day <= to
  })
