'use client'

import { Lock } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { memo } from 'react'
import { classNames } from '#app/_ui/class-names.ts'
import type { PlainDay } from '#lib/domain/calendar/slot.ts'
import { type LockIndex, lockOf } from '../days/day-lock-index.ts'
import { DayMenu } from '../days/day-lock-menu.tsx'
import { useCalendar } from '../model.ts'
import type { AgendaEntry, Stretch } from './agenda-days.ts'
import { AgendaLine } from './agenda-line.tsx'
import { daysWords, dayWords } from './agenda-words.ts'

type Props = {
  day: PlainDay
  entries: readonly AgendaEntry[]
  isToday: boolean
  locks: LockIndex
}

/** One day: its date beside what is on it, so that the eye runs down a column of days. */
export const AgendaDay = memo(function AgendaDay({ day, entries, isToday, locks }: Props) {
  const t = useTranslations('calendar.agenda')
  const { locale } = useCalendar()
  const lock = locks.days.get(day)
  return (
    <li
      data-stretch={day}
      aria-current={isToday ? 'date' : undefined}
      className="grid grid-cols-[3.25rem_minmax(0,1fr)] gap-x-2 border-rule border-b py-1 sm:grid-cols-[8.5rem_minmax(0,1fr)] sm:gap-x-4"
    >
      <div className="flex flex-col items-center gap-0.5 pt-1.5 sm:flex-row sm:items-start sm:gap-2.5">
        <h2 className="contents">
          <span className="sr-only">{dayWords(day, locale, 'full')}</span>
          <span
            aria-hidden="true"
            className={classNames(
              'figures grid size-9 shrink-0 place-items-center rounded-full font-semibold font-serif text-xl leading-none',
              isToday && 'bg-accent text-on-accent',
            )}
          >
            {Number(day.slice(8))}
          </span>
          <span
            aria-hidden="true"
            className={classNames(
              'flex flex-col text-center text-xs leading-tight sm:pt-1 sm:text-left',
              isToday ? 'font-semibold text-accent' : 'text-faint',
            )}
          >
            <span className="first-letter:uppercase">{dayWords(day, locale, 'weekday')}</span>
            <span>{dayWords(day, locale, 'month')}</span>
          </span>
        </h2>
        {lock && (
          <span className="text-warn sm:pt-1.5" title={t('dayLocked')}>
            <Lock aria-hidden="true" className="size-3.5" />
            <span className="sr-only">{t('dayLocked')}</span>
          </span>
        )}
        <DayMenu day={day} lock={lock ?? null} className="max-sm:-mt-1 sm:ml-auto" />
      </div>
      <ul>
        {entries.map(({ occurrence, part }) => (
          <AgendaLine
            key={`${occurrence.slot.id} ${occurrence.day}`}
            occurrence={occurrence}
            part={part}
            lock={lockOf(occurrence, locks)}
          />
        ))}
        {entries.length === 0 && (
          <li className="px-1.5 py-3 text-faint text-sm sm:px-2.5">{t('nothingToday')}</li>
        )}
      </ul>
    </li>
  )
})

export function EmptyDays({ from, to, days }: Extract<Stretch, { kind: 'empty' }>) {
  const t = useTranslations('calendar.agenda')
  const { locale } = useCalendar()
  const when = days === 1 ? dayWords(from, locale, 'long') : daysWords(from, to, locale)
  return (
    <li
      data-stretch={to}
      className="border-rule border-b py-2 pl-[4.125rem] text-faint text-sm sm:pl-[10.125rem]"
    >
      {t('nothing', { when })}
    </li>
  )
}
