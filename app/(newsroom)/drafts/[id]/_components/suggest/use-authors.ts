'use client'

import { useCallback, useEffect, useState } from 'react'
import { useNewsroom } from '#app/_collab/newsroom.tsx'
import { attempt } from '#app/_ui/use-form.ts'
import { suggestionAuthors } from '#app/(newsroom)/_suggest/actions.ts'
import type { DraftId } from '#lib/domain/ids.ts'
import type { SuggestionAuthor } from '#lib/protocol/newsroom-events.ts'

export type Authors = ReadonlyMap<string, SuggestionAuthor>
const NOBODY: Authors = new Map()

/** Who made each suggestion, as the server wrote it down. Asked for once there is any, then told. */
export function useAuthors(draftId: DraftId, wanted: boolean): Authors {
  const [known, setKnown] = useState(NOBODY)
  const add = useCallback((authors: readonly SuggestionAuthor[]) => {
    setKnown((now) => new Map([...now, ...authors.map((author) => [author.id, author] as const)]))
  }, [])
  const read = useCallback(async () => {
    const answer = await attempt(() => suggestionAuthors({ draftId }))
    if (answer.ok) add(answer.value)
  }, [draftId, add])
  useEffect(() => {
    if (wanted) void read()
  }, [wanted, read])
  useNewsroom((news) => {
    if (news.type === 'suggestions' && news.draftId === draftId) add(news.authors)
    if (news.type === 'returned' && wanted) void read()
  })
  return known
}
