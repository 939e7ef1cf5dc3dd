import { nextOccurrence, occurrenceOn } from '#lib/domain/calendar/recurrence.ts'
import type { PlainDay, Slot } from '#lib/domain/calendar/slot.ts'
import { dayOf } from '#lib/domain/calendar/time.ts'

/**
 * The occurrence that the sheet is about: the one that was pressed, else the next one from `now` (ms) on, else the
 * first. A slot that does not repeat has only one, wherever it was when it was pressed.
 */
export function occurrenceDay(slot: Slot, pressed: PlainDay | null, now: number, zone: string): PlainDay {
  if (slot.repeat === null) return dayOf(slot.time)
  if (pressed !== null && occurrenceOn(slot, pressed, zone)) return pressed
  return nextOccurrence(slot, now, zone)?.day ?? dayOf(slot.time)
}
