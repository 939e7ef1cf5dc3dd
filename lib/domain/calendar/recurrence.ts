import { DAY_MS, dayNumber, dayText } from './days.ts'
import { lastBegin, ruleDays } from './rule.ts'
import type { Occurrence, PlainDay, Slot } from './slot.ts'
import { dayOf, endOf, FIRST_DAY, LAST_DAY, startOf } from './time.ts'
import { instantOnDay, localDay, localTime } from './zone.ts'

/** Beyond these instants (ms) no slot can lie, in whatever zone. */
const EARLIEST = (FIRST_DAY - 2) * DAY_MS
const LATEST = (LAST_DAY + 2) * DAY_MS

/** The zone whose clocks and days the slot follows; whole days follow the newsroom’s. */
const zoneOf = (slot: Slot, newsroom: string) => (slot.time.kind === 'timed' ? slot.time.zone : newsroom)

/** The day number of the slot’s first occurrence. */
const firstOf = (slot: Slot) => dayNumber(dayOf(slot.time))

/** How an occurrence is made of its day: all of a slot’s begin at one wall clock and last equally long. */
function maker(slot: Slot, newsroom: string): (day: number) => Occurrence {
  const { time } = slot
  const first = firstOf(slot)
  if (time.kind === 'allDay') {
    return (day) => ({
      slot,
      day: dayText(day),
      start: instantOnDay(day, 0, newsroom),
      end: instantOnDay(day + slot.days, 0, newsroom),
    })
  }
  const at = Date.parse(time.at)
  const { minutes } = localTime(at, time.zone)
  return (day) => {
    // The first keeps its instant: it may be the second of two equal hours of an autumn night.
    const start = day === first ? at : instantOnDay(day, minutes, time.zone)
    return { slot, day: dayText(day), start, end: start + slot.minutes * 60_000 }
  }
}

const touches = (one: Occurrence, from: number, to: number) =>
  one.start < to && (one.end > from || one.start >= from)

/**
 * The occurrences of a slot that touch the time from `from` until before `to` (ms), in order. `zone` is the
 * newsroom’s, by which whole days begin. Cost follows the window and not the age of the slot.
 */
export function occurrences(slot: Slot, from: number, to: number, zone: string): readonly Occurrence[] {
  if (slot.repeat === null) {
    const start = startOf(slot.time, zone)
    const one = { slot, day: dayOf(slot.time), start, end: endOf(slot, zone) }
    return touches(one, from, to) ? [one] : []
  }
  const clocks = zoneOf(slot, zone)
  const longest = slot.time.kind === 'timed' ? Math.ceil(slot.minutes / 1440) : slot.days
  // One day more on either side: a change of clocks may carry a start over midnight.
  const days = ruleDays(
    firstOf(slot),
    slot.repeat,
    localTime(Math.max(from, EARLIEST), clocks).day - longest - 1,
    localTime(Math.min(to, LATEST), clocks).day + 1,
  )
  const skipped = new Set(slot.skipped)
  const make = maker(slot, zone)
  return days.map(make).filter((one) => touches(one, from, to) && !skipped.has(one.day))
}

/** The occurrences of many slots, in order of start; of those that begin together, the longer first. */
export const occurrencesOf = (
  slots: Iterable<Slot>,
  from: number,
  to: number,
  zone: string,
): readonly Occurrence[] =>
  [...slots]
    .flatMap((slot) => occurrences(slot, from, to, zone))
    .sort((a, b) => a.start - b.start || b.end - a.end || (a.slot.id < b.slot.id ? -1 : 1))

/** Whether the rule has an occurrence on that day, taken out or not. */
export function isRuleDay(slot: Slot, day: PlainDay): boolean {
  const number = dayNumber(day)
  if (slot.repeat === null) return number === firstOf(slot)
  return ruleDays(firstOf(slot), slot.repeat, number, number).length > 0
}

/** The occurrence that the rule has on that day, or null. Also one that was taken out. */
export function ruleOccurrence(slot: Slot, day: PlainDay, zone: string): Occurrence | null {
  return isRuleDay(slot, day) ? maker(slot, zone)(dayNumber(day)) : null
}

/** The occurrence named by a day, or null where there is none (any more). */
export const occurrenceOn = (slot: Slot, day: PlainDay, zone: string): Occurrence | null =>
  slot.repeat !== null && slot.skipped.includes(day) ? null : ruleOccurrence(slot, day, zone)

/** The first occurrence that begins at `from` (ms) or later, or null. */
export function nextOccurrence(slot: Slot, from: number, zone: string): Occurrence | null {
  const latest = slot.repeat === null ? LATEST : (lastBegin(firstOf(slot), slot.repeat) + 2) * DAY_MS
  // Windows that grow: most rules answer in the first, one of 29 February every ninth year in a later one.
  const begin = Math.max(from, EARLIEST)
  for (let start = begin, length = 60 * DAY_MS; start < latest; start += length, length *= 4) {
    const found = occurrences(slot, start, Math.min(start + length, latest), zone).find(
      (one) => one.start >= begin,
    )
    if (found) return found
  }
  return null
}

/** Days on which occurrences begin, first to last, without those taken out; of an endless rule up to 2100. */
export function remainingDays(slot: Slot): readonly PlainDay[] {
  if (slot.repeat === null) return [dayOf(slot.time)]
  const skipped = new Set(slot.skipped)
  const first = firstOf(slot)
  return ruleDays(first, slot.repeat, first, LAST_DAY)
    .map(dayText)
    .filter((day) => !skipped.has(day))
}

/**
 * The last day that the slot touches, by the clocks of `zone` (the newsroom’s); null for one without an end. A
 * slot whose every occurrence was taken out counts as if none were: it too must leave the calendar one day.
 */
export function lastDay(slot: Slot, zone: string): PlainDay | null {
  if (slot.repeat !== null && slot.repeat.end === null) return null
  const make = maker(slot, zone)
  return localDay(make(lastStart(slot)).end - 1, zone)
}

function lastStart(slot: Slot): number {
  const first = firstOf(slot)
  if (slot.repeat === null) return first
  const [last] = ruleDays(first, slot.repeat, first, lastBegin(first, slot.repeat)).slice(-1)
  if (last === undefined || !slot.skipped.includes(dayText(last))) return last ?? first
  return dayNumber(remainingDays(slot).at(-1) ?? dayText(last))
}

/** The day on which it first begins, by the clocks of `zone`. */
export const firstDay = (slot: Slot, zone: string): PlainDay => localDay(startOf(slot.time, zone), zone)
