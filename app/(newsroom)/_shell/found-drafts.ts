'use client'

import { useEffect, useState } from 'react'
import type { DraftSummary } from '#lib/protocol/newsroom-events.ts'
import { attempt } from '../../_ui/use-form.ts'
import { listDrafts } from '../drafts/actions.ts'

/** Long enough that a word typed at speed is one question to the server. */
const PAUSE_MS = 140
const MOST = 8

type Found = { search: string; drafts: readonly DraftSummary[] }

/** The drafts that answer a search; the last touched ones while nothing is typed. */
export function useFoundDrafts(search: string) {
  const [found, setFound] = useState<Found | null>(null)
  useEffect(() => {
    let stale = false
    const timer = setTimeout(
      async () => {
        const answer = await attempt(() =>
          listDrafts({ search, state: 'active', sort: 'edited', by: null, offset: 0 }),
        )
        if (!stale) setFound({ search, drafts: answer.ok ? answer.value.drafts.slice(0, MOST) : [] })
      },
      search ? PAUSE_MS : 0,
    )
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [search])
  return { drafts: found?.drafts ?? [], busy: found?.search !== search }
}
