'use client'

import { useTranslations } from 'next-intl'
import { useErrorText } from '#app/_i18n/error-text.ts'

/** Why something could not be done with a thread or a comment, in words. */
export function useThreadErrors() {
  const t = useTranslations('threads.errors')
  return useErrorText({
    forbidden: t('forbidden'),
    missing: t('missing'),
    empty: t('empty'),
    tooLong: t('tooLong'),
    mentionUnknown: t('mentionUnknown'),
    idTaken: t('idTaken'),
    unreachable: t('unreachable'),
  })
}
