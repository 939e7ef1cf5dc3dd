'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { useNewsroom } from '#app/_collab/newsroom.tsx'
import { attempt } from '#app/_ui/use-form.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import { listDrafts } from '../actions.ts'
import type { ListFilter } from './filter.ts'
import { type DraftLines, withNews, withNextPage, withoutDraft } from './list-state.ts'

/** News that only the server can place are gathered this long; milliseconds. */
const GATHER_MS = 400

type Shown = DraftLines & { readonly filter: ListFilter }

const sameFilter = (a: ListFilter, b: ListFilter) => JSON.stringify(a) === JSON.stringify(b)

const page = (filter: ListFilter, offset: number) =>
  attempt(() => listDrafts({ ...filter, by: filter.by as VolunteerId | null, offset }))

/** Everything that was shown, read again: as many pages as it takes. */
async function readAgain(filter: ListFilter, count: number): Promise<DraftLines | null> {
  let lines: DraftLines = { drafts: [], more: true }
  do {
    const answer = await page(filter, lines.drafts.length)
    if (!answer.ok) return null
    const before = lines.drafts.length
    lines = withNextPage(lines, answer.value)
    if (lines.drafts.length === before) break
  } while (lines.more && lines.drafts.length < count)
  return lines
}

/** The lines of the list, live: as the server drew them first, then as the newsroom tells. */
export function useDraftList(first: Shown, filter: ListFilter) {
  const [shown, setShown] = useState(first)
  const [busy, setBusy] = useState(false)
  const question = useRef(0)
  const gathering = useRef<ReturnType<typeof setTimeout> | null>(null)

  const read = useCallback(async (asked: ListFilter, count: number) => {
    question.current += 1
    const mine = question.current
    setBusy(true)
    const lines = await readAgain(asked, count)
    // A later question was asked meanwhile; its answer is the one that counts.
    if (mine !== question.current) return
    setBusy(false)
    if (lines) setShown({ filter: asked, ...lines })
  }, [])

  useEffect(() => {
    if (!sameFilter(filter, shown.filter)) void read(filter, 0)
    // Only another filter asks anew: its parts are its value.
  }, [filter.search, filter.state, filter.sort, filter.by])

  useEffect(
    () => () => {
      if (gathering.current) clearTimeout(gathering.current)
    },
    [],
  )

  const readSoon = () => {
    gathering.current ??= setTimeout(() => {
      gathering.current = null
      void read(shown.filter, shown.drafts.length)
    }, GATHER_MS)
  }

  useNewsroom((news) => {
    if (news.type === 'returned') return void read(shown.filter, shown.drafts.length)
    if (news.type !== 'draft') return
    const next = withNews(shown, news.draft, shown.filter)
    if (next) setShown({ ...next, filter: shown.filter })
    else readSoon()
  })

  async function loadMore() {
    setBusy(true)
    const answer = await page(shown.filter, shown.drafts.length)
    setBusy(false)
    if (answer.ok) setShown((now) => ({ ...withNextPage(now, answer.value), filter: now.filter }))
  }
  const drop = (id: string) => setShown((now) => ({ ...withoutDraft(now, id), filter: now.filter }))
  const again = () => void read(shown.filter, shown.drafts.length)

  return { shown, busy, loadMore, drop, again }
}
