'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { toast } from '#app/_ui/toast.ts'
import { attempt } from '#app/_ui/use-form.ts'
import { setFields } from '#lib/documents/calendar/edits.ts'
import type { DraftId, SlotId } from '#lib/domain/ids.ts'
import type { Stage } from '#lib/domain/review/stage.ts'
import { moveDraft } from '../../../_review/actions.ts'
import { type DraftFace, useCalendar } from '../model.ts'
import type { Card } from './board-columns.ts'
import { useBoardRefusal } from './board-refusal.ts'

const NONE: ReadonlyMap<SlotId, Stage> = new Map()

/**
 * Moves of cards from one stage to another. A slot without a draft has its stage in the shared calendar; one with a
 * draft shows the draft’s, which the server decides: until its answer is here, the card stands where it was put.
 */
export function useBoardMoves() {
  const t = useTranslations('calendar.board')
  const words = useTranslations('common.stages')
  const refuse = useBoardRefusal()
  const model = useCalendar()
  const [pending, setPending] = useState(NONE)

  const settle = (id: SlotId) => setPending((was) => new Map([...was].filter(([slot]) => slot !== id)))

  /** @returns whether the server took it */
  async function moveItsDraft(
    id: SlotId,
    draft: DraftFace,
    stage: Stage,
    mayUndo: boolean,
  ): Promise<boolean> {
    setPending((was) => new Map(was).set(id, stage))
    const answer = await attempt(() => moveDraft({ id: draft.id, stage }))
    if (answer.ok) {
      await shows(model.drafts, draft.id, stage)
      const onClick = () => void moveItsDraft(id, { ...draft, stage }, draft.stage, false)
      toast.done(
        t('moved', { stage: words(stage) }),
        mayUndo ? { action: { label: t('undo'), onClick } } : {},
      )
    }
    settle(id)
    if (!answer.ok) await refuse({ draft, stage, error: answer.error })
    return answer.ok
  }

  const move = async ({ occurrence: { slot }, draft, stage: from }: Card, stage: Stage): Promise<boolean> => {
    if (from === stage) return true
    if (slot.draft && draft) return moveItsDraft(slot.id, draft, stage, true)
    model.edit(t('moved', { stage: words(stage) }), (doc) => void setFields(doc, slot.id, { stage }))
    return true
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
