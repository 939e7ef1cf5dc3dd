import { dayNumber, dayOfMonth, firstOfMonth, monthIndex, weekdayIndex } from './days.ts'
import { type Repeat, WEEKDAYS } from './slot.ts'
import { LAST_DAY } from './time.ts'

/**
 * The days of a rule as day numbers. The period is the rule’s `every` days, weeks, months or years; `step` counts
 * periods from that of the start, so that any window is reached by division and not by walking.
 */
type Periods = {
  readonly stepAt: (day: number) => number
  /** Sorted; those of step 0 may lie before the start. */
  readonly daysOf: (step: number) => readonly number[]
}

const indexOf = (weekday: Repeat['weekdays'][number]) => WEEKDAYS.indexOf(weekday)

/** Offsets from Monday, sorted, each once. */
const weekdayOffsets = (first: number, repeat: Repeat): readonly number[] =>
  repeat.weekdays.length === 0
    ? [weekdayIndex(first)]
    : [...new Set(repeat.weekdays.map(indexOf))].sort((a, b) => a - b)

function weekly(first: number, repeat: Repeat): Periods {
  const monday = first - weekdayIndex(first)
  const length = 7 * repeat.every
  const offsets = weekdayOffsets(first, repeat)
  return {
    stepAt: (day) => Math.floor((day - monday) / length),
    daysOf: (step) => offsets.map((offset) => monday + step * length + offset),
  }
}

/** The nth (−1: last) of a weekday in a month, or null in a month without it. */
export function nthWeekday(month: number, nth: number, weekday: number): number | null {
  const next = firstOfMonth(month + 1)
  if (nth < 0) return next - 1 - ((weekdayIndex(next - 1) - weekday + 7) % 7)
  const first = firstOfMonth(month)
  const day = first + ((weekday - weekdayIndex(first) + 7) % 7) + 7 * (nth - 1)
  return day < next ? day : null
}

/** The day number of a day of a month, or null in a month that is too short. */
export function dayInMonth(month: number, dayOfMonth: number): number | null {
  const day = firstOfMonth(month) + dayOfMonth - 1
  return day < firstOfMonth(month + 1) ? day : null
}

/** Years are twelve months: 29 February is a day that most Februaries have not. */
function monthly(first: number, repeat: Repeat): Periods {
  const start = monthIndex(first)
  const length = repeat.every * (repeat.freq === 'yearly' ? 12 : 1)
  const nth = repeat.freq === 'monthly' ? repeat.nth : null
  const weekday = repeat.weekdays[0] === undefined ? weekdayIndex(first) : indexOf(repeat.weekdays[0])
  const dayIn = (month: number) =>
    nth === null ? dayInMonth(month, dayOfMonth(first)) : nthWeekday(month, nth, weekday)
  return {
    stepAt: (day) => Math.floor((monthIndex(day) - start) / length),
    daysOf: (step) => {
      const day = dayIn(start + step * length)
      return day === null ? [] : [day]
    },
  }
}

function periodsOf(first: number, repeat: Repeat): Periods {
  if (repeat.freq === 'weekly') return weekly(first, repeat)
  if (repeat.freq !== 'daily') return monthly(first, repeat)
  return {
    stepAt: (day) => Math.floor((day - first) / repeat.every),
    daysOf: (step) => [first + step * repeat.every],
  }
}

/** The day of the last of `count` occurrences, the start being the first of them. */
function lastOfCount(first: number, repeat: Repeat, count: number): number {
  let left = count - 1
  if (left <= 0) return first
  if (repeat.freq === 'daily') return first + left * repeat.every
  const { stepAt, daysOf } = periodsOf(first, repeat)
  const opening = daysOf(0).filter((day) => day > first)
  if (left <= opening.length) return opening[left - 1] ?? first
  left -= opening.length
  if (repeat.freq === 'weekly') {
    // All weeks after the first are alike.
    const each = daysOf(1).length
    return daysOf(1 + Math.floor((left - 1) / each))[(left - 1) % each] ?? first
  }
  for (let step = 1; step <= stepAt(LAST_DAY); step += 1) {
    const [day] = daysOf(step)
    if (day !== undefined) left -= 1
    if (left === 0) return day ?? first
  }
  return LAST_DAY
}

/** The last day number on which an occurrence may begin, by the rule’s end or the years of LIMITS. */
export function lastBegin(first: number, repeat: Repeat): number {
  if (repeat.end === null) return LAST_DAY
  if ('until' in repeat.end) return Math.min(dayNumber(repeat.end.until), LAST_DAY)
  return Math.min(lastOfCount(first, repeat, repeat.end.count), LAST_DAY)
}

/**
 * The days from `from` to `to` on which the rule has an occurrence begin, sorted. The start is always one of them
 * (RFC 5545, 3.8.5.3: DTSTART is the first instance and counts as one), even where the rule would leave it out:
 * two people who change start and rule at once must not make a slot that nobody sees.
 */
export function ruleDays(first: number, repeat: Repeat, from: number, to: number): readonly number[] {
  const last = Math.min(to, lastBegin(first, repeat))
  const { stepAt, daysOf } = periodsOf(first, repeat)
  const days: number[] = first >= from && first <= to ? [first] : []
  const lastStep = stepAt(last)
  for (let step = Math.max(0, stepAt(from)); step <= lastStep; step += 1) {
    for (const day of daysOf(step)) if (day > first && day >= from && day <= last) days.push(day)
  }
  return days
}

/** The first day from `first` on that the rule would choose by itself: `first`, unless start and rule disagree. */
export function fittingDay(first: number, repeat: Repeat): number {
  const { daysOf } = periodsOf(first, { ...repeat, every: 1 })
  for (let step = 0; step < 24; step += 1) {
    const day = daysOf(step).find((one) => one >= first)
    if (day !== undefined) return day
  }
  return first
}
