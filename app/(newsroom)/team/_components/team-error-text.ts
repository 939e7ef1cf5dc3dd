'use client'

import { useTranslations } from 'next-intl'
import { useErrorText } from '../../../_i18n/error-text.ts'

export function useTeamErrorText() {
  const t = useTranslations('team')
  return useErrorText({ lastCoordinator: t('errors.lastCoordinator') })
}
