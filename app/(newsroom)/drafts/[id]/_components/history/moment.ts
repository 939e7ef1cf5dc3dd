'use client'

import { useLocale, useTimeZone, useTranslations } from 'next-intl'

/** Moments as Canada writes them: « 20 h 30 » in French (OQLF), where plain `fr` would say 20:30. */
export function useMoments() {
  const t = useTranslations('history')
  const locale = `${useLocale()}-CA`
  const timeZone = useTimeZone()
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone })
  const [day, hour, both] = [
    format({ dateStyle: 'full' }),
    format({ timeStyle: 'short' }),
    format({ dateStyle: 'long', timeStyle: 'short' }),
  ]
  const dayOf = (at: string): string => {
    const said = day.format(new Date(at))
    const yesterday = new Date()
    yesterday.setDate(yesterday.getDate() - 1)
    if (said === day.format(new Date())) return t('today')
    return said === day.format(yesterday) ? t('yesterday') : said
  }
  return {
    dayOf,
    hourOf: (at: string) => hour.format(new Date(at)),
    momentOf: (at: string) => both.format(new Date(at)),
  }
}
