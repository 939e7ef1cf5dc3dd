'use client'

import { useEffect, useEffectEvent, useState } from 'react'
import { useNewsroom } from '#app/_collab/newsroom.tsx'
import { attempt } from '#app/_ui/use-form.ts'
import type { DraftId } from '#lib/domain/ids.ts'
import type { RevisionHead, Timeline } from '#lib/protocol/history.ts'
import { listRevisions } from '../../../../_history/actions.ts'

const sameHeads = (one: readonly RevisionHead[], other: readonly RevisionHead[]) =>
  JSON.stringify(one) === JSON.stringify(other)

/** The revisions of a draft, newest first, as they come; older ones where `more` is asked for. */
export function useTimeline(draftId: DraftId) {
  const [timeline, setTimeline] = useState<Timeline | null>(null)
  const [error, setError] = useState<string | null>(null)

  const load = useEffectEvent(async () => {
    const answer = await attempt(() => listRevisions({ draftId, offset: 0 }))
    if (!answer.ok) return setError(answer.error)
    setError(null)
    setTimeline((now) => (now ? withNewest(now, answer.value) : answer.value))
  })
  const again = () => void load()
  const more = async () => {
    const offset = timeline?.revisions.length ?? 0
    const answer = await attempt(() => listRevisions({ draftId, offset }))
    if (!answer.ok) return setError(answer.error)
    const { revisions, more: left } = answer.value
    setTimeline((now) => {
      const known = new Set(now?.revisions.map(({ id }) => id))
      return {
        revisions: [...(now?.revisions ?? []), ...revisions.filter(({ id }) => !known.has(id))],
        more: left,
      }
    })
  }
  useEffect(() => {
    void load()
  }, [draftId])
  useNewsroom((news) => {
    if (news.type === 'returned' || (news.type === 'history' && news.draftId === draftId)) void load()
  })
  return { timeline, error, again, more: () => void more() }
}

/** The first page anew, and behind it the older lines that were loaded already. */
function withNewest(now: Timeline, first: Timeline): Timeline {
  if (sameHeads(now.revisions.slice(0, first.revisions.length), first.revisions)) return now
  const oldest = first.revisions.at(-1)
  const fresh = new Set(first.revisions.map(({ id }) => id))
  const older = oldest
    ? now.revisions.filter(({ id, createdAt }) => !fresh.has(id) && createdAt <= oldest.createdAt)
    : []
  return { revisions: [...first.revisions, ...older], more: older.length > 0 ? now.more : first.more }
}
