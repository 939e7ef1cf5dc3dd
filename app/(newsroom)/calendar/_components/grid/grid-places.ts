import type { DateClickInfo, DateSelectInfo } from '@fullcalendar/react'
import { daysBetween } from '#lib/domain/calendar/days.ts'
import { LIMITS, type PlainDay } from '#lib/domain/calendar/slot.ts'
import { timedAt } from '#lib/domain/calendar/time.ts'
import { clockText, localTime } from '#lib/domain/calendar/zone.ts'
import type { CalendarModel, NewSlot } from '../model.ts'
import { hasHours } from './drag-drop.ts'
import { fromWall, instantOfWall } from './grid-wall.ts'

/** Length of a new slot, in minutes: a post takes a moment, but must be seen among the hours. */
const USUAL_MINUTES = 30

/** When a post is planned if nobody says: the evening, when people read. */
export const EVENING = '19:00'

/** A day without an hour: today from the next half hour on, another day in the evening. */
export function placeOn(model: CalendarModel, day: PlainDay, now = Date.now()): NewSlot {
  const { zone } = model.settings
  const next = (Math.floor(localTime(now, zone).minutes / 30) + 1) * 30
  const clock = day === model.today.get() && next < 24 * 60 ? clockText(next) : EVENING
  return { time: timedAt(day, clock, zone), minutes: USUAL_MINUTES, days: 1, anchor: null }
}

/** Where a new slot goes that was asked for without a place. */
export const placeForNew = (model: CalendarModel): NewSlot => placeOn(model, model.shown.get().day)

const anchorOf = (event: UIEvent | null): NewSlot['anchor'] => {
  if (event instanceof MouseEvent) return { x: event.clientX, y: event.clientY }
  const touch = event && 'changedTouches' in event ? (event as TouchEvent).changedTouches[0] : undefined
  return touch ? { x: touch.clientX, y: touch.clientY } : null
}

/** An empty place that was pressed. */
export function newAt(model: CalendarModel, { date, allDay, jsEvent, view }: DateClickInfo): NewSlot {
  const { day, clock } = fromWall(date)
  const anchor = anchorOf(jsEvent)
  if (!hasHours(view.type)) return { ...placeOn(model, day), anchor }
  const time = allDay ? ({ kind: 'allDay', date: day } as const) : timedAt(day, clock, model.settings.zone)
  return { time, minutes: USUAL_MINUTES, days: 1, anchor }
}

/** A stretch that was drawn: some hours of a day, or some days. */
export function newBetween(model: CalendarModel, { start, end, allDay, jsEvent }: DateSelectInfo): NewSlot {
  const { zone } = model.settings
  const { day, clock } = fromWall(start)
  const anchor = anchorOf(jsEvent)
  if (allDay) {
    const days = Math.min(LIMITS.days, Math.max(1, daysBetween(day, fromWall(end).day)))
    return { time: { kind: 'allDay', date: day }, minutes: USUAL_MINUTES, days, anchor }
  }
  const length = (instantOfWall(end, false, zone) - instantOfWall(start, false, zone)) / 60_000
  const minutes = Math.min(LIMITS.minutes, Math.max(5, Math.round(length)))
  return { time: timedAt(day, clock, zone), minutes, days: 1, anchor }
}
