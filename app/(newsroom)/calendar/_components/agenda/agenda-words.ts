import { DAY_MS, dayNumber } from '#lib/domain/calendar/days.ts'
import type { PlainDay } from '#lib/domain/calendar/slot.ts'
import type { Locale } from '#lib/domain/permissions.ts'

const STYLES = {
  /** « le dimanche 22 novembre 2026 » needs its article from the sentence around it. */
  full: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  /** « dimanche 22 novembre » */
  long: { weekday: 'long', day: 'numeric', month: 'long' },
  /** « dim. 22 nov. » */
  short: { weekday: 'short', day: 'numeric', month: 'short' },
  weekday: { weekday: 'short' },
  month: { month: 'short' },
  monthYear: { month: 'long', year: 'numeric' },
  date: { day: 'numeric', month: 'long', year: 'numeric' },
} as const satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>
export type DayStyle = keyof typeof STYLES

/** Making a formatter costs a hundred times its use, and a list of a month uses hundreds. */
const made = new Map<string, Intl.DateTimeFormat>()

function formatter(locale: Locale, zone: string, name: string, options: Intl.DateTimeFormatOptions) {
  const key = `${locale} ${zone} ${name}`
  const known = made.get(key)
  if (known) return known
  // As Canada writes: « 20 h 30 » in French (OQLF), “8:30 p.m.” in English.
  const format = new Intl.DateTimeFormat(`${locale}-CA`, { timeZone: zone, ...options })
  made.set(key, format)
  return format
}

/** A day belongs to no zone: it is told by UTC, in which it was counted. */
export const dayWords = (day: PlainDay, locale: Locale, style: DayStyle): string =>
  first(formatter(locale, 'UTC', style, STYLES[style]).format(dayNumber(day) * DAY_MS), locale)

/** French writes «le 1er décembre»; the formatter does not. */
const first = (words: string, locale: Locale) =>
  locale === 'fr' ? words.replace(/(^|\s)1 (?=\p{L})/u, '$11er ') : words

/** « 3 – 17 décembre », with what both ends share said once. */
export const daysWords = (from: PlainDay, to: PlainDay, locale: Locale): string =>
  formatter(locale, 'UTC', 'range', { day: 'numeric', month: 'long' })
    .formatRange(dayNumber(from) * DAY_MS, dayNumber(to) * DAY_MS)
    // Not every system has the thin spaces that ICU puts around the dash.
    .replace(/[\u2009\u202f]/g, ' ')

/** The time on the clocks of `zone`: « 20 h 30 ». */
export const timeWords = (ms: number, locale: Locale, zone: string): string =>
  formatter(locale, zone, 'time', { hour: 'numeric', minute: '2-digit' })
    .format(ms)
    .replace(/\u202f/g, '\u00a0')
    // A full hour has no minutes: « 12 h » (OQLF).
    .replace(/(\sh)\s00$/, '$1')
