import { dayNumber, dayOfMonth, weekdayOf } from '#lib/domain/calendar/days.ts'
import { nextOccurrence } from '#lib/domain/calendar/recurrence.ts'
import type { Repeat, Slot } from '#lib/domain/calendar/slot.ts'
import { dayOf, instantText, startOf } from '#lib/domain/calendar/time.ts'
import { startsByTheClock } from './moments.ts'

/**
 * How a slot that repeats is told to programs that hold RFC 5545 differently. Its start is always an occurrence
 * of ours; where its rule leaves the start out, programs disagree on whether there is one, and where the start is
 * the second of two equal hours no rule can say so. Then the start stands alone, before the series.
 */
export type Told = { readonly lead: Slot | null; readonly series: Slot | null }

export function told(slot: Slot, zone: string): Told {
  const { repeat } = slot
  if (repeat === null) return { lead: slot, series: null }
  if (startsInRule(slot, repeat) && startsByTheClock(slot)) return { lead: null, series: slot }
  const lead = slot.skipped.includes(dayOf(slot.time)) ? null : { ...slot, repeat: null, skipped: [] }
  return { lead, series: without(slot, repeat, zone) }
}

function startsInRule({ time }: Slot, repeat: Repeat): boolean {
  const day = dayOf(time)
  const weekday = weekdayOf(day)
  if (repeat.freq === 'weekly') return repeat.weekdays.length === 0 || repeat.weekdays.includes(weekday)
  if (repeat.freq !== 'monthly' || repeat.nth === null) return true
  if (repeat.weekdays[0] !== undefined && repeat.weekdays[0] !== weekday) return false
  if (repeat.nth > 0) return Math.ceil(dayOfMonth(dayNumber(day)) / 7) === repeat.nth
  return dayOfMonth(dayNumber(day) + 7) <= 7
}

/** The same series from its second occurrence on. */
function without(slot: Slot, repeat: Repeat, zone: string): Slot | null {
  const first = dayOf(slot.time)
  const next = nextOccurrence({ ...slot, skipped: [first] }, startOf(slot.time, zone), zone)
  if (!next) return null
  const end = repeat.end !== null && 'count' in repeat.end ? { count: repeat.end.count - 1 } : repeat.end
  const time: Slot['time'] =
    slot.time.kind === 'allDay'
      ? { kind: 'allDay', date: next.day }
      : { ...slot.time, at: instantText(next.start) }
  return { ...slot, time, repeat: { ...repeat, end } }
}
