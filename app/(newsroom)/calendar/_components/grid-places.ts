import { timedAt } from '#lib/domain/calendar/time.ts'
import { clockText, localTime } from '#lib/domain/calendar/zone.ts'
import type { CalendarModel, NewSlot } from './model.ts'

/** How long a new slot is, in minutes: a post takes a moment, but must be seen in the week. */
export const NEW_MINUTES = 30
/** When a post is planned if nobody says: the evening, when people read. */
const EVENING = '19:00'

/** Where a new slot goes that was asked for without a place: today from the next half hour on, else in the evening. */
export function placeForNew(model: CalendarModel, now = Date.now()): NewSlot {
  const { zone } = model.settings
  const { day } = model.shown.get()
  const today = day === model.today.get()
  const next = (Math.floor(localTime(now, zone).minutes / 30) + 1) * 30
  const clock = today && next < 24 * 60 ? clockText(next) : EVENING
  return { time: timedAt(day, clock, zone), minutes: NEW_MINUTES, days: 1, anchor: null }
}
