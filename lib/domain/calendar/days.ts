import { type PlainDay, WEEKDAYS, type Weekday } from './slot.ts'

/** A day of 24 hours in milliseconds: the distance of two days in UTC, never of two local midnights. */
export const DAY_MS = 86_400_000

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** Days since 1970-01-01 of a day that exists. Whole numbers make the arithmetic of repeats exact and fast. */
export const dayNumber = (day: PlainDay): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS

/** The other way round, for years 0–9999. */
export const dayText = (number: number): PlainDay => new Date(number * DAY_MS).toISOString().slice(0, 10)

/** A day that exists (`2027-02-30` does not), or null. */
export function parseDay(text: unknown): PlainDay | null {
  if (typeof text !== 'string' || !DAY.test(text)) return null
  const number = dayNumber(text)
  return Number.isNaN(number) || dayText(number) !== text ? null : text
}

export const addDays = (day: PlainDay, days: number): PlainDay => dayText(dayNumber(day) + days)

/** How many days `to` lies after `from`; negative before it. */
export const daysBetween = (from: PlainDay, to: PlainDay): number => dayNumber(to) - dayNumber(from)

/** 0 Monday … 6 Sunday, of a day number: the order of WEEKDAYS. 1970-01-01 was a Thursday. */
export const weekdayIndex = (number: number): number => (((number + 3) % 7) + 7) % 7

export const weekdayOf = (day: PlainDay): Weekday => WEEKDAYS[weekdayIndex(dayNumber(day))] ?? 'MO'

/** Months since year 0 of a day number. */
export function monthIndex(number: number): number {
  const date = new Date(number * DAY_MS)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

/** Day number of the first of a month given by its index. */
export const firstOfMonth = (month: number): number =>
  Date.UTC(Math.floor(month / 12), month % 12, 1) / DAY_MS

export const dayOfMonth = (number: number): number => new Date(number * DAY_MS).getUTCDate()
