import { Temporal } from 'temporal-polyfill'
import { DAY_MS, dayNumber, dayText } from './days.ts'
import type { PlainDay } from './slot.ts'

/** A time on the clock of a wall, `HH:MM`, 00:00–23:59. */
export type Clock = string

const ZONE = /^[A-Za-z][A-Za-z0-9_+\-/]{1,63}$/
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/

/** From `from` until before `to`, clocks of the zone are `offset` ahead of UTC; all in milliseconds. */
type Span = { readonly from: number; readonly to: number; readonly offset: number }

/**
 * What was already asked about each zone that exists, the last answer first. Asking Temporal costs some ten
 * microseconds, and a month of slots asks thousands of times; answers never change within a process.
 */
const known = new Map<string, Span[]>()

const UTC: Span = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, offset: 0 }

/** Whether `text` names a zone of the IANA database, in its own spelling: feeds and other calendars look it up. */
export function isZone(text: unknown): text is string {
  if (typeof text !== 'string' || !ZONE.test(text)) return false
  if (known.has(text)) return true
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text).timeZoneId === text
  } catch {
    return false
  }
}

function askSpan(zone: string, ms: number): Span {
  const at = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone)
  // A transition at this very instant is «previous» only to the instant after it.
  const previous = at.add({ milliseconds: 1 }).getTimeZoneTransition('previous')
  const next = at.getTimeZoneTransition('next')
  return {
    from: previous?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    to: next?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offset: at.offsetNanoseconds / 1_000_000,
  }
}

/**
 * A zone that this machine does not know reads as UTC. Zones are born and renamed, and a browser may be years
 * older than the server: one slot with a new zone must not take the whole calendar away.
 */
function spanAt(zone: string, ms: number): Span {
  const spans = known.get(zone)
  const found = spans?.find((span) => span.from <= ms && ms < span.to)
  if (spans && found) {
    if (spans[0] !== found) spans.unshift(...spans.splice(spans.indexOf(found), 1))
    return found
  }
  if (!spans && !isZone(zone)) return UTC
  const asked = askSpan(zone, ms)
  if (spans) spans.unshift(asked)
  else known.set(zone, [asked])
  return asked
}

/** How far the zone’s clocks are ahead of UTC at an instant, in milliseconds. */
export const offsetAt = (zone: string, ms: number): number => spanAt(zone, ms).offset

/**
 * The instant (ms) of a wall time, `minutes` after midnight of a day number, as RFC 5545 (3.3.5) and Temporal’s
 * `compatible` say: a time that the spring change leaves out is read with the offset before it, so it moves
 * forward; of a time that the autumn change gives twice, the first.
 */
export function instantOnDay(day: number, minutes: number, zone: string): number {
  const local = day * DAY_MS + minutes * 60_000
  const span = spanAt(zone, local)
  const ms = local - span.offset
  // Two days from any change of the clocks, offsets being less than a day apart but for the date line.
  if ((ms - span.from > 2 * DAY_MS && span.to - ms > 2 * DAY_MS) || span === UTC) return ms
  return Temporal.PlainDateTime.from(new Date(local).toISOString().slice(0, -1)).toZonedDateTime(zone)
    .epochMilliseconds
}

/** Day number and minutes after midnight that the zone’s clocks show at an instant. */
export function localTime(ms: number, zone: string): { readonly day: number; readonly minutes: number } {
  const local = ms + offsetAt(zone, ms)
  const day = Math.floor(local / DAY_MS)
  return { day, minutes: Math.floor((local - day * DAY_MS) / 60_000) }
}

export const localDay = (ms: number, zone: string): PlainDay => dayText(localTime(ms, zone).day)

/** Minutes after midnight, or null where the text is no time. */
export function parseClock(text: unknown): number | null {
  if (typeof text !== 'string' || !CLOCK.test(text)) return null
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3))
}

const two = (number: number) => String(number).padStart(2, '0')

export const clockText = (minutes: number): Clock => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`

export const localClock = (ms: number, zone: string): Clock => clockText(localTime(ms, zone).minutes)

/** The instant (ms) of a wall clock; throws where `clock` is none. */
export function instantOf(day: PlainDay, clock: Clock, zone: string): number {
  const minutes = parseClock(clock)
  if (minutes === null) throw new RangeError(`no time of day: ${clock}`)
  return instantOnDay(dayNumber(day), minutes, zone)
}

/** The first instant (ms) of a local day. */
export const startOfDay = (day: PlainDay, zone: string): number => instantOnDay(dayNumber(day), 0, zone)
