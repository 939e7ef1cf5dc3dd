'use client'

import { useLocale, useTranslations } from 'next-intl'
import { DAY_MS, dayNumber, dayOfMonth, weekdayOf } from '#lib/domain/calendar/days.ts'
import { type PlainDay, type Repeat, WEEKDAYS, type Weekday } from '#lib/domain/calendar/slot.ts'
import type { Locale } from '#lib/domain/permissions.ts'

type Words = ReturnType<typeof useTranslations<'calendar.repeat'>>

/** Tells a rule: «chaque vendredi, jusqu’au 24 juin 2027». */
export function useRepeatWords(): (repeat: Repeat, start: PlainDay) => string {
  const t = useTranslations('calendar.repeat')
  const locale = useLocale()
  return (repeat, start) => ruleWords(t, locale, repeat, start)
}

export function ruleWords(t: Words, locale: Locale, repeat: Repeat, start: PlainDay): string {
  const { key, values, nth } = rulePhrase(repeat, start, locale)
  const rule = t(key, { ...values, nth: nth ? t(nth) : '' })
  if (repeat.end === null) return rule
  if ('count' in repeat.end) return t('counted', { rule, count: repeat.end.count })
  return t('until', { rule, date: dateWords(repeat.end.until, locale, true) })
}

const NTHS = { 1: 'nth1', 2: 'nth2', 3: 'nth3', 4: 'nth4', 5: 'nth5', [-1]: 'nthLast' } as const

type Phrase = {
  readonly key: 'daily' | 'workdays' | 'weekly' | 'monthlyDay' | 'monthlyNth' | 'yearly'
  readonly values: {
    readonly every: number
    readonly days: string
    readonly theDays: string
    readonly date: string
  }
  readonly nth?: (typeof NTHS)[keyof typeof NTHS]
}

/** The words of a rule without its end, as a message and what goes into it. */
function rulePhrase(repeat: Repeat, start: PlainDay, locale: Locale): Phrase {
  const { every, weekdays, nth } = repeat
  const values = { every, days: '', theDays: '', date: '' }
  if (repeat.freq === 'daily') return { key: 'daily', values }
  if (repeat.freq === 'yearly')
    return { key: 'yearly', values: { ...values, date: dateWords(start, locale, false) } }
  const chosen = weekdays.length === 0 ? [weekdayOf(start)] : WEEKDAYS.filter((day) => weekdays.includes(day))
  if (repeat.freq === 'monthly') {
    if (nth === null)
      return { key: 'monthlyDay', values: { ...values, date: ordinal(dayNumber(start), locale) } }
    return {
      key: 'monthlyNth',
      values: { ...values, days: weekdayWords(chosen[0] ?? 'MO', locale) },
      nth: NTHS[nth],
    }
  }
  if (every === 1 && chosen.length === 7) return { key: 'daily', values }
  if (every === 1 && chosen.join() === WORKDAYS.join()) return { key: 'workdays', values }
  const list = new Intl.ListFormat(`${locale}-CA`, { type: 'conjunction' })
  const names = chosen.map((day) => weekdayWords(day, locale))
  const article = locale === 'fr' ? 'le ' : ''
  const theDays = list.format(names.map((name) => `${article}${name}`))
  return { key: 'weekly', values: { ...values, days: list.format(names), theDays } }
}

const WORKDAYS = WEEKDAYS.slice(0, 5)

/** «vendredi», “Friday”; `short` for buttons: «ven.», “Fri”. 5 January 1970 was a Monday. */
export function weekdayWords(weekday: Weekday, locale: Locale, style: 'long' | 'short' = 'long'): string {
  const format = new Intl.DateTimeFormat(`${locale}-CA`, { weekday: style, timeZone: 'UTC' })
  return format.format((4 + WEEKDAYS.indexOf(weekday)) * DAY_MS)
}

/** «1er», «3»; “1st”, “3rd”. */
function ordinal(day: number, locale: Locale): string {
  const number = dayOfMonth(day)
  if (locale === 'fr') return number === 1 ? '1er' : String(number)
  const suffix = { one: 'st', two: 'nd', few: 'rd', zero: 'th', many: 'th', other: 'th' }
  return `${number}${suffix[new Intl.PluralRules('en', { type: 'ordinal' }).select(number)]}`
}

/** «24 juin 2027», with the first of a month as French writes it. */
function dateWords(day: PlainDay, locale: Locale, withYear: boolean): string {
  const format = new Intl.DateTimeFormat(`${locale}-CA`, {
    day: 'numeric',
    month: 'long',
    ...(withYear ? { year: 'numeric' } : {}),
    timeZone: 'UTC',
  })
  const words = format.format(dayNumber(day) * DAY_MS)
  return locale === 'fr' ? words.replace(/^1 /, '1er ') : words
}
