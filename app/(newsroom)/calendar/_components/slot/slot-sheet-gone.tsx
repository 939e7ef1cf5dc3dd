'use client'

import { CalendarX2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useCell } from '#app/_collab/use-cell.ts'
import { Button } from '#app/_ui/button.tsx'
import { EmptyState } from '#app/_ui/empty-state.tsx'
import { putSlot } from '#lib/documents/calendar/edits.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import { faceOf, useCalendar } from '../model.ts'
import { SheetBar } from './slot-sheet-bar.tsx'

/** Somebody else took the slot away while it was open here, or its link is old. */
export function SlotGone({ last }: { last: Slot | null }) {
  const t = useTranslations('calendar.sheet.gone')
  const model = useCalendar()
  const drafts = useCell(model.drafts)
  if (!last) {
    return (
      <>
        <SheetBar />
        <EmptyState icon={<CalendarX2 />} title={t('unknown')}>
          {t('unknownHint')}
        </EmptyState>
      </>
    )
  }
  const { title, draft } = faceOf(last, drafts)
  const putBack = () => model.edit(t('putBackDone'), (doc) => putSlot(doc, last))
  return (
    <div role="alert">
      <SheetBar />
      <EmptyState
        icon={<CalendarX2 />}
        title={t('title')}
        action={model.rights.write && <Button onClick={putBack}>{t('putBack')}</Button>}
      >
        {t('text', { title: title || t('untitled') })}
        {draft && ` ${t('draftStays')}`}
      </EmptyState>
    </div>
  )
}
