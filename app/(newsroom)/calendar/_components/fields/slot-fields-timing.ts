import { parseDay } from '#lib/domain/calendar/days.ts'
import type { SlotChange } from '#lib/domain/calendar/reshape.ts'
import { timeAt } from '#lib/domain/calendar/reshape.ts'
import { LIMITS, type PlainDay, type Slot, type SlotTime } from '#lib/domain/calendar/slot.ts'
import { type SlotProblem, slotProblem } from '#lib/domain/calendar/slot-problem.ts'
import { instantText, moveTo, parseInstant } from '#lib/domain/calendar/time.ts'
import { type Clock, instantOf, localClock, localDay, parseClock } from '#lib/domain/calendar/zone.ts'

/** When an occurrence takes place, as fields show it by the clocks of the newsroom. */
export type TimingForm = {
  /** Text of a date field: empty while it is being typed. */
  readonly date: string
  readonly clock: string
  readonly wholeDay: boolean
  readonly minutes: number
  /** Text of a number field. */
  readonly days: string
}

/** The hour of a slot of whole days that gets one. */
const FIRST_HOUR: Clock = '09:00'

export function timingForm(slot: Slot, day: PlainDay, zone: string): TimingForm {
  const time = timeAt(slot, day, zone)
  const { minutes } = slot
  const days = String(slot.days)
  if (time.kind === 'allDay') return { date: time.date, clock: FIRST_HOUR, wholeDay: true, minutes, days }
  const at = Date.parse(time.at)
  return { date: localDay(at, zone), clock: localClock(at, zone), wholeDay: false, minutes, days }
}

/** The time that the fields say; null while they say none. */
export function timeOf(form: TimingForm, was: SlotTime, zone: string): SlotTime | null {
  const date = parseDay(form.date)
  // A year that is being typed passes through 0002, 0020 and 0202.
  if (date === null || date < `${LIMITS.firstYear}` || date > `${LIMITS.lastYear}-12-31`) return null
  if (form.wholeDay) return moveTo(was, { day: date, wholeDay: true }, zone)
  return parseClock(form.clock) === null ? null : moveTo(was, { day: date, clock: form.clock }, zone)
}

/**
 * What the fields change of an occurrence; nothing where they say what it has.
 * @returns the first reason for which it cannot be planned so
 */
export function timingChange(
  form: TimingForm,
  slot: Slot,
  day: PlainDay,
  zone: string,
): { readonly change: SlotChange } | { readonly problem: SlotProblem } {
  const was = timeAt(slot, day, zone)
  const time = timeOf(form, was, zone)
  if (time === null) return { problem: 'badTime' }
  const days = /^\d+$/.test(form.days) ? Number(form.days) : 0
  const next = { ...slot, repeat: null, time, minutes: form.minutes, days: form.wholeDay ? days : slot.days }
  const problem = slotProblem({ ...next, title: slot.title || '–' })
  if (problem) return { problem }
  return {
    change: {
      ...(JSON.stringify(time) === JSON.stringify(was) ? {} : { time }),
      ...(next.minutes === slot.minutes ? {} : { minutes: next.minutes }),
      ...(next.days === slot.days ? {} : { days: next.days }),
    },
  }
}

const STEPS: readonly number[] = [5, 10, 15, 30, 45, 60, 90, 120, 180, 240, 360, 480, 720, 1440]

/** Lengths to choose from, in minutes, with the one that the slot has. */
export const lengths = (minutes: number): readonly number[] =>
  STEPS.includes(minutes) ? STEPS : [...STEPS, minutes].sort((a, b) => a - b)

/** Value of a `datetime-local` field for an instant, by the clocks of `zone`; empty for none. */
export function localField(instant: string | null, zone: string): string {
  const ms = parseInstant(instant)
  return ms === null ? '' : `${localDay(ms, zone)}T${localClock(ms, zone)}`
}

/** The instant that a `datetime-local` field says; null for one that is empty or not within the years of slots. */
export function fieldInstant(text: string, zone: string): string | null {
  const [date, clock = ''] = text.split('T')
  const day = parseDay(date)
  const time = clock.slice(0, 5)
  if (day === null || parseClock(time) === null) return null
  if (day < `${LIMITS.firstYear}` || day > `${LIMITS.lastYear}-12-31`) return null
  return instantText(instantOf(day, time, zone))
}
