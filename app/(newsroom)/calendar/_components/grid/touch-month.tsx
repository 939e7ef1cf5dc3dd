'use client'

import { useTranslations } from 'next-intl'
import { type TouchEvent, useEffect, useMemo, useRef } from 'react'
import { useCell } from '#app/_collab/use-cell.ts'
import { classNames } from '#app/_ui/class-names.ts'
import { addDays, dayNumber } from '#lib/domain/calendar/days.ts'
import type { PlainDay } from '#lib/domain/calendar/slot.ts'
import { AgendaDay } from '../agenda/agenda-day.tsx'
import { type AgendaEntry, stretches } from '../agenda/agenda-days.ts'
import { dayWords } from '../agenda/agenda-words.ts'
import { lockIndex } from '../days/day-lock-index.ts'
import { useShown } from '../filters/filters-shown.ts'
import { useCalendar } from '../model.ts'
import { firstWeekday, periodOf, stepped } from './grid-period.ts'

/** Signs under a number: more would be no easier to count. */
const MOST_DOTS = 3
/** How far a finger goes, in pixels, before it turns the page, and how much of that may be up or down. */
const SWIPE = 56
const SLANT = 0.6

const NOTHING: readonly AgendaEntry[] = []

/** The month of a phone: where there is something, and below it what there is on the day that was chosen. */
export function TouchMonth() {
  const t = useTranslations('calendar.grid')
  const model = useCalendar()
  const { day } = useCell(model.shown)
  const today = useCell(model.today)
  const locks = useCell(model.locks)
  const { zone } = model.settings
  const { from, to } = periodOf('month', day, firstWeekday(model.locale))
  const occurrences = useShown(from, to)
  const days = useMemo(() => {
    const all = stretches(occurrences, from, to, today, zone)
    return new Map(all.flatMap((one) => (one.kind === 'day' ? [[one.day, one.entries] as const] : [])))
  }, [occurrences, from, to, today, zone])
  const index = useMemo(() => lockIndex(locks), [locks])
  useEffect(() => model.wantPast(from, to), [model, from, to])
  const swipe = useSwipe((pages) => model.setFilter({ date: stepped('month', day, pages) }))
  const shown = Array.from({ length: dayNumber(to) - dayNumber(from) + 1 }, (_, at) => addDays(from, at))
  const entries = days.get(day) ?? NOTHING
  return (
    <div className="flex min-w-0 grow flex-col">
      <fieldset className="touch-month" {...swipe}>
        <legend className="sr-only">{dayWords(day, model.locale, 'monthYear')}</legend>
        {shown.slice(0, 7).map((one) => (
          <span key={one} aria-hidden="true" className="kicker py-1 text-center">
            {dayWords(one, model.locale, 'weekday').slice(0, 1)}
          </span>
        ))}
        {shown.map((one) => (
          <DayButton
            key={one}
            day={one}
            chosen={one === day}
            isToday={one === today}
            other={one.slice(0, 7) !== day.slice(0, 7)}
            locked={index.days.has(one)}
            entries={days.get(one) ?? NOTHING}
          />
        ))}
      </fieldset>
      <ol className="grow px-3 pb-24">
        {entries.length > 0 ? (
          <AgendaDay day={day} entries={entries} isToday={day === today} locks={index} />
        ) : (
          <li className="py-6 text-center text-soft">
            <h2 className="sr-only">{dayWords(day, model.locale, 'full')}</h2>
            {t('emptyDay')}
          </li>
        )}
      </ol>
    </div>
  )
}

type DayProps = {
  day: PlainDay
  chosen: boolean
  isToday: boolean
  other: boolean
  locked: boolean
  entries: readonly AgendaEntry[]
}

function DayButton({ day, chosen, isToday, other, locked, entries }: DayProps) {
  const t = useTranslations('calendar.grid')
  const model = useCalendar()
  const count = entries.length
  const words = [dayWords(day, model.locale, 'long'), t('count', { count }), locked && t('locked')]
  return (
    <button
      type="button"
      aria-pressed={chosen}
      aria-current={isToday ? 'date' : undefined}
      onClick={() => model.setFilter({ date: day })}
      className="touch-day"
    >
      <span className="sr-only">{words.filter(Boolean).join(', ')}</span>
      <span
        aria-hidden="true"
        className={classNames(
          'figures day-number',
          chosen && 'touch-chosen',
          isToday && 'day-today',
          other && 'text-faint',
        )}
      >
        {Number(day.slice(8))}
      </span>
      <span aria-hidden="true" className="flex h-2 items-center gap-0.5">
        {entries.slice(0, MOST_DOTS).map(({ occurrence: one }) => (
          <span
            key={`${one.slot.id}${one.day}`}
            data-channel={one.slot.channels[0] ?? 'other'}
            className="size-1.5 rounded-full bg-(--channel)"
          />
        ))}
        {count > MOST_DOTS && <span className="text-[0.5rem] text-faint leading-none">+</span>}
      </span>
    </button>
  )
}

/** A finger drawn sideways turns the page, as in every calendar of a phone; the buttons above do the same. */
function useSwipe(turn: (pages: number) => void) {
  const from = useRef<{ x: number; y: number } | null>(null)
  return {
    onTouchStart({ touches }: TouchEvent) {
      const touch = touches[0]
      from.current = touch && touches.length === 1 ? { x: touch.clientX, y: touch.clientY } : null
    },
    onTouchEnd({ changedTouches }: TouchEvent) {
      const touch = changedTouches[0]
      if (!from.current || !touch) return
      const x = touch.clientX - from.current.x
      const y = touch.clientY - from.current.y
      from.current = null
      if (Math.abs(x) > SWIPE && Math.abs(y) < SLANT * Math.abs(x)) turn(x < 0 ? 1 : -1)
    },
  }
}
