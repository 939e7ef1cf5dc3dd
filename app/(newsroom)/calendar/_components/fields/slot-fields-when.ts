'use client'

import { useTranslations } from 'next-intl'
import { addDays } from '#lib/domain/calendar/days.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import { localDay } from '#lib/domain/calendar/zone.ts'
import { dayWords, timeWords } from '../agenda/agenda-words.ts'
import { useCalendar } from '../model.ts'

/** When a slot takes place, in a sentence: «le mardi 24 novembre 2026 à 20 h 30». */
export function useWhenWords(): (slot: Pick<Slot, 'time' | 'minutes' | 'days'>) => string {
  const t = useTranslations('calendar.sheet.when')
  const { locale, settings } = useCalendar()
  return ({ time, days }) => {
    if (time.kind === 'allDay') {
      const day = dayWords(time.date, locale, 'full')
      if (days === 1) return t('day', { day })
      return t('days', { from: day, to: dayWords(addDays(time.date, days - 1), locale, 'full') })
    }
    const at = Date.parse(time.at)
    const day = dayWords(localDay(at, settings.zone), locale, 'full')
    return t('timed', { day, time: timeWords(at, locale, settings.zone) })
  }
}
