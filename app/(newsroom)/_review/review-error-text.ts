'use client'

import { useTranslations } from 'next-intl'
import { useErrorText } from '#app/_i18n/error-text.ts'

/** Why a decision was refused, and what to do now. */
export function useReviewErrorText() {
  const t = useTranslations('review.errors')
  return useErrorText({
    archived: t('archived'),
    contentChanged: t('contentChanged'),
    notNow: t('notNow'),
    notApproved: t('notApproved'),
    needsVerdict: t('needsVerdict'),
    reasonMissing: t('reasonMissing'),
    checklistOpen: t('checklistOpen'),
    reviewerUnknown: t('reviewerUnknown'),
    unavailable: t('unavailable'),
  })
}
