import type { PlainDay } from '#lib/domain/calendar/slot.ts'
import type { Target } from '#lib/domain/calendar/time.ts'
import { type Clock, instantOf, offsetAt, startOfDay } from '#lib/domain/calendar/zone.ts'

/**
 * The grids live on the newsroom’s wall: FullCalendar is told clock times as if they were UTC, and never knows of a
 * zone. So our own rules alone decide what 2:30 is on the night when the clocks change.
 */

/** `YYYY-MM-DDTHH:MM:SS` on the clocks of `zone`. */
export const wallOf = (ms: number, zone: string): string =>
  new Date(ms + offsetAt(zone, ms)).toISOString().slice(0, 19)

/** A date that FullCalendar gives back: day and clock as they stand on the wall. */
export function fromWall(date: Date): { readonly day: PlainDay; readonly clock: Clock } {
  const text = date.toISOString()
  return { day: text.slice(0, 10), clock: text.slice(11, 16) }
}

/** The instant (ms) of such a date; of a whole day, its first. */
export function instantOfWall(date: Date, allDay: boolean, zone: string): number {
  const { day, clock } = fromWall(date)
  return allDay ? startOfDay(day, zone) : instantOf(day, clock, zone)
}

/**
 * Where a slot was put down. A view of whole days says the day only, and the slot keeps its hour; `hours`: the view
 * has hours.
 */
export function targetOf(date: Date, allDay: boolean, hours: boolean): Target {
  const { day, clock } = fromWall(date)
  if (allDay) return hours ? { day, wholeDay: true } : { day }
  return hours ? { day, clock } : { day }
}
