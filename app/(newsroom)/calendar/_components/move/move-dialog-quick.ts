import { addDays, weekdayOf } from '#lib/domain/calendar/days.ts'
import { type PlainDay, WEEKDAYS } from '#lib/domain/calendar/slot.ts'

export const QUICK = ['today', 'tomorrow', 'nextMonday', 'dayLater', 'weekLater'] as const
export type Quick = (typeof QUICK)[number]

/** The day that a quick choice means: of today, or of where the slot is. */
export function quickDay(quick: Quick, today: PlainDay, from: PlainDay): PlainDay {
  switch (quick) {
    case 'today':
      return today
    case 'tomorrow':
      return addDays(today, 1)
    case 'nextMonday':
      return addDays(today, 7 - WEEKDAYS.indexOf(weekdayOf(today)))
    case 'dayLater':
      return addDays(from, 1)
    case 'weekLater':
      return addDays(from, 7)
  }
}
