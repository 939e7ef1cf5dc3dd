'use client'

import { useLocale, useTranslations } from 'next-intl'
import { timeAt } from '#lib/domain/calendar/reshape.ts'
import type { PlainDay, Slot } from '#lib/domain/calendar/slot.ts'
import { localDay } from '#lib/domain/calendar/zone.ts'
import { dayWords, timeWords } from '../../calendar/_components/agenda/agenda-words.ts'

/** «Prévu le mardi 24 novembre à 20 h 30»; `short` where there is little room: «mar. 24 nov., 20 h 30». */
export function usePlannedWords(zone: string): (slot: Slot, day: PlainDay, short?: boolean) => string {
  const t = useTranslations('drafts.planned')
  const locale = useLocale()
  return (slot, day, short = false) => {
    const time = timeAt(slot, day, zone)
    // The year goes without saying in its own year only.
    const long = day.slice(0, 4) === localDay(Date.now(), zone).slice(0, 4) ? 'long' : 'full'
    if (time.kind === 'allDay') {
      const words = dayWords(time.date, locale, short ? 'short' : long)
      return short ? words : t('day', { day: words })
    }
    const at = Date.parse(time.at)
    const words = dayWords(localDay(at, zone), locale, short ? 'short' : long)
    return t(short ? 'shortTime' : 'timed', { day: words, time: timeWords(at, locale, zone) })
  }
}
