import { dayNumber, dayOfMonth, dayText, monthIndex, weekdayIndex } from './days.ts'
import { dayInMonth, fittingDay, lastBegin, nthWeekday, ruleDays } from './rule.ts'
import type { PlainDay, Repeat, SlotTime } from './slot.ts'
import { clockOf, dayOf, timedAt } from './time.ts'
import type { Clock } from './zone.ts'

/** How a series begins: with `skipped` among its skipped days. */
export type Beginning = {
  readonly time: SlotTime
  readonly repeat: Repeat
  readonly skipped: readonly PlainDay[]
}

/** The wall clock of a series; null stands for whole days. */
export type Hour = { readonly clock: Clock; readonly zone: string } | null

export const hourOf = (time: SlotTime): Hour => {
  const clock = clockOf(time)
  return time.kind === 'timed' && clock !== null ? { clock, zone: time.zone } : null
}

/**
 * A series from `day` on at an hour. A slot begins at an instant, and the night on which the clocks go forward has
 * none for 02:30: a series begun there would stay at 03:30 for ever. It begins one period earlier instead, on days
 * that are taken out at once.
 */
export function beginOn(day: PlainDay, hour: Hour, repeat: Repeat): Beginning {
  if (hour === null) return { time: { kind: 'allDay', date: day }, repeat, skipped: [] }
  const time = timedAt(day, hour.clock, hour.zone)
  if (clockOf(time) === hour.clock) return { time, repeat, skipped: [] }
  const first = dayNumber(day)
  const earlier = periodBefore(first, repeat)
  if (earlier === null) return { time, repeat, skipped: [] }
  const skipped = ruleDays(earlier, { ...repeat, end: null }, earlier, first - 1).map(dayText)
  return {
    time: timedAt(dayText(earlier), hour.clock, hour.zone),
    repeat: { ...repeat, end: endAfter(first, repeat, skipped.length) },
    skipped,
  }
}

/** The same end, counted from an earlier start. */
function endAfter(first: number, repeat: Repeat, more: number): Repeat['end'] {
  if (repeat.end === null || !('count' in repeat.end)) return repeat.end
  const count = repeat.end.count + more
  return count <= 1000 ? { count } : { until: dayText(lastBegin(first, repeat)) }
}

/** The day from which the rule reaches `first` after one period; null where the months before have none. */
function periodBefore(first: number, repeat: Repeat): number | null {
  if (repeat.freq === 'daily') return first - repeat.every
  if (repeat.freq === 'weekly') return first - 7 * repeat.every
  const length = repeat.every * (repeat.freq === 'yearly' ? 12 : 1)
  const nth = repeat.freq === 'monthly' ? repeat.nth : null
  for (let back = 1; back <= 8; back += 1) {
    const month = monthIndex(first) - back * length
    const day =
      nth === null ? dayInMonth(month, dayOfMonth(first)) : nthWeekday(month, nth, weekdayIndex(first))
    if (day !== null) return day
  }
  return null
}

/**
 * The series begun on the first day that its rule chooses by itself, so that the start is an occurrence like the
 * others. Where the rule would end before, it stays.
 */
export function aligned(time: SlotTime, repeat: Repeat): Beginning {
  const first = dayNumber(dayOf(time))
  const fitting = fittingDay(first, repeat)
  const ends = repeat.end !== null && 'until' in repeat.end && dayNumber(repeat.end.until) < fitting
  if (fitting === first || ends) return { time, repeat, skipped: [] }
  return beginOn(dayText(fitting), hourOf(time), repeat)
}
