import fc from 'fast-check'
import { dayNumber, dayText } from '#lib/domain/calendar/days.ts'
import {
  type PlainDay,
  type Repeat,
  type Slot,
  type SlotTime,
  UNSAID,
  WEEKDAYS,
} from '#lib/domain/calendar/slot.ts'
import { timedAt } from '#lib/domain/calendar/time.ts'
import { CHANNELS } from '#lib/domain/channels/channels.ts'
import { type DraftId, parseDraftId, parseSlotId, type SlotId } from '#lib/domain/ids.ts'

/** Clocks that change by an hour on either side of the ocean, by half an hour, over midnight, and never. */
const ZONES = [
  'America/Toronto',
  'Europe/Paris',
  'Australia/Lord_Howe',
  'America/Havana',
  'Africa/Casablanca',
  'America/Phoenix',
  'Asia/Kathmandu',
  'UTC',
] as const

const uuid = (kind: number, number: number) =>
  `0000000${kind}-0000-4000-8000-${String(number).padStart(12, '0')}`

export function slotId(number: number): SlotId {
  const id = parseSlotId(uuid(1, number))
  if (id === null) throw new Error('no slot id')
  return id
}

export function draftId(number: number): DraftId {
  const id = parseDraftId(uuid(2, number))
  if (id === null) throw new Error('no draft id')
  return id
}

/** A slot with what a test says, and nothing else that matters. */
export const slot = (fields: Partial<Slot> = {}): Slot => ({
  ...UNSAID,
  id: slotId(1),
  title: 'Capsule du vendredi',
  time: timedAt('2027-03-05', '12:00', 'America/Toronto'),
  minutes: 30,
  channels: ['facebook'],
  createdBy: null,
  ...fields,
})

export const repeat = (fields: Partial<Repeat> = {}): Repeat => ({
  freq: 'weekly',
  every: 1,
  weekdays: [],
  nth: null,
  end: null,
  ...fields,
})

export const weekly = repeat()

export const days = (from: PlainDay, to: PlainDay): fc.Arbitrary<PlainDay> =>
  fc.integer({ min: dayNumber(from), max: dayNumber(to) }).map(dayText)

export const clocks = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 0, 15, 30, 59))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`)

export const zones = fc.constantFrom(...ZONES)

export const timedTimes = (from: PlainDay, to: PlainDay): fc.Arbitrary<SlotTime> =>
  fc.tuple(days(from, to), clocks, zones).map(([day, clock, zone]) => timedAt(day, clock, zone))

export const times = (from: PlainDay, to: PlainDay): fc.Arbitrary<SlotTime> =>
  fc.oneof(
    { weight: 3, arbitrary: timedTimes(from, to) },
    { weight: 1, arbitrary: days(from, to).map((date): SlotTime => ({ kind: 'allDay', date })) },
  )

const ends = (from: PlainDay, to: PlainDay): fc.Arbitrary<Repeat['end']> =>
  fc.oneof(
    fc.constant(null),
    days(from, to).map((until) => ({ until })),
    fc.integer({ min: 1, max: 60 }).map((count) => ({ count })),
  )

export const repeats = (from: PlainDay, to: PlainDay): fc.Arbitrary<Repeat> =>
  fc.record({
    freq: fc.constantFrom('daily', 'weekly', 'weekly', 'monthly', 'monthly', 'yearly'),
    every: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 7 })),
    weekdays: fc.subarray([...WEEKDAYS]),
    nth: fc.constantFrom(null, null, -1, 1, 2, 3, 4, 5),
    end: ends(from, to),
  })

export const channels = fc.subarray([...CHANNELS])
