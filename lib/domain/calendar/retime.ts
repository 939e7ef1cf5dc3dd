import { dayNumber, dayOfMonth, dayText, firstOfMonth, monthIndex, weekdayIndex } from './days.ts'
import { dayInMonth, fittingDay, nthWeekday, ruleDays } from './rule.ts'
import { type PlainDay, type Repeat, type Slot, type SlotTime, WEEKDAYS } from './slot.ts'
import { clockOf, dayOf, moveByDays, timedAt } from './time.ts'

/** A series after one of its occurrences was put elsewhere and all others went along. */
export type Retimed = {
  readonly time: SlotTime
  readonly repeat: Repeat
  /** Where an occurrence went, by its day; null where the new rule leaves it out (31 June). */
  readonly rekey: (day: PlainDay) => PlainDay | null
}

/** The same, in day numbers: `first` is the start. */
type Shift = {
  readonly first: number
  readonly repeat: Repeat
  readonly rekey: (day: number) => number | null
}

/**
 * Moves a whole series so that its occurrence of `day` begins at `to`.
 *
 * By days and weeks, every occurrence goes as many days further. By months and years, the series goes to the day
 * of the month (or the nth weekday) on which the occurrence was put, as many months further.
 */
export function retime(time: SlotTime, repeat: Repeat, day: PlainDay, to: SlotTime): Retimed {
  const first = dayNumber(dayOf(time))
  const shift = shiftOf(first, repeat, dayNumber(day), dayNumber(dayOf(to)))
  return {
    time: timeOn(dayText(shift.first), time, to),
    repeat: shift.repeat,
    rekey: (one) => {
      const moved = shift.rekey(dayNumber(one))
      return moved === null ? null : dayText(moved)
    },
  }
}

/** The hour of `to` on another day; an instant that is already known is kept, for its hour may come twice. */
function timeOn(day: PlainDay, was: SlotTime, to: SlotTime): SlotTime {
  if (day === dayOf(to)) return to
  const clock = clockOf(to)
  if (to.kind === 'allDay' || clock === null) return { kind: 'allDay', date: day }
  const same = was.kind === 'timed' && was.zone === to.zone && dayOf(was) === day && clockOf(was) === clock
  return same ? was : timedAt(day, clock, to.zone)
}

function shiftOf(first: number, repeat: Repeat, from: number, to: number): Shift {
  if (from === to) return { first, repeat, rekey: (day) => day }
  if (repeat.freq === 'monthly' || repeat.freq === 'yearly') return byMonths(first, repeat, from, to)
  if (repeat.freq === 'weekly' && tears(first, repeat, to - from)) return byWeeks(first, repeat, from, to)
  const delta = to - from
  return {
    first: first + delta,
    repeat: { ...rotated(repeat, delta), end: endShifted(repeat.end, (until) => until + delta) },
    rekey: (day) => day + delta,
  }
}

const modulo = (value: number, by: number) => ((value % by) + by) % by

const rotated = (repeat: Repeat, days: number): Repeat => ({
  ...repeat,
  weekdays:
    repeat.freq === 'weekly'
      ? repeat.weekdays.map((one) => WEEKDAYS[modulo(WEEKDAYS.indexOf(one) + days, 7)] ?? one)
      : repeat.weekdays,
})

const endShifted = (end: Repeat['end'], shift: (until: number) => number): Repeat['end'] =>
  end !== null && 'until' in end ? { until: dayText(shift(dayNumber(end.until))) } : end

const weekOf = (day: number) => Math.floor((day + 3) / 7)
const mondayOf = (day: number) => day - weekdayIndex(day)

/** Every other week, Monday and Sunday, one day later: Tuesday of one week and Monday of the next, which is off. */
function tears(first: number, repeat: Repeat, delta: number): boolean {
  if (repeat.every === 1) return false
  const days = repeat.weekdays.length === 0 ? [weekdayIndex(first)] : repeat.weekdays.map(indexOf)
  return new Set(days.map((one) => Math.floor((one + delta) / 7))).size > 1
}

const indexOf = (weekday: Repeat['weekdays'][number]) => WEEKDAYS.indexOf(weekday)

/** What no rule can say is bent: all weekdays of a week stay together, in the week of the one that was moved. */
function byWeeks(first: number, repeat: Repeat, from: number, to: number): Shift {
  const weeks = weekOf(to) - weekOf(from)
  const rekey = (day: number) => mondayOf(day) + 7 * weeks + modulo(weekdayIndex(day) + to - from, 7)
  const opening = ruleDays(first, repeat, first, mondayOf(first) + 6).map(rekey)
  return {
    first: Math.min(...opening),
    repeat: {
      ...rotated(repeat, to - from),
      end: endShifted(repeat.end, (until) => mondayOf(until) + 7 * weeks + 6),
    },
    rekey,
  }
}

function byMonths(first: number, repeat: Repeat, from: number, to: number): Shift {
  const months = monthIndex(to) - monthIndex(from)
  const moved = repeat.freq === 'monthly' && repeat.nth !== null ? nthOf(repeat, repeat.nth, to) : repeat
  const rekey = (day: number) =>
    moved.freq === 'monthly' && moved.nth !== null
      ? nthWeekday(monthIndex(day) + months, moved.nth, weekdayIndex(to))
      : dayInMonth(monthIndex(day) + months, dayOfMonth(to))
  const newUntil = (until: number) => {
    const last = ruleDays(first, repeat, first, until).at(-1) ?? until
    return rekey(last) ?? firstOfMonth(monthIndex(last) + months + 1) - 1
  }
  // Occurrences before the one that was moved may fall away (29 February): the first that is left begins.
  const begun = ruleDays(first, repeat, first, from).map(rekey)
  return {
    first: begun.find((day) => day !== null) ?? to,
    repeat: { ...moved, end: endShifted(repeat.end, newUntil) },
    rekey,
  }
}

/** Put on the last Tuesday or a fifth one, it comes on the last: few months have a fifth. */
function nthOf(repeat: Repeat, was: number, day: number): Repeat {
  const nth = Math.ceil(dayOfMonth(day) / 7)
  const isLast = monthIndex(day + 7) !== monthIndex(day)
  const weekday = WEEKDAYS[weekdayIndex(day)]
  return {
    ...repeat,
    weekdays: weekday === undefined ? repeat.weekdays : [weekday],
    nth: isLast && (was === -1 || nth === 5) ? -1 : narrow(nth),
  }
}

const narrow = (nth: number): Repeat['nth'] => ([1, 2, 3, 4] as const).find((one) => one === nth) ?? -1

/** The time moved to the first day that the rule chooses by itself, so that the start is one like the others. */
export function alignStart(slot: Pick<Slot, 'time'>, repeat: Repeat | null): SlotTime {
  if (repeat === null) return slot.time
  const first = dayNumber(dayOf(slot.time))
  const fitting = fittingDay(first, repeat)
  const ends = repeat.end !== null && 'until' in repeat.end && dayNumber(repeat.end.until) < fitting
  return fitting === first || ends ? slot.time : moveByDays(slot.time, fitting - first)
}
