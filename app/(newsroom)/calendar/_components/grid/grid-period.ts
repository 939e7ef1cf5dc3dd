import {
  addDays,
  dayNumber,
  dayOfMonth,
  dayText,
  firstOfMonth,
  monthIndex,
  weekdayIndex,
} from '#lib/domain/calendar/days.ts'
import type { CalendarView } from '#lib/domain/calendar/filter.ts'
import type { PlainDay } from '#lib/domain/calendar/slot.ts'
import type { Locale } from '#lib/domain/permissions.ts'
import { daysWords, dayWords } from '../agenda/agenda-words.ts'

/** Days that a view has on the screen, both included. */
export type Period = { readonly from: PlainDay; readonly to: PlainDay }

/** 0 Sunday … 6 Saturday, as FullCalendar counts: the day with which weeks begin in Canada, in both languages. */
export function firstWeekday(locale: Locale): number {
  const canada: Intl.Locale & { getWeekInfo?: () => { firstDay: number } } = new Intl.Locale(`${locale}-CA`)
  // Not every browser knows; the answer for fr-CA and en-CA is Sunday.
  return (canada.getWeekInfo?.().firstDay ?? 7) % 7
}

function weekStart(day: number, first: number): number {
  // `weekdayIndex` counts from Monday.
  const weekday = (weekdayIndex(day) + 1) % 7
  return day - ((weekday - first + 7) % 7)
}

export function periodOf(view: CalendarView, day: PlainDay, first: number): Period {
  const number = dayNumber(day)
  if (view === 'day') return { from: day, to: day }
  if (view === 'week') {
    const start = weekStart(number, first)
    return { from: dayText(start), to: dayText(start + 6) }
  }
  const month = monthIndex(number)
  const last = firstOfMonth(month + 1) - 1
  return {
    from: dayText(weekStart(firstOfMonth(month), first)),
    to: dayText(weekStart(last, first) + 6),
  }
}

/** The day around which the view stands one page further; a shorter month ends with its last day. */
export function stepped(view: CalendarView, day: PlainDay, pages: number): PlainDay {
  if (view === 'day') return addDays(day, pages)
  if (view === 'week' || view === 'agenda') return addDays(day, 7 * pages)
  const number = dayNumber(day)
  const month = monthIndex(number) + pages
  return dayText(Math.min(firstOfMonth(month) + dayOfMonth(number), firstOfMonth(month + 1)) - 1)
}

/** What is on the screen, in words: « novembre 2026 », « 22 – 28 novembre 2026 ». */
export function periodTitle(view: CalendarView, day: PlainDay, first: number, locale: Locale): string {
  if (view === 'day') return dayWords(day, locale, 'full')
  if (view !== 'week') return dayWords(day, locale, 'monthYear')
  const { from, to } = periodOf(view, day, first)
  return `${daysWords(from, to, locale)} ${to.slice(0, 4)}`
}
