import { dayNumber } from '#lib/domain/calendar/days.ts'
import type { PlainDay, Slot } from '#lib/domain/calendar/slot.ts'
import { clockOf } from '#lib/domain/calendar/time.ts'
import { instantOf, instantOnDay, localClock, localDay } from '#lib/domain/calendar/zone.ts'
import type { JProperty } from './jcal.ts'

/** UTC to the second, as jCal writes it: `2026-11-27T17:00:00Z`. */
export const utcText = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`

/** Whether the wall clock of a zone names this instant: of an hour that comes twice, only the first does. */
const isNamed = (ms: number, zone: string): boolean =>
  instantOf(localDay(ms, zone), localClock(ms, zone), zone) === ms

export const startsByTheClock = ({ time }: Slot): boolean =>
  time.kind === 'allDay' || isNamed(Date.parse(time.at), time.zone)

/** An instant by the wall clock of a zone, or in UTC where that has no name for it. */
export function instantProperty(name: string, ms: number, zone: string): JProperty {
  if (zone === 'UTC' || !isNamed(ms, zone)) return [name, {}, 'date-time', utcText(ms)]
  return [name, { tzid: zone }, 'date-time', `${localDay(ms, zone)}T${localClock(ms, zone)}:00`]
}

/**
 * Days of a slot’s rule, named as a calendar program names occurrences: by the wall clock at which they would
 * begin, even on a night that has no such hour.
 */
export function dayProperty(name: string, slot: Slot, days: readonly PlainDay[]): JProperty {
  const clock = clockOf(slot.time)
  if (slot.time.kind === 'allDay' || clock === null) return [name, {}, 'date', ...days]
  const utc = slot.time.zone === 'UTC'
  return [
    name,
    utc ? {} : { tzid: slot.time.zone },
    'date-time',
    ...days.map((day) => `${day}T${clock}:00${utc ? 'Z' : ''}`),
  ]
}

/** The last second of a day in a zone, in UTC: whatever begins on that day begins before it. */
export const endOfDayText = (day: PlainDay, zone: string): string =>
  utcText(instantOnDay(dayNumber(day) + 1, 0, zone) - 1000)
