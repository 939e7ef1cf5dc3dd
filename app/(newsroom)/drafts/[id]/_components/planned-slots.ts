import { nextOccurrence, occurrenceOn } from '#lib/domain/calendar/recurrence.ts'
import type { PlainDay, Slot } from '#lib/domain/calendar/slot.ts'
import { dayOf, endOf } from '#lib/domain/calendar/time.ts'

type Planned = { readonly slot: Slot; readonly day: PlainDay }

/** The places of a draft in the plan: those to come first, the nearest before others, then those that are over. */
export function inOrder(slots: readonly Slot[], now: number, zone: string): readonly Planned[] {
  const placed = slots.map((slot) => {
    const next = slot.repeat === null ? null : nextOccurrence(slot, now, zone)
    const day = next?.day ?? dayOf(slot.time)
    const start = next?.start ?? occurrenceOn(slot, day, zone)?.start ?? endOf(slot, zone)
    const over = (next?.end ?? endOf(slot, zone)) < now
    return { slot, day, start, over }
  })
  return placed.sort(
    (a, b) => Number(a.over) - Number(b.over) || (a.over ? b.start - a.start : a.start - b.start),
  )
}
