'use client'

import { ChevronDown } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { useErrorText } from '#app/_i18n/error-text.ts'
import { toast } from '#app/_ui/toast.ts'
import { attempt } from '#app/_ui/use-form.ts'
import { parseDraftId } from '#lib/domain/ids.ts'
import { isStage, STAGES, type Stage } from '#lib/domain/review/stage.ts'
import { setStage } from '../../../calendar/slot-actions.ts'
import { StageBadge } from '../../_components/stage-badge.tsx'

/** Says by hand how far the text has come; whoever reads sees it. */
export function StageChoice({ id, stage, editable }: { id: string; stage: Stage; editable: boolean }) {
  const t = useTranslations('drafts')
  const stages = useTranslations('common.stages')
  const errorText = useErrorText()
  const [asked, setAsked] = useState<Stage | null>(null)
  // Until the newsroom’s news brings it, the choice stands as it was made.
  useEffect(() => setAsked(null), [stage])
  if (!editable) return <StageBadge stage={stage} />

  async function change(next: Stage) {
    const draft = parseDraftId(id)
    if (!draft) return
    setAsked(next)
    const answer = await attempt(() => setStage({ id: draft, stage: next }))
    if (answer.ok) return
    setAsked(null)
    toast.failed(errorText(answer.error) ?? '')
  }
  return (
    <span className="relative shrink-0">
      <select
        aria-label={t('stage')}
        value={asked ?? stage}
        onChange={({ target }) => isStage(target.value) && void change(target.value)}
        className="h-(--control-small) appearance-none rounded-sm bg-transparent pr-7 pl-2 text-base text-soft hover:bg-well hover:text-ink sm:text-sm"
      >
        {STAGES.map((one) => (
          <option key={one} value={one}>
            {stages(one)}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-2 size-3.5 -translate-y-1/2 text-faint"
      />
    </span>
  )
}
