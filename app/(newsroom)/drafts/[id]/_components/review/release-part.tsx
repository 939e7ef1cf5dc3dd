'use client'

import { Clock, Send } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { FormError } from '#app/_ui/form-error.tsx'
import { can } from '#lib/domain/permissions.ts'
import type { ReviewView } from '#lib/protocol/review.ts'
import { usePeople } from '../../../../_people/people.tsx'
import { scheduleDraft, unscheduleDraft } from '../../../../_review/actions.ts'
import { useDesk } from '../desk.tsx'
import { isClear } from './next-step.ts'
import { PublishDialog } from './publish-dialog.tsx'
import { ReviewPart } from './review-part.tsx'
import { useDecide } from './use-decide.ts'

/** What comes after approval: going out at its hour, and being out. */
export function ReleasePart({ view }: { view: ReviewView }) {
  const t = useTranslations('review.release')
  const { archived } = useDesk()
  const { me } = usePeople()
  const may = can({ volunteerId: me.id, role: me.role }, 'review.release', { archived: false })
  if (isClear(view) && may && !archived) return <Releasing view={view} />
  const out = view.changedSincePublication ? 'changedSince' : 'isOut'
  const why = view.stage === 'published' ? out : isClear(view) && !may ? 'notYours' : 'approvalFirst'
  return (
    <ReviewPart title={t('title')}>
      <p className="text-soft">{t(why)}</p>
    </ReviewPart>
  )
}

function Releasing({ view }: { view: ReviewView }) {
  const t = useTranslations('review.release')
  const { busy, wrong, decide } = useDecide()
  const [publishing, setPublishing] = useState(false)
  const id = view.draftId
  const scheduled = view.stage === 'scheduled'
  return (
    <ReviewPart title={t('title')}>
      <p className="text-soft">{scheduled ? t('isScheduled') : t('isApproved')}</p>
      <div className="flex flex-wrap gap-2">
        {!scheduled && (
          <Button
            busy={busy === 'schedule'}
            onClick={() => void decide('schedule', () => scheduleDraft({ id }), t('scheduled'))}
          >
            <Clock aria-hidden="true" className="size-4" />
            {t('schedule')}
          </Button>
        )}
        <Button kind="primary" onClick={() => setPublishing(true)}>
          <Send aria-hidden="true" className="size-4" />
          {t('publish')}
        </Button>
        {scheduled && (
          <Button
            kind="ghost"
            busy={busy === 'unschedule'}
            onClick={() => void decide('unschedule', () => unscheduleDraft({ id }), t('unscheduled'))}
          >
            {t('unschedule')}
          </Button>
        )}
      </div>
      <FormError>{wrong ?? undefined}</FormError>
      {publishing && <PublishDialog view={view} onClose={() => setPublishing(false)} />}
    </ReviewPart>
  )
}
