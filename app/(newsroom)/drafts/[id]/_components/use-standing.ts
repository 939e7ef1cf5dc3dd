'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { useNewsroom } from '#app/_collab/newsroom.tsx'
import { attempt } from '#app/_ui/use-form.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import { parseDraftId } from '#lib/domain/ids.ts'
import type { DraftSummary } from '#lib/protocol/newsroom-events.ts'
import { slotsOfDraft } from '../../../calendar/slot-actions.ts'

/** Rows follow the shared calendar a moment later: a page that opens on what was just written asks once more. */
const LATER_MS = 2_000

/** Stage and places in the plan: as the page was drawn, then as the newsroom tells and whenever one comes back to it. */
export function useStanding(draft: DraftSummary, first: readonly Slot[]) {
  const [stage, setStage] = useState(draft.stage)
  const [slots, setSlots] = useState(first)
  const rows = useRef(first)
  const read = useCallback(async () => {
    const id = parseDraftId(draft.id)
    const answer = id && (await attempt(() => slotsOfDraft({ id })))
    if (!answer?.ok) return
    rows.current = answer.value
    setSlots(answer.value)
  }, [draft.id])

  useNewsroom((news) => {
    if (news.type === 'returned' || news.type === 'calendar') void read()
    if (news.type === 'draft' && news.draft.id === draft.id) setStage(news.draft.stage)
  })
  // Others plan in the calendar, of which this page hears nothing.
  useEffect(() => {
    const onShown = () => document.visibilityState === 'visible' && void read()
    const timer = setTimeout(() => void read(), LATER_MS)
    document.addEventListener('visibilitychange', onShown)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', onShown)
    }
  }, [read])

  /** What the shared calendar says of this draft, where the page has just seen it; archived slots are in rows only. */
  const showLive = (live: readonly Slot[]) => {
    const known = new Set(live.map(({ id }) => id))
    setSlots([...rows.current.filter(({ id }) => !known.has(id)), ...live])
  }
  return { stage, slots, showLive }
}
