'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useErrorText } from '#app/_i18n/error-text.ts'
import { toast } from '#app/_ui/toast.ts'
import { attempt } from '#app/_ui/use-form.ts'
import { setFields } from '#lib/documents/calendar/edits.ts'
import type { DraftId, SlotId } from '#lib/domain/ids.ts'
import type { Stage } from '#lib/domain/review/stage.ts'
import { setStage } from '../../slot-actions.ts'
import { useCalendar } from '../model.ts'
import type { Card } from './board-columns.ts'

const NONE: ReadonlyMap<SlotId, Stage> = new Map()

/**
 * Moves of cards from one stage to another. A slot without a draft has its stage in the shared calendar; one with a
 * draft shows the draft’s, which the server writes: until its answer is here, the card stands where it was put.
 */
export function useBoardMoves() {
  const t = useTranslations('calendar.board')
  const words = useTranslations('common.stages')
  const errorText = useErrorText()
  const model = useCalendar()
  const [pending, setPending] = useState(NONE)

  const settle = (id: SlotId) => setPending((was) => new Map([...was].filter(([slot]) => slot !== id)))

  async function setDraftStage(id: SlotId, draft: DraftId, stage: Stage, undone: Stage | null) {
    setPending((was) => new Map(was).set(id, stage))
    const answer = await attempt(() => setStage({ id: draft, stage }))
    if (!answer.ok) toast.failed(errorText(answer.error) ?? '')
    else {
      await shows(model.drafts, draft, stage)
      if (undone) {
        const onClick = () => void setDraftStage(id, draft, undone, null)
        toast.done(t('moved', { stage: words(stage) }), { action: { label: t('undo'), onClick } })
      }
    }
    settle(id)
  }

  const move = ({ occurrence: { slot }, draft, stage: from }: Card, stage: Stage) => {
    if (from === stage) return
    if (slot.draft && draft) return void setDraftStage(slot.id, slot.draft, stage, from)
    model.edit(t('moved', { stage: words(stage) }), (doc) => void setFields(doc, slot.id, { stage }))
  }

  /** An archived slot is written down; its draft lives on. A draft that is put away cannot go further. */
  const mayMove = ({ occurrence: { slot }, draft }: Card): boolean => {
    if (!model.rights.write) return false
    return slot.draft ? draft !== null && !draft.archived : model.live.get().has(slot.id)
  }
  return { pending, move, mayMove }
}

/** How long the news of a stage may take after the answer; milliseconds. */
const NEWS_MS = 3_000

/** Waits until the page has heard of it, so that the card does not jump back and forth. */
function shows(drafts: ReturnType<typeof useCalendar>['drafts'], id: DraftId, stage: Stage): Promise<void> {
  return new Promise((resolve) => {
    const look = () => drafts.get().get(id)?.stage === stage && done()
    const stop = drafts.subscribe(look)
    const timer = setTimeout(() => done(), NEWS_MS)
    const done = () => {
      stop()
      clearTimeout(timer)
      resolve()
    }
    look()
  })
}
