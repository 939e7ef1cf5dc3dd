'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { useNewsroom } from '#app/_collab/newsroom.tsx'
import { Skeleton } from '#app/_ui/skeleton.tsx'
import { attempt } from '#app/_ui/use-form.ts'
import type { ReviewSettings } from '#lib/domain/review/settings.ts'
import { readReviewSettings } from '../../../../_review/actions.ts'
import { useDesk } from '../desk.tsx'
import { DeskPanel } from '../desk-panel.tsx'
import { AskDialog } from './ask-dialog.tsx'
import { EmergencyPart } from './emergency-part.tsx'
import { JudgePart } from './judge-part.tsx'
import { ReleasePart } from './release-part.tsx'
import { useReview } from './review-state.tsx'
import { RoundPart } from './round-part.tsx'
import { SinceApproval } from './since-approval.tsx'
import { StandingPart } from './standing-part.tsx'
import { VerdictList } from './verdict-list.tsx'

/** How the newsroom reviews, read again when its rules change. */
function useReviewSettings(): ReviewSettings | null {
  const [settings, setSettings] = useState<ReviewSettings | null>(null)
  const read = async () => {
    const answer = await attempt(() => readReviewSettings({}))
    if (answer.ok) setSettings(answer.value)
  }
  useEffect(() => void read(), [])
  useNewsroom((news) => {
    if (news.type === 'rules' || news.type === 'returned') void read()
  })
  return settings
}

/** Everything about the review of the draft that is open. */
export function ReviewParts() {
  const t = useTranslations('review')
  const { openPanel } = useDesk()
  const view = useReview()
  const settings = useReviewSettings()
  const [asking, setAsking] = useState(false)
  const onAsk = () => setAsking(true)
  return (
    <DeskPanel title={t('title')} onClose={() => openPanel(null)}>
      {view && settings ? (
        <>
          <StandingPart view={view} />
          <SinceApproval view={view} />
          <RoundPart view={view} onAsk={onAsk} />
          <JudgePart view={view} checklist={settings.checklist} />
          <ReleasePart view={view} />
          <VerdictList view={view} />
          <EmergencyPart view={view} />
        </>
      ) : (
        <div className="flex flex-col gap-3 p-4">
          <Skeleton className="h-5 w-28" />
          <Skeleton className="h-24 w-full" />
        </div>
      )}
      {asking && view && <AskDialog view={view} onClose={() => setAsking(false)} />}
    </DeskPanel>
  )
}
