import { addDays, dayNumber, weekdayIndex } from '#lib/domain/calendar/days.ts'
import type { Occurrence, PlainDay } from '#lib/domain/calendar/slot.ts'
import { localDay } from '#lib/domain/calendar/zone.ts'

/** The Sunday with which the week of a day begins, as weeks do in Canada in both languages. */
export const weekOf = (day: PlainDay): PlainDay => addDays(day, -((weekdayIndex(dayNumber(day)) + 1) % 7))

export type PrintedDay = { readonly day: PlainDay; readonly occurrences: readonly Occurrence[] }

/** Seven days from `from`, each with what takes place on it: whole days on each of theirs, hours where they begin. */
export function daysOfWeek(
  from: PlainDay,
  occurrences: readonly Occurrence[],
  zone: string,
): readonly PrintedDay[] {
  return Array.from({ length: 7 }, (_, index) => {
    const day = addDays(from, index)
    const whole = occurrences.filter(
      ({ slot, day: first }) =>
        slot.time.kind === 'allDay' && first <= day && day < addDays(first, slot.days),
    )
    const timed = occurrences.filter(
      ({ slot, start }) => slot.time.kind === 'timed' && localDay(start, zone) === day,
    )
    return { day, occurrences: [...whole, ...timed] }
  })
}

/** How small the letters must be so that the fullest day stays on the page. */
export function density(days: readonly PrintedDay[]): 'roomy' | 'dense' | 'tight' {
  const most = Math.max(...days.map(({ occurrences }) => occurrences.length))
  if (most <= 7) return 'roomy'
  return most <= 13 ? 'dense' : 'tight'
}
