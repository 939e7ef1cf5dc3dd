'use client'

import { Lock as LockIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useCallback } from 'react'
import { useCell } from '#app/_collab/use-cell.ts'
import { classNames } from '#app/_ui/class-names.ts'
import type { PlainDay } from '#lib/domain/calendar/slot.ts'
import { dayWords, timeWords } from '../agenda/agenda-words.ts'
import { DayMenu } from '../days/day-lock-menu.tsx'
import { useCalendar } from '../model.ts'
import { usePart } from '../presence/presence-use.ts'

function useDayLock(day: PlainDay) {
  const { locks } = useCalendar()
  const find = useCallback(
    (all: ReturnType<typeof locks.get>) =>
      all.find(({ target }) => target.type === 'day' && target.day === day) ?? null,
    [day],
  )
  return usePart(locks, find)
}

/** What the number of a day stands for, said in full. */
function DayName({ day, locked }: { day: PlainDay; locked: boolean }) {
  const t = useTranslations('calendar.grid')
  const { locale } = useCalendar()
  const words = [dayWords(day, locale, 'long'), locked && t('locked')]
  return <span className="sr-only">{words.filter(Boolean).join(', ')}</span>
}

/** The number in a cell of the month; it leads to its day. */
export function DayNumber({ day, other }: { day: PlainDay; other: boolean }) {
  const t = useTranslations('calendar.grid')
  const model = useCalendar()
  const lock = useDayLock(day)
  const isToday = useCell(model.today) === day
  const number = Number(day.slice(8))
  return (
    <span className="day-top">
      {lock && (
        <span className="text-warn" title={lock.reason || t('locked')}>
          <LockIcon aria-hidden="true" className="size-3" />
        </span>
      )}
      <button
        type="button"
        tabIndex={-1}
        data-day-button={day}
        aria-current={isToday ? 'date' : undefined}
        title={t('goToDay')}
        onClick={() => model.setFilter({ view: 'day', date: day })}
        className={classNames('day-number figures', isToday && 'day-today', other && 'text-faint')}
      >
        <span aria-hidden="true">
          {number === 1 ? `${number} ${dayWords(day, model.locale, 'month')}` : number}
        </span>
        <DayName day={day} locked={lock !== null} />
      </button>
    </span>
  )
}

/** Above a column: of the month a weekday, of the week and the day a date. */
export function DayHeader({ day }: { day: PlainDay }) {
  const model = useCalendar()
  const { view } = useCell(model.shown)
  // The month’s columns have no date of their own: FullCalendar gives any day of that weekday.
  if (view === 'month') return <span className="kicker">{dayWords(day, model.locale, 'weekday')}</span>
  return <DatedHeader day={day} />
}

function DatedHeader({ day }: { day: PlainDay }) {
  const t = useTranslations('calendar.grid')
  const model = useCalendar()
  const lock = useDayLock(day)
  const isToday = useCell(model.today) === day
  return (
    <span className="day-head">
      <span className="kicker" aria-hidden="true">
        {dayWords(day, model.locale, 'weekday')}
      </span>
      <button
        type="button"
        tabIndex={-1}
        data-day-button={day}
        aria-current={isToday ? 'date' : undefined}
        onClick={() => model.setFilter({ view: 'day', date: day })}
        className={classNames('day-number day-number-big figures', isToday && 'day-today')}
      >
        <span aria-hidden="true">{Number(day.slice(8))}</span>
        <DayName day={day} locked={lock !== null} />
      </button>
      {lock && (
        <span className="text-warn" title={lock.reason || t('locked')}>
          <LockIcon aria-hidden="true" className="size-3.5" />
        </span>
      )}
      <span className="max-md:hidden">
        <DayMenu day={day} lock={lock} />
      </span>
    </span>
  )
}

/** « 20 h »; midnight is where the day begins anyway. */
export function HourLabel({ date }: { date: Date }) {
  const { locale } = useCalendar()
  const hour = date.getUTCHours()
  if (hour === 0) return null
  if (locale === 'fr') return <span className="figures">{`${hour} h`}</span>
  return <span className="figures">{timeWords(date.getTime(), locale, 'UTC').replace(':00', '')}</span>
}
