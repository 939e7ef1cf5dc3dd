'use client'

import { useCallback, useEffect, useState } from 'react'
import { useNewsroom } from '#app/_collab/newsroom.tsx'
import { attempt } from '#app/_ui/use-form.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import { parseDraftId } from '#lib/domain/ids.ts'
import type { DraftSummary } from '#lib/protocol/newsroom-events.ts'
import { slotsOfDraft } from '../../../calendar/slot-actions.ts'

/** Stage and places in the plan: as the page was drawn, then as the newsroom tells and whenever one comes back to it. */
export function useStanding(draft: DraftSummary, first: readonly Slot[]) {
  const [stage, setStage] = useState(draft.stage)
  const [slots, setSlots] = useState(first)
  const read = useCallback(async () => {
    const id = parseDraftId(draft.id)
    const answer = id && (await attempt(() => slotsOfDraft({ id })))
    if (answer?.ok) setSlots(answer.value)
  }, [draft.id])

  useNewsroom((news) => {
    if (news.type === 'returned' || news.type === 'calendar') void read()
    if (news.type === 'draft' && news.draft.id === draft.id) setStage(news.draft.stage)
  })
  // Others plan in the calendar, of which this page hears nothing.
  useEffect(() => {
    const onShown = () => document.visibilityState === 'visible' && void read()
    document.addEventListener('visibilitychange', onShown)
    return () => document.removeEventListener('visibilitychange', onShown)
  }, [read])
  return { stage, slots, read }
}
