'use client'

import { CalendarPlus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { useOnDemand } from '#app/_ui/on-demand.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import { usePeople } from '../../../_people/people.tsx'
import { useDesk } from './desk.tsx'
import { nextStep } from './review/next-step.ts'
import { NextStepButton } from './review/next-step-button.tsx'
import { useReview } from './review/review-state.tsx'
import { StageButton, StatusWords } from './review/status-line.tsx'

type Props = {
  slots: readonly Slot[]
  zone: string
  /** Null for those who may not plan. */
  onPlan: (() => void) | null
}

/** Its days and repeats need the rules of the calendar, which weigh more than the page they stand on. */
const loadPlannedLink = () => import('./planned-link.tsx').then((module) => module.PlannedLink)

/** How far the text has come, when it goes out and what is to be done next, above its title. */
export function Standing({ slots, zone, onPlan }: Props) {
  const t = useTranslations('drafts.planned')
  const { stage, archived } = useDesk()
  const { me } = usePeople()
  const view = useReview()
  const planned = slots.length > 0
  const { Part: PlannedLink, want } = useOnDemand(loadPlannedLink)
  useEffect(() => {
    if (planned) want()
  }, [planned, want])
  const who = { volunteerId: me.id, role: me.role }
  const step = view && nextStep(view, who, { archived, planned })
  return (
    <div className="draft-standing">
      <div className="flex min-w-0 flex-wrap items-center gap-1">
        <StageButton stage={view?.stage ?? stage} />
        {planned
          ? PlannedLink && <PlannedLink slots={slots} zone={zone} />
          : onPlan && (
              <Button kind="ghost" size="small" onClick={onPlan}>
                <CalendarPlus aria-hidden="true" className="size-4" />
                <span className="max-sm:sr-only">{t('plan')}</span>
              </Button>
            )}
        <span className="grow" />
        {view && <NextStepButton view={view} step={step} />}
      </div>
      {view && <StatusWords view={view} />}
    </div>
  )
}
