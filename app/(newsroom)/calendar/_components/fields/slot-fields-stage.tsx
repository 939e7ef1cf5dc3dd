'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { useErrorText } from '#app/_i18n/error-text.ts'
import { SelectField } from '#app/_ui/select-field.tsx'
import { toast } from '#app/_ui/toast.ts'
import { attempt } from '#app/_ui/use-form.ts'
import { isStage, STAGES, type Stage } from '#lib/domain/review/stage.ts'
import { setStage } from '../../slot-actions.ts'
import type { DraftFace } from '../model.ts'
import type { FieldProps } from './slot-fields-props.ts'

/** How far it has come: the slot’s own word for it, or that of its draft. */
export function StageField({ slot, editable, write, draft }: FieldProps & { draft: DraftFace | null }) {
  const t = useTranslations('calendar.sheet')
  const stages = useTranslations('common.stages')
  const errorText = useErrorText()
  const [asked, setAsked] = useState<Stage | null>(null)

  async function change(stage: Stage) {
    if (!draft) return write({ stage })
    setAsked(stage)
    const answer = await attempt(() => setStage({ id: draft.id, stage }))
    if (answer.ok) return
    toast.failed(errorText(answer.error) ?? '')
    setAsked(null)
  }
  // Until the newsroom’s news brings it, the choice stands as it was made.
  const known = draft?.stage ?? slot.stage
  useEffect(() => setAsked(null), [known])
  return (
    <SelectField
      label={draft ? t('draftStage') : t('stage')}
      value={asked ?? known}
      // A slot whose draft cannot be seen has no stage that one could say.
      disabled={!editable || draft?.archived === true || (slot.draft !== null && draft === null)}
      onChange={(event) => isStage(event.target.value) && void change(event.target.value)}
      options={STAGES.map((stage) => ({ value: stage, label: stages(stage) }))}
    />
  )
}
