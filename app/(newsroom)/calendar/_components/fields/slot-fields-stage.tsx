'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { SelectField } from '#app/_ui/select-field.tsx'
import { StageBadge } from '#app/(newsroom)/drafts/_components/stage-badge.tsx'
import { isStage, STAGES } from '#lib/domain/review/stage.ts'
import type { DraftFace } from '../model.ts'
import type { FieldProps } from './slot-fields-props.ts'

/** How far it has come: the slot’s own word for it, or what was decided of its draft. */
export function StageField({ slot, editable, write, draft }: FieldProps & { draft: DraftFace | null }) {
  const t = useTranslations('calendar.sheet')
  const stages = useTranslations('common.stages')
  if (draft) return <DraftStage draft={draft} />
  return (
    <SelectField
      label={t('stage')}
      value={slot.stage}
      // A slot whose draft cannot be seen has no stage that one could say.
      disabled={!editable || slot.draft !== null}
      onChange={(event) => isStage(event.target.value) && write({ stage: event.target.value })}
      options={STAGES.map((stage) => ({ value: stage, label: stages(stage) }))}
    />
  )
}

function DraftStage({ draft: { id, stage } }: { draft: DraftFace }) {
  const t = useTranslations('calendar.sheet')
  const review = useTranslations('review.sheet')
  return (
    <div className="flex flex-col gap-1.5">
      <span className="font-medium text-sm">{t('draftStage')}</span>
      <span className="flex min-h-(--control) flex-wrap items-center gap-x-3">
        <StageBadge stage={stage} />
        <Link
          href={`/drafts/${id}?panel=review`}
          className="py-1 text-accent text-sm underline underline-offset-2"
        >
          {review('open')}
        </Link>
      </span>
    </div>
  )
}
