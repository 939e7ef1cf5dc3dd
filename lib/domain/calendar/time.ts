import { addDays, dayNumber, daysBetween } from './days.ts'
import { LIMITS, type PlainDay, type Slot, type SlotTime } from './slot.ts'
import { type Clock, instantOf, instantOnDay, localClock, localDay, localTime, offsetAt } from './zone.ts'

/** When and how long: the part of a slot that a drag changes. */
export type Timing = Pick<Slot, 'time' | 'minutes' | 'days'>

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?Z$/
const MINUTE = 60_000

/** Shortest slot that a drag can make, in minutes: still a target for a finger. */
const SHORTEST = 5

/** Milliseconds of an instant written in UTC, cut to the minute; null where it is none (hour 24, 31 February). */
export function parseInstant(text: unknown): number | null {
  if (typeof text !== 'string' || !INSTANT.test(text)) return null
  const ms = Date.parse(text)
  // Date.parse lets 30 February pass into March.
  if (Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(text.slice(0, 16))) return null
  return Math.floor(ms / MINUTE) * MINUTE
}

/** As slots are written: `2026-11-27T17:00:00Z`. Cut to the minute. */
export const instantText = (ms: number): string =>
  `${new Date(Math.floor(ms / MINUTE) * MINUTE).toISOString().slice(0, 16)}:00Z`

export const timedAt = (day: PlainDay, clock: Clock, zone: string): SlotTime => ({
  kind: 'timed',
  at: instantText(instantOf(day, clock, zone)),
  zone,
})

/** The instant (ms) at which it begins. A whole day begins with the newsroom’s: `zone`. */
export const startOf = (time: SlotTime, zone: string): number =>
  time.kind === 'timed' ? Date.parse(time.at) : instantOnDay(dayNumber(time.date), 0, zone)

/** The instant (ms) from which it is over. Minutes are hours lived through: they pass over a change of clocks. */
export const endOf = (slot: Timing, zone: string): number =>
  slot.time.kind === 'timed'
    ? Date.parse(slot.time.at) + slot.minutes * MINUTE
    : instantOnDay(dayNumber(slot.time.date) + slot.days, 0, zone)

/** The day on which it begins, in its own zone: the name of its first occurrence. */
export const dayOf = (time: SlotTime): PlainDay =>
  time.kind === 'timed' ? localDay(Date.parse(time.at), time.zone) : time.date

/** The wall clock at which it begins, in its own zone; null for whole days. */
export const clockOf = (time: SlotTime): Clock | null =>
  time.kind === 'timed' ? localClock(Date.parse(time.at), time.zone) : null

/** Where a slot is put down: on a day at an hour, on a day at the hour it had, or on the whole day. */
export type Target =
  | { readonly day: PlainDay; readonly clock?: Clock }
  | { readonly day: PlainDay; readonly wholeDay: true }

/**
 * The time of a slot that is put down at `target`, which is told by the clocks of `zone` (the zone on show). It
 * keeps the zone by which it repeats. A whole day that gets no hour stays one.
 */
export function moveTo(time: SlotTime, target: Target, zone: string): SlotTime {
  if ('wholeDay' in target) return { kind: 'allDay', date: target.day }
  if (time.kind === 'allDay') {
    return target.clock === undefined
      ? { kind: 'allDay', date: target.day }
      : timedAt(target.day, target.clock, zone)
  }
  const start = Date.parse(time.at)
  const clock = target.clock ?? localClock(start, zone)
  // Put back where it was, it does not move, though its hour may come twice on that night.
  if (target.day === localDay(start, zone) && clock === localClock(start, zone)) return time
  return { ...time, at: instantText(instantOf(target.day, clock, zone)) }
}

/** Some days earlier or later at the same wall clock of its own zone. */
export const moveByDays = (time: SlotTime, days: number): SlotTime =>
  moveTo(time, { day: addDays(dayOf(time), days) }, time.kind === 'timed' ? time.zone : 'UTC')

/** Some minutes of real time earlier or later; a whole day stays where it is. */
export const moveByMinutes = (time: SlotTime, minutes: number): SlotTime =>
  time.kind === 'timed' ? { ...time, at: instantText(Date.parse(time.at) + minutes * MINUTE) } : time

const within = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most)

/** The slot with another end (ms), at least five minutes or one day long, at most what LIMITS allow. */
export function resizeTo(slot: Timing, end: number, zone: string): Timing {
  if (slot.time.kind === 'timed') {
    const minutes = Math.round((end - Date.parse(slot.time.at)) / MINUTE)
    return { ...timingOf(slot), minutes: within(minutes, SHORTEST, LIMITS.minutes) }
  }
  // The end is a midnight that no longer belongs to it.
  const days = daysBetween(slot.time.date, localDay(end - 1, zone)) + 1
  return { ...timingOf(slot), days: within(days, 1, LIMITS.days) }
}

/** The slot with another beginning (ms) and the end that it had. */
export function resizeFrom(slot: Timing, start: number, zone: string): Timing {
  const end = endOf(slot, zone)
  if (slot.time.kind === 'timed') {
    const latest = Math.min(start, end - SHORTEST * MINUTE)
    return resizeTo({ ...slot, time: { ...slot.time, at: instantText(latest) } }, end, zone)
  }
  const lastDay = localDay(end - 1, zone)
  const first = localDay(start, zone)
  return resizeTo({ ...slot, time: { kind: 'allDay', date: first < lastDay ? first : lastDay } }, end, zone)
}

const timingOf = (slot: Timing): Timing => ({ time: slot.time, minutes: slot.minutes, days: slot.days })

/** The nearest instant at which the zone’s clocks show a multiple of `step` minutes. */
export function snap(ms: number, step: number, zone: string): number {
  const offset = offsetAt(zone, ms)
  return Math.round((ms + offset) / (step * MINUTE)) * step * MINUTE - offset
}

/** Whether the local day of an instant lies in the years of LIMITS. */
export function inYears(ms: number, zone: string): boolean {
  if (!Number.isFinite(ms) || Math.abs(ms) > 8e15) return false
  const { day } = localTime(ms, zone)
  return day >= FIRST_DAY && day <= LAST_DAY
}

/** Day numbers between which a slot may begin and end. */
export const FIRST_DAY = dayNumber(`${LIMITS.firstYear}-01-01`)
export const LAST_DAY = dayNumber(`${LIMITS.lastYear}-12-31`)
