'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useErrorText } from '#app/_i18n/error-text.ts'
import { Button } from '#app/_ui/button.tsx'
import { FormError } from '#app/_ui/form-error.tsx'
import { toast } from '#app/_ui/toast.ts'
import { useForm } from '#app/_ui/use-form.ts'
import { CHECKLIST_LIMITS, type ReviewSettings } from '#lib/domain/review/settings.ts'
import { configureReview } from '../../../_review/actions.ts'
import { ChannelModes } from './channel-modes.tsx'
import { ChecklistEditor } from './checklist-editor.tsx'
import { addPoint, type Point, pointsOf, textsOf } from './checklist-points.ts'
import { ModeChoice } from './mode-choice.tsx'
import { RulesSection } from './rules-section.tsx'

/** How the newsroom reviews, for those who make its rules. Nothing is changed before it is saved as a whole. */
export function RulesForm({ settings }: { settings: ReviewSettings }) {
  const t = useTranslations('review.rules')
  const errorText = useErrorText({ invalid: t('invalid', { most: CHECKLIST_LIMITS.points }) })
  const router = useRouter()
  const [mode, setMode] = useState(settings.mode)
  const [channels, setChannels] = useState(settings.channels)
  const [points, setPoints] = useState<readonly Point[]>(() => pointsOf(settings.checklist))
  // What is typed and not yet added is meant to be one of them.
  const [next, setNext] = useState('')
  const { busy, error, submit } = useForm(
    () => configureReview({ mode, channels, checklist: [...textsOf(addPoint(points, next))] }),
    () => {
      setPoints(addPoint(points, next))
      setNext('')
      toast.done(t('done'))
      router.refresh()
    },
  )
  return (
    <form onSubmit={submit} noValidate>
      <RulesSection title={t('mode')} hint={t('modeHint')}>
        <ModeChoice value={mode} onChange={setMode} />
      </RulesSection>
      <RulesSection title={t('channels')} hint={t('channelsHint')}>
        <ChannelModes channels={channels} onChange={setChannels} />
      </RulesSection>
      <RulesSection title={t('checklist')} hint={t('checklistHint')}>
        <ChecklistEditor points={points} onChange={setPoints} next={next} onNext={setNext} />
      </RulesSection>
      <div className="mt-6 flex flex-col items-start gap-3">
        <FormError>{errorText(error)}</FormError>
        <Button type="submit" kind="primary" busy={busy}>
          {t('save')}
        </Button>
      </div>
    </form>
  )
}
