import { parseDay } from '#lib/domain/calendar/days.ts'
import {
  LIMITS,
  type PlainDay,
  type Repeat,
  type Slot,
  type SlotTime,
  UNSAID,
  WEEKDAYS,
  type Weekday,
} from '#lib/domain/calendar/slot.ts'
import { parseInstant } from '#lib/domain/calendar/time.ts'
import { isZone } from '#lib/domain/calendar/zone.ts'
import { isChannel } from '#lib/domain/channels/channels.ts'
import { parseDraftId, parseSlotId, parseVolunteerId, type SlotId } from '#lib/domain/ids.ts'
import { isStage } from '#lib/domain/review/stage.ts'

/** What one writes: the fields of a slot but for its name and its skipped days, which have keys of their own. */
export type SlotFields = Omit<Slot, 'id' | 'skipped'>
type SlotField = keyof SlotFields

const FIELDS: ReadonlySet<string> = new Set<SlotField>([
  'title',
  'time',
  'minutes',
  'days',
  'channels',
  'draft',
  'owner',
  'tags',
  'stage',
  'note',
  'embargo',
  'repeat',
  'partOf',
  'uid',
  'createdBy',
])

/**
 * True where the slot is in the archive: whatever else stands in its map are late edits, which the server completes
 * from the row. Written by the server only.
 */
export const ARCHIVED = 'archived'

/** What decides where a slot is in the calendar: these keys, and those of skipped days. */
const PLACE: ReadonlySet<string> = new Set<SlotField>(['time', 'minutes', 'days', 'channels', 'repeat'])

const unsaid: ReadonlyMap<string, unknown> = new Map(Object.entries(UNSAID))

const SKIP = 'skip:'

/**
 * Each skipped day is a key of its own, so that two people who take out two occurrences both do. It is `true`, or
 * `false` where the occurrence was put back: a key that is not there could not be told from one that left.
 */
export const skipKey = (day: PlainDay): string => `${SKIP}${day}`
const isSkipKey = (key: string): boolean => key.startsWith(SKIP) && isDay(key.slice(SKIP.length))
export const isSlotKey = (key: string): boolean => FIELDS.has(key) || isSkipKey(key) || key === ARCHIVED
export const isPlaceKey = (key: string): boolean => PLACE.has(key) || isSkipKey(key)

/** Whether two plain values say the same. */
export const sameValue = (a: unknown, b: unknown): boolean =>
  a === b || JSON.stringify(a) === JSON.stringify(b)

/** Whether writing `value` where `had` stands would tell readers nothing new. */
export const saysNothingNew = (key: string, had: unknown, value: unknown): boolean =>
  sameValue(had === undefined ? unsaid.get(key) : had, value)

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function isDay(value: unknown): value is PlainDay {
  const year = Number(parseDay(value)?.slice(0, 4) ?? 0)
  return year >= LIMITS.firstYear && year <= LIMITS.lastYear
}

const isInstant = (value: unknown): value is string =>
  typeof value === 'string' && parseInstant(value) !== null && isDay(value.slice(0, 10))

/** Without what PostgreSQL cannot hold: NUL, and half of an emoji that was cut in two. */
const text = (value: unknown, max: number): string =>
  typeof value === 'string' ? value.slice(0, max).replaceAll('\0', '').toWellFormed() : ''

const whole = (value: unknown, max: number, otherwise: number): number =>
  typeof value === 'number' && Number.isFinite(value)
    ? Math.min(max, Math.max(1, Math.round(value)))
    : otherwise

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const idOr = <Id>(parse: (text: string) => Id | null, value: unknown): Id | null =>
  typeof value === 'string' ? parse(value) : null

const zones = new Map<string, boolean>()

/**
 * A zone that this browser does not know must not take the slot off the page. Asking costs a tenth of a
 * millisecond, and a calendar has the same few zones hundreds of times.
 */
function readZone(zone: unknown): string {
  if (typeof zone !== 'string' || zone.length > 100) return 'UTC'
  let known = zones.get(zone)
  if (known === undefined) {
    if (zones.size > 1000) zones.clear()
    known = isZone(zone)
    zones.set(zone, known)
  }
  return known ? zone : 'UTC'
}

export function readTime(value: unknown): SlotTime | null {
  if (!isRecord(value)) return null
  const { kind, date, at, zone } = value
  if (kind === 'allDay') return isDay(date) ? { kind: 'allDay', date } : null
  return kind === 'timed' && isInstant(at) ? { kind: 'timed', at, zone: readZone(zone) } : null
}

const isWeekday = (value: unknown): value is Weekday => (WEEKDAYS as readonly unknown[]).includes(value)

function readEnd(value: unknown): Repeat['end'] {
  if (!isRecord(value)) return null
  const { until, count } = value
  if (isDay(until)) return { until }
  return count === undefined ? null : { count: whole(count, 1000, 1) }
}

function readRepeat(value: unknown): Repeat | null {
  if (!isRecord(value)) return null
  const { freq, every, weekdays, nth, end } = value
  if (freq !== 'daily' && freq !== 'weekly' && freq !== 'monthly' && freq !== 'yearly') return null
  const days = new Set(list(weekdays).filter(isWeekday))
  const isNth = nth === -1 || nth === 1 || nth === 2 || nth === 3 || nth === 4 || nth === 5
  return {
    freq,
    every: whole(every, 99, 1),
    weekdays: WEEKDAYS.filter((day) => days.has(day)),
    nth: isNth && freq === 'monthly' && days.size > 0 ? nth : null,
    end: readEnd(end),
  }
}

function readPartOf(value: unknown): Slot['partOf'] {
  if (!isRecord(value)) return null
  const { slot: name, day } = value
  const slot = idOr(parseSlotId, name)
  return slot && isDay(day) ? { slot, day } : null
}

/**
 * Reads a slot, from the entries of its map or of the JSON of a row. What is not as it should be is left out
 * rather than taking the slot off the page.
 * @returns null where there is no time or no title, and for what is left of an archived slot
 */
export function readSlot(id: SlotId, entries: Iterable<readonly [string, unknown]>): Slot | null {
  const values = new Map(entries)
  const time = readTime(values.get('time'))
  if (!time || typeof values.get('title') !== 'string' || values.get(ARCHIVED) === true) return null
  const stage = values.get('stage')
  const tags = list(values.get('tags')).flatMap((tag) => text(tag, LIMITS.tag).trim() || [])
  return {
    id,
    title: text(values.get('title'), LIMITS.title),
    time,
    minutes: whole(values.get('minutes'), LIMITS.minutes, 30),
    days: whole(values.get('days'), LIMITS.days, 1),
    channels: [...new Set(list(values.get('channels')).filter(isChannel))],
    draft: idOr(parseDraftId, values.get('draft')),
    owner: idOr(parseVolunteerId, values.get('owner')),
    tags: [...new Set(tags)].slice(0, LIMITS.tags),
    stage: isStage(stage) ? stage : 'idea',
    note: text(values.get('note'), LIMITS.note),
    embargo: isInstant(values.get('embargo')) ? text(values.get('embargo'), 40) : null,
    repeat: readRepeat(values.get('repeat')),
    skipped: [...values]
      .flatMap(([key, value]) => (value === true && isSkipKey(key) ? key.slice(SKIP.length) : []))
      .toSorted(),
    partOf: readPartOf(values.get('partOf')),
    uid: text(values.get('uid'), LIMITS.uid) || null,
    createdBy: idOr(parseVolunteerId, values.get('createdBy')),
  }
}

/** The entries of a slot’s map: what `readSlot` reads back. */
export function* slotEntries({ id: _, skipped, ...fields }: Slot): Iterable<readonly [string, unknown]> {
  yield* Object.entries(fields)
  for (const day of skipped) yield [skipKey(day), true]
}
