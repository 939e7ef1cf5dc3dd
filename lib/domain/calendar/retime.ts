import { type Beginning, beginOn, type Hour, hourOf } from './begin.ts'
import { dayNumber, dayOfMonth, dayText, firstOfMonth, monthIndex, weekdayIndex } from './days.ts'
import { dayInMonth, lastBegin, nthWeekday, ruleDays } from './rule.ts'
import { type PlainDay, type Repeat, type SlotTime, WEEKDAYS } from './slot.ts'
import { dayOf } from './time.ts'

/** A series after one of its occurrences was put elsewhere and all others went along. */
export type Retimed = Beginning & {
  /** Where an occurrence went, by its day; null where the new rule leaves it out (31 June). */
  readonly rekey: (day: PlainDay) => PlainDay | null
}

/** The same, in day numbers: `first` is the start. */
type Shift = {
  readonly first: number
  readonly repeat: Repeat
  readonly rekey: (day: number) => number | null
  /** Days of the new rule that stand for none of the old. */
  readonly extra: readonly number[]
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
  const begun = beginning(dayText(shift.first), shift.repeat, time, to)
  return {
    ...begun,
    skipped: [...begun.skipped, ...shift.extra.map(dayText)],
    rekey: (one) => {
      const moved = shift.rekey(dayNumber(one))
      return moved === null ? null : dayText(moved)
    },
  }
}

/** At the hour of `to`. An instant that is already known is kept: its hour may come twice that night. */
function beginning(day: PlainDay, repeat: Repeat, was: SlotTime, to: SlotTime): Beginning {
  const isStill = dayOf(was) === day && same(hourOf(was), hourOf(to))
  if (isStill) return { time: was, repeat, skipped: [] }
  if (day === dayOf(to)) return { time: to, repeat, skipped: [] }
  return beginOn(day, hourOf(to), repeat)
}

const same = (a: Hour, b: Hour) => a?.clock === b?.clock && a?.zone === b?.zone

function shiftOf(first: number, repeat: Repeat, from: number, to: number): Shift {
  if (from === to) return { first, repeat, rekey: (day) => day, extra: [] }
  if (repeat.freq === 'monthly' || repeat.freq === 'yearly') return byMonths(first, repeat, from, to)
  if (repeat.freq === 'weekly' && tears(first, repeat, to - from)) return byWeeks(first, repeat, from, to)
  const delta = to - from
  return {
    first: first + delta,
    repeat: { ...rotated(repeat, delta), end: endShifted(repeat.end, (until) => until + delta) },
    rekey: (day) => day + delta,
    extra: [],
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

/**
 * What no rule can say is bent: all weekdays of a week stay together, in the week of the one that was moved. Days
 * that the rotated rule has in the first and the last week, but the series had not, are taken out.
 */
function byWeeks(first: number, repeat: Repeat, from: number, to: number): Shift {
  const weeks = weekOf(to) - weekOf(from)
  const rekey = (day: number) => mondayOf(day) + 7 * weeks + modulo(weekdayIndex(day) + to - from, 7)
  const inWeekOf = (day: number) => ruleDays(first, repeat, mondayOf(day), mondayOf(day) + 6).map(rekey)
  const last =
    repeat.end === null ? null : (ruleDays(first, repeat, first, lastBegin(first, repeat)).at(-1) ?? first)
  const opening = inWeekOf(first)
  const closing = last === null ? [] : inWeekOf(last)
  const begin = Math.min(...opening)
  const until = last === null ? null : Math.max(...closing)
  const turned = { ...rotated(repeat, to - from), end: until === null ? null : { until: dayText(until) } }
  const had = new Set([...opening, ...closing])
  const edges = [begin, ...(until === null ? [] : [until])]
  const has = edges.flatMap((day) => ruleDays(begin, turned, mondayOf(day), mondayOf(day) + 6))
  return { first: begin, repeat: turned, rekey, extra: has.filter((day) => !had.has(day)) }
}

function byMonths(first: number, repeat: Repeat, from: number, to: number): Shift {
  const months = monthIndex(to) - monthIndex(from)
  const moved = repeat.freq === 'monthly' && repeat.nth !== null ? nthOf(repeat, repeat.nth, to) : repeat
  const rekey = (day: number) =>
    moved.freq === 'monthly' && moved.nth !== null
      ? nthWeekday(monthIndex(day) + months, moved.nth, weekdayIndex(to))
      : dayInMonth(monthIndex(day) + months, dayOfMonth(to))
  // Occurrences before the one that was moved may fall away (29 February): the first that is left begins.
  const begun = ruleDays(first, repeat, first, from).map(rekey)
  const begin = begun.find((day) => day !== null) ?? to
  const last = () => {
    const day = ruleDays(first, repeat, first, lastBegin(first, repeat)).at(-1) ?? first
    return rekey(day) ?? firstOfMonth(monthIndex(day) + months + 1) - 1
  }
  const end = repeat.end === null ? null : endOn(last(), begin, moved, 'count' in repeat.end)
  return { first: begin, repeat: { ...moved, end }, rekey, extra: [] }
}

/** An end at `last`: counted anew where it was counted, for the new day may exist in more months than the old. */
function endOn(last: number, first: number, repeat: Repeat, counted: boolean): Repeat['end'] {
  const count = counted ? ruleDays(first, { ...repeat, end: null }, first, last).length : 0
  return count >= 1 && count <= 1000 ? { count } : { until: dayText(last) }
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
