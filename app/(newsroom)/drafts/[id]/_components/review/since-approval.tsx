'use client'

import { useTranslations } from 'next-intl'
import type { ReviewView } from '#lib/protocol/review.ts'
import { ChangesSince } from '../history/changes-since.tsx'
import { ReviewPart } from './review-part.tsx'

/** What has changed since the newest approved revision, or since what is out; nothing where nothing has. */
export function SinceApproval({ view }: { view: ReviewView }) {
  const t = useTranslations('review.since')
  const { approvedRevision, publishedRevision, voided, changedSincePublication } = view
  const published = changedSincePublication && publishedRevision
  const from = voided ? approvedRevision : published
  if (!from) return null
  return (
    <ReviewPart title={voided ? t('approval') : t('publication')}>
      <div className="-mx-4 -mb-4 max-h-[60dvh] overflow-y-auto overscroll-contain border-rule border-t">
        <ChangesSince revisionId={from} />
      </div>
    </ReviewPart>
  )
}
