import type { Channel } from '../channels/channels.ts'
import type { DraftId, SlotId, VolunteerId } from '../ids.ts'
import type { Stage } from '../review/stage.ts'

/** The names of RFC 5545. */
export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** A day as people write it, `YYYY-MM-DD`, without any zone. */
export type PlainDay = string

/**
 * When a slot begins. `at` is an instant, ISO 8601 in UTC to the minute (`2026-11-27T17:00:00Z`); `zone` an IANA
 * name: the wall clock by which the slot repeats. A whole day belongs to no zone.
 */
export type SlotTime =
  | { readonly kind: 'timed'; readonly at: string; readonly zone: string }
  | { readonly kind: 'allDay'; readonly date: PlainDay }

/**
 * How a slot comes again, by the wall clock of its zone.
 *
 * - `weekly`: on `weekdays`; none given means the weekday of the start.
 * - `monthly`: on the day of the month of the start, in months that have it; or, with `nth`, on the nth
 *   (−1: last) of `weekdays[0]`.
 * - `yearly`: on the start's month and day; 29 February in leap years only (RFC 5545, 3.3.10).
 */
export type Repeat = {
  readonly freq: 'daily' | 'weekly' | 'monthly' | 'yearly'
  /** Every 1st, 2nd, 3rd … day, week (beginning on Monday), month, year: 1–99. */
  readonly every: number
  readonly weekdays: readonly Weekday[]
  readonly nth: -1 | 1 | 2 | 3 | 4 | 5 | null
  /** `until`: the last day on which an occurrence may begin, in the slot's zone. `count`: 1–1000, start included. */
  readonly end: { readonly until: PlainDay } | { readonly count: number } | null
}

/**
 * A planned place in time. What is in the shared calendar, as plain data.
 *
 * A slot repeats or not; one that repeats begins at most once a day, so that an occurrence has a name: its
 * original day in the slot's zone.
 */
export type Slot = {
  readonly id: SlotId
  readonly title: string
  readonly time: SlotTime
  /** Length of a timed slot, in minutes. */
  readonly minutes: number
  /** Length of a slot of whole days. */
  readonly days: number
  readonly channels: readonly Channel[]
  /** Its text; title and stage then follow the draft. */
  readonly draft: DraftId | null
  readonly owner: VolunteerId | null
  /** Tags and campaigns, without `#`. */
  readonly tags: readonly string[]
  /** Where it has no draft. */
  readonly stage: Stage
  readonly note: string
  /** Nothing may be published before this instant, ISO 8601 in UTC. */
  readonly embargo: string | null
  readonly repeat: Repeat | null
  /** Occurrences that were taken out, by their original day; sorted. */
  readonly skipped: readonly PlainDay[]
  /** It stands for one occurrence of another slot, which skips that day. */
  readonly partOf: { readonly slot: SlotId; readonly day: PlainDay } | null
  /** UID of the event it was imported from (RFC 5545, 3.8.4.7). */
  readonly uid: string | null
  /** Written by the server. Null where it was imported by whoever runs the machine. */
  readonly createdBy: VolunteerId | null
}

/** What a slot says where nobody has said anything. */
export const UNSAID: Omit<Slot, 'id' | 'title' | 'time' | 'minutes' | 'createdBy'> = {
  days: 1,
  channels: [],
  draft: null,
  owner: null,
  tags: [],
  stage: 'idea',
  note: '',
  embargo: null,
  repeat: null,
  skipped: [],
  partOf: null,
  uid: null,
}

/** One time at which a slot takes place. `day` names it within its slot. Instants are milliseconds since 1970. */
export type Occurrence = {
  readonly slot: Slot
  readonly day: PlainDay
  readonly start: number
  readonly end: number
}

export const LIMITS = {
  title: 300,
  note: 10_000,
  tags: 20,
  tag: 60,
  /** A week of minutes: what is longer is a slot of whole days. */
  minutes: 7 * 24 * 60,
  days: 366,
  uid: 500,
  /** Slots in the shared document; years of plans are far from it, a program gone wild is not. */
  live: 5000,
  /** Years within which a slot may lie: beyond them calendars disagree about dates. */
  firstYear: 2000,
  lastYear: 2100,
} as const
