import { daysBetween, parseDay } from '#lib/domain/calendar/days.ts'
import { LIMITS, type PlainDay, type Slot } from '#lib/domain/calendar/slot.ts'
import { instantText } from '#lib/domain/calendar/time.ts'
import { instantOf, localDay } from '#lib/domain/calendar/zone.ts'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import type { SkipReason } from '../types.ts'
import type { RawEvent, RawTime } from './raw-event.ts'
import type { ZoneOf } from './zones.ts'

/** A day, or an instant (ms) with the zone whose clock named it. */
export type When =
  | { readonly kind: 'day'; readonly day: PlainDay }
  | { readonly kind: 'instant'; readonly ms: number; readonly zone: string }

export type Clocks = {
  readonly zoneOf: ZoneOf
  /** For times that name no zone. */
  readonly newsroom: string
}

type TimeProblem = Extract<SkipReason, 'badStart' | 'badZone' | 'outOfRange'>

const DAY = /^\d{4}-\d{2}-\d{2}$/
const TIME = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(Z?)$/

/** A day of the years that the calendar has. */
function readDay(text: string): Result<PlainDay, TimeProblem> {
  const day = parseDay(text)
  if (day === null) return fail('badStart')
  const year = Number(day.slice(0, 4))
  return year >= LIMITS.firstYear && year <= LIMITS.lastYear ? ok(day) : fail('outOfRange')
}

/** @param utcZone by whose clock something in UTC is shown: the newsroom’s, unless it repeats in UTC */
export function readTime(raw: RawTime, clocks: Clocks, utcZone: string): Result<When, TimeProblem> {
  if (DAY.test(raw.value)) {
    const day = readDay(raw.value)
    return day.ok ? ok({ kind: 'day', day: day.value }) : day
  }
  const [, date = '', hours, minutes, , utc] = TIME.exec(raw.value) ?? []
  const day = readDay(date)
  if (!day.ok) return day
  const clock = `${hours}:${minutes}`
  if (utc) return ok({ kind: 'instant', ms: instantOf(day.value, clock, 'UTC'), zone: utcZone })
  const zone = raw.zone === null ? clocks.newsroom : clocks.zoneOf(raw.zone)
  if (zone === null) return fail('badZone')
  return ok({ kind: 'instant', ms: instantOf(day.value, clock, zone), zone })
}

/** When and how long, as a slot has it. */
export type Span = Pick<Slot, 'time' | 'minutes' | 'days'>

const MINUTE = 60_000
/** Of an event that is over as soon as it begins. */
const DEFAULT_MINUTES = 30

export function readSpan(
  event: Pick<RawEvent, 'start' | 'end' | 'duration' | 'rules'>,
  clocks: Clocks,
): Result<Span, SkipReason> {
  if (event.start === null) return fail('noStart')
  const start = readTime(event.start, clocks, event.rules.length > 0 ? 'UTC' : clocks.newsroom)
  if (!start.ok) return start
  const length = readLength(event, start.value, clocks)
  if (!length.ok) return length
  return spanOf(start.value, length.value)
}

/** How long, in minutes or, for whole days, in days; null: it is not said. */
function readLength(
  { end, duration }: Pick<RawEvent, 'end' | 'duration'>,
  start: When,
  clocks: Clocks,
): Result<number | null, SkipReason> {
  if (end === null) return duration === null ? ok(null) : readDuration(duration, start)
  const until = readTime(end, clocks, clocks.newsroom)
  if (!until.ok) return until.error === 'badStart' ? ok(null) : until
  if (start.kind === 'day') return ok(daysBetween(start.day, dayOf(until.value)))
  const ms = until.value.kind === 'day' ? instantOf(until.value.day, '00:00', start.zone) : until.value.ms
  return ok((ms - start.ms) / MINUTE)
}

const dayOf = (when: When): PlainDay => (when.kind === 'day' ? when.day : localDay(when.ms, when.zone))

function readDuration(text: string, start: When): Result<number | null, SkipReason> {
  const pattern =
    /^([+-]?)P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?$/
  const [matched, sign, ...parts] = pattern.exec(text.trim().toUpperCase()) ?? []
  if (matched === undefined) return ok(null)
  const [weeks = 0, days = 0, hours = 0, minutes = 0] = parts.map((part) => Number(part ?? 0))
  const total = ((weeks * 7 + days) * 24 + hours) * 60 + minutes
  if (sign === '-' && total > 0) return fail('endsBeforeStart')
  return ok(start.kind === 'day' ? Math.ceil(total / 1440) : total)
}

/** @param length as `readLength` gives it */
export function spanOf(start: When, length: number | null): Result<Span, SkipReason> {
  if (length !== null && length < 0) return fail('endsBeforeStart')
  if (start.kind === 'day') {
    const days = Math.max(1, length ?? 1)
    if (days > LIMITS.days) return fail('outOfRange')
    return ok({ time: { kind: 'allDay', date: start.day }, minutes: DEFAULT_MINUTES, days })
  }
  // Many calendars write what has no length as ending when it begins.
  const minutes = Math.ceil(length ?? 0) || DEFAULT_MINUTES
  const { ms, zone } = start
  if (minutes <= LIMITS.minutes) {
    return ok({ time: { kind: 'timed', at: instantText(ms), zone }, minutes, days: 1 })
  }
  // A slot that is longer than a week is one of whole days.
  const first = localDay(ms, zone)
  const days = daysBetween(first, localDay(ms + minutes * MINUTE - 1, zone)) + 1
  if (days > LIMITS.days) return fail('outOfRange')
  return ok({ time: { kind: 'allDay', date: first }, minutes: DEFAULT_MINUTES, days })
}

/** The length of a span, as `spanOf` takes it. */
export const lengthOf = (span: Span): number => (span.time.kind === 'timed' ? span.minutes : span.days)

/** The day of an occurrence by the clock of its series; null where it cannot be read. */
export function occurrenceDay(raw: RawTime, time: Slot['time'], clocks: Clocks): PlainDay | null {
  const when = readTime(raw, clocks, clocks.newsroom)
  if (!when.ok) return null
  if (when.value.kind === 'day') return when.value.day
  return localDay(when.value.ms, time.kind === 'timed' ? time.zone : when.value.zone)
}
