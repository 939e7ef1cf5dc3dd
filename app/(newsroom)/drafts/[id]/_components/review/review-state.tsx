'use client'

import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useState } from 'react'
import { useNewsroom } from '#app/_collab/newsroom.tsx'
import { attempt } from '#app/_ui/use-form.ts'
import type { DraftId } from '#lib/domain/ids.ts'
import type { ReviewView } from '#lib/protocol/review.ts'
import { viewReview } from '../../../../_review/actions.ts'

const Context = createContext<ReviewView | null>(null)

/** Where the draft stands in its review: as the page was drawn, then as the newsroom tells. */
export function ReviewProvider({ draftId, first, children }: Props) {
  const [view, setView] = useState(first)
  useNewsroom((news) => {
    if (news.type === 'review' && news.review.draftId === draftId) setView(news.review)
    if (news.type === 'returned' || news.type === 'rules') void read()
  })
  async function read() {
    const answer = await attempt(() => viewReview({ id: draftId }))
    if (answer.ok) setView(answer.value)
  }
  const readFirst = useEffectEvent(() => void read())
  // A page that was kept for when there is no connection may be old.
  useEffect(() => readFirst(), [])
  return <Context value={view}>{children}</Context>
}

type Props = { draftId: DraftId; first: ReviewView | null; children: ReactNode }

/** Null until the server has told. */
export const useReview = (): ReviewView | null => useContext(Context)
