'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { useOnDemand } from '#app/_ui/on-demand.ts'
import { toast } from '#app/_ui/toast.ts'
import { isHeld } from '#lib/domain/review/stage.ts'
import type { ReviewView } from '#lib/protocol/review.ts'
import { moveDraft, scheduleDraft } from '../../../../_review/actions.ts'
import { useDesk } from '../desk.tsx'
import type { ReviewStep } from './next-step.ts'
import { useDecide } from './use-decide.ts'

const loadAsk = () => import('./ask-dialog.tsx').then((module) => module.AskDialog)
const loadPublish = () => import('./publish-dialog.tsx').then((module) => module.PublishDialog)

/** The text waits for this volunteer; whatever may be done at any time is said more quietly. */
const isTheirTurn = (view: ReviewView, step: ReviewStep) =>
  step === 'judge' || ((step === 'schedule' || step === 'publish') && isHeld(view.stage))

/** The one thing to do next, as a button; null: others are to act. What it opened stays open whatever they do. */
export function NextStepButton({ view, step }: { view: ReviewView; step: ReviewStep | null }) {
  const t = useTranslations('review.next')
  const { openPanel } = useDesk()
  const { busy, decide } = useDecide({ onWrong: toast.failed })
  const [asked, setAsked] = useState<'ask' | 'publish' | null>(null)
  const { Part: AskDialog, want: wantAsk } = useOnDemand(loadAsk)
  const { Part: PublishDialog, want: wantPublish } = useOnDemand(loadPublish)
  const close = () => setAsked(null)
  const id = view.draftId

  const act: Readonly<Record<ReviewStep, () => void>> = {
    start: () => void decide('start', () => moveDraft({ id, stage: 'drafting' }), t('started')),
    ask() {
      wantAsk()
      setAsked('ask')
    },
    judge: () => openPanel('review'),
    schedule: () => void decide('schedule', () => scheduleDraft({ id }), t('scheduled')),
    publish() {
      wantPublish()
      setAsked('publish')
    },
  }
  return (
    <>
      {step && (
        <Button
          size="small"
          kind={isTheirTurn(view, step) ? 'primary' : 'quiet'}
          busy={busy !== null}
          onClick={act[step]}
        >
          {t(step)}
        </Button>
      )}
      {asked === 'ask' && AskDialog && <AskDialog view={view} onClose={close} />}
      {asked === 'publish' && PublishDialog && <PublishDialog view={view} onClose={close} />}
    </>
  )
}
