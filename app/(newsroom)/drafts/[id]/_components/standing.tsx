'use client'

import { CalendarPlus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { useOnDemand } from '#app/_ui/on-demand.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import { StageChoice } from './stage-choice.tsx'

type Props = {
  draft: { readonly id: string; readonly stage: Parameters<typeof StageChoice>[0]['stage'] }
  slots: readonly Slot[]
  zone: string
  editable: boolean
  /** Null for those who may not plan. */
  onPlan: (() => void) | null
}

/** Its days and repeats need the rules of the calendar, which weigh more than the page they stand on. */
const loadPlannedLink = () => import('./planned-link.tsx').then((module) => module.PlannedLink)

/** How far the text has come and when it goes out, above its title. */
export function Standing({ draft, slots, zone, editable, onPlan }: Props) {
  const t = useTranslations('drafts.planned')
  const planned = slots.length > 0
  const { Part: PlannedLink, want } = useOnDemand(loadPlannedLink)
  useEffect(() => {
    if (planned) want()
  }, [planned, want])
  return (
    <div className="draft-standing">
      <StageChoice id={draft.id} stage={draft.stage} editable={editable} />
      {planned
        ? PlannedLink && <PlannedLink slots={slots} zone={zone} />
        : onPlan && (
            <Button kind="ghost" size="small" onClick={onPlan}>
              <CalendarPlus aria-hidden="true" className="size-4" />
              {t('plan')}
            </Button>
          )}
    </div>
  )
}
