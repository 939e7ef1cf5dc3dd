import { createHash } from 'node:crypto'
import { LIMITS } from '#lib/domain/calendar/slot.ts'
import { ok, type Result } from '#lib/domain/result.ts'
import type { Skipped, SkipReason } from '../types.ts'
import type { CalledOff, Incoming, ReadCalendar } from './incoming.ts'
import { takeApart } from './lines.ts'
import { type RawEvent, readRaw } from './raw-event.ts'
import { readSeries, readSingle } from './read-event.ts'
import { type Clocks, occurrenceDay } from './read-time.ts'
import { zonesOf } from './zones.ts'

/**
 * Reads a file of iCalendar. Every event of it comes out once: as what can be planned, or with the reason why it
 * cannot. Pure, and slow for a large file: `read-in-worker.ts` runs it beside the server.
 * @param newsroom the zone of times that name none
 */
export function readCalendar(
  text: string,
  newsroom: string,
): Result<ReadCalendar, 'notCalendar' | 'tooMany'> {
  const parts = takeApart(text)
  if (!parts.ok) return parts
  const reading = new Reading({ zoneOf: zonesOf(parts.value.zones, newsroom), newsroom })
  const families = new Map<string, Family>()
  for (const lines of parts.value.events) {
    const raw = readRaw(lines)
    const broken = !lines.complete || lines.lines.some((line) => line.includes('\ufffd'))
    if (broken) reading.skip(raw, 'unreadable')
    else join(families, named(raw))
  }
  for (const family of families.values()) reading.take(family)
  return ok(reading)
}

/** All events of one UID: one for the series, others for occurrences of it. */
type Family = { whole: RawEvent | null; readonly occurrences: Map<string, RawEvent> }

/** Every event has a name, the same one in the same file tomorrow: importing twice must add nothing. */
function named(raw: RawEvent): RawEvent {
  if (raw.uid !== '' && raw.uid.length <= LIMITS.uid) return raw
  const basis = raw.uid || JSON.stringify([raw.title, raw.start, raw.end, raw.rules])
  return { ...raw, uid: createHash('sha256').update(basis).digest('hex').slice(0, 40) }
}

/** Of several versions of one event the latest counts (RFC 5545, 3.8.7.4), in the file where they are equal. */
function join(families: Map<string, Family>, raw: RawEvent): void {
  const family = families.get(raw.uid) ?? { whole: null, occurrences: new Map() }
  families.set(raw.uid, family)
  const key = raw.occurrence && JSON.stringify(raw.occurrence)
  const before = key === null ? family.whole : (family.occurrences.get(key) ?? null)
  if (before && before.sequence > raw.sequence) return
  if (key === null) family.whole = raw
  else family.occurrences.set(key, raw)
}

class Reading implements ReadCalendar {
  readonly incoming: Incoming[] = []
  readonly calledOff: CalledOff[] = []
  readonly skipped: Skipped[] = []
  readonly #clocks: Clocks

  constructor(clocks: Clocks) {
    this.#clocks = clocks
  }

  skip({ uid, title }: RawEvent, reason: SkipReason): void {
    this.skipped.push({ uid: uid.slice(0, LIMITS.uid), title: title.slice(0, LIMITS.title), reason })
  }

  take(family: Family): void {
    const [before, raw] = [this.incoming.length, family.whole ?? [...family.occurrences.values()][0]]
    try {
      this.#read(family)
    } catch (error) {
      // A date that arithmetic carries beyond all calendars: one such event must not cost the others.
      if (!(error instanceof RangeError) || !raw) throw error
      this.incoming.length = before
      this.skip(raw, 'unreadable')
    }
  }

  #read({ whole, occurrences }: Family): void {
    const time = whole && this.#series(whole, [...occurrences.values()])
    for (const raw of occurrences.values()) this.#occurrence(raw, time)
  }

  /** @returns the time of the series, by whose clock its occurrences are named; null where it does not come in */
  #series(raw: RawEvent, occurrences: readonly RawEvent[]): Incoming['fields']['time'] | null {
    if (raw.cancelled) {
      this.skip(raw, 'cancelled')
      return null
    }
    const replaced = occurrences.flatMap(({ occurrence }) => occurrence ?? [])
    const series = readSeries(raw, replaced, this.#clocks)
    if (!series.ok) {
      this.skip(raw, series.error)
      return null
    }
    const { uid, slot } = raw
    const { fields, extra } = series.value
    this.incoming.push({ uid, day: null, slot, fields })
    for (const one of extra) this.incoming.push({ uid, slot: null, ...one })
    return fields.time
  }

  #occurrence(raw: RawEvent, series: Incoming['fields']['time'] | null): void {
    const single = readSingle(raw, this.#clocks)
    const time = series ?? (single.ok ? single.value.time : null)
    const day = raw.occurrence && time && occurrenceDay(raw.occurrence, time, this.#clocks)
    if (raw.cancelled) {
      // A series of this file has left the day out already.
      if (day && series) return
      if (day) this.calledOff.push({ uid: raw.uid, day, title: raw.title })
      else this.skip(raw, 'cancelled')
    } else if (!single.ok) this.skip(raw, single.error)
    else if (day) this.incoming.push({ uid: raw.uid, day, slot: raw.slot, fields: single.value })
    else this.skip(raw, 'badStart')
  }
}
