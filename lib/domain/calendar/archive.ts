import { dayNumber, dayText, firstOfMonth, monthIndex } from './days.ts'
import { lastDay } from './recurrence.ts'
import type { PlainDay, Slot } from './slot.ts'

/** What ended before this day leaves the live calendar: the first day of the month before that of `today`. */
export const archivableBefore = (today: PlainDay): PlainDay =>
  dayText(firstOfMonth(monthIndex(dayNumber(today)) - 1))

/**
 * Whether the slot belongs to the archive on a day, both by the clocks of `zone`, the newsroom’s. A series without
 * an end never does. A lock does not hold a slot back: nothing of it changes by being archived.
 */
export function isArchivable(slot: Slot, today: PlainDay, zone: string): boolean {
  const last = lastDay(slot, zone)
  return last !== null && last < archivableBefore(today)
}
