'use client'

import { Globe } from 'lucide-react'
import { useNow, useTranslations } from 'next-intl'
import { offsetAt } from '#lib/domain/calendar/zone.ts'
import { timeWords } from '../agenda/agenda-words.ts'
import { useCalendar } from '../model.ts'

/** Whoever looks from elsewhere is told whose hours these are. */
export function ZoneNote() {
  const t = useTranslations('calendar.grid')
  const { locale, settings } = useCalendar()
  const now = useNow({ updateInterval: 60_000 }).getTime()
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone
  if (offsetAt(here, now) === offsetAt(settings.zone, now)) return null
  const place = settings.zone.split('/').at(-1)?.replaceAll('_', ' ') ?? settings.zone
  return (
    <p className="flex items-center gap-1.5 px-3 py-1 text-faint text-xs sm:px-5">
      <Globe aria-hidden="true" className="size-3.5 shrink-0" />
      {t('elsewhere', { zone: place, time: timeWords(now, locale, here) })}
    </p>
  )
}
