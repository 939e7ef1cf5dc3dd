'use client'

import { FileDiff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '#app/_ui/button.tsx'
import type { ReviewView } from '#lib/protocol/review.ts'
import { useDesk } from '../desk.tsx'

/** Leads to what has changed since the newest approved revision. */
export function SinceApproval({ view }: { view: ReviewView }) {
  const t = useTranslations('review.standing')
  const { openPanel } = useDesk()
  if (!view.approvedRevision || !view.voided) return null
  return (
    <Button size="small" className="self-start" onClick={() => openPanel('history')}>
      <FileDiff aria-hidden="true" className="size-4" />
      {t('sinceApproval')}
    </Button>
  )
}
