import { occurrencesOf } from '#lib/domain/calendar/recurrence.ts'
import { type Occurrence, type PlainDay, type Repeat, type Slot, UNSAID } from '#lib/domain/calendar/slot.ts'
import { timedAt } from '#lib/domain/calendar/time.ts'
import { startOfDay } from '#lib/domain/calendar/zone.ts'
import type { SlotId } from '#lib/domain/ids.ts'

export const ZONE = 'America/Toronto'

export const slotId = (number: number) =>
  `00000000-0000-4000-8000-${String(number).padStart(12, '0')}` as string as SlotId

/** A post on Facebook, by the clocks of Toronto; `clock` null: on the whole day. */
export const slot = (
  number: number,
  day: PlainDay,
  clock: string | null,
  change: Partial<Slot> = {},
): Slot => ({
  ...UNSAID,
  id: slotId(number),
  title: `Créneau ${number}`,
  time: clock === null ? { kind: 'allDay', date: day } : timedAt(day, clock, ZONE),
  minutes: 30,
  channels: ['facebook'],
  createdBy: null,
  ...change,
})

export const weekly: Repeat = { freq: 'weekly', every: 1, weekdays: [], nth: null, end: null }

/** What takes place from the first day until before the second. */
export const planned = (slots: readonly Slot[], from: PlainDay, to: PlainDay): readonly Occurrence[] =>
  occurrencesOf(slots, startOfDay(from, ZONE), startOfDay(to, ZONE), ZONE)
