'use client'

import { useTranslations } from 'next-intl'

/** «45 min», «1 h», «1 h 30», «7 j»: a length in minutes. */
export function useLengthWords(): (minutes: number) => string {
  const t = useTranslations('calendar.sheet.duration')
  return (minutes) => {
    const hours = Math.floor(minutes / 60)
    const rest = minutes % 60
    if (hours === 0) return t('minutes', { minutes: rest })
    return rest === 0 ? t('hours', { hours }) : t('both', { hours, minutes: String(rest).padStart(2, '0') })
  }
}
