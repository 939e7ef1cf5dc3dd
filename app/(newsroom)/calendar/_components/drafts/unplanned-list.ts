'use client'

import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useNewsroom } from '#app/_collab/newsroom.tsx'
import { useCell } from '#app/_collab/use-cell.ts'
import { attempt } from '#app/_ui/use-form.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import type { DraftSummary } from '#lib/protocol/newsroom-events.ts'
import { unplannedDrafts } from '../../list-actions.ts'
import { useCalendar } from '../model.ts'

/** News of drafts and slots are gathered this long: the rows that the server reads follow the document. Milliseconds. */
const GATHER_MS = 700
const TYPING_MS = 200

type Lines = { readonly drafts: readonly DraftSummary[]; readonly more: boolean }

const carriedBy = (slots: Iterable<Slot>): ReadonlySet<string> =>
  new Set([...slots].flatMap(({ draft }) => draft ?? []))

/** Drafts without a place in the plan, live: a draft that is planned leaves at once, for it is seen in the document. */
export function useUnplanned(search: string) {
  const model = useCalendar()
  const live = useCell(model.live)
  const carried = useMemo(() => carriedBy(live.values()), [live])
  const [lines, setLines] = useState<Lines | null>(null)
  const [failed, setFailed] = useState(false)
  const question = useRef(0)

  const read = useCallback(
    async (offset: number) => {
      question.current += 1
      const mine = question.current
      const answer = await attempt(() => unplannedDrafts({ search, offset }))
      if (mine !== question.current) return
      setFailed(!answer.ok)
      if (!answer.ok) return
      const { drafts, more } = answer.value
      setLines((was) => ({ drafts: offset === 0 ? drafts : joined(was?.drafts ?? [], drafts), more }))
    },
    [search],
  )

  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const readSoon = useCallback(
    (after: number) => {
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void read(0), after)
    },
    [read],
  )
  useEffect(() => {
    readSoon(search === '' ? 0 : TYPING_MS)
    return () => clearTimeout(timer.current)
  }, [readSoon, search])
  useNewsroom((news) => {
    if (news.type === 'draft' || news.type === 'calendar' || news.type === 'returned') readSoon(GATHER_MS)
  })
  // A slot let go of its draft: only the server knows whether another one, of the past, carries it still.
  const before = useRef(carried)
  useEffect(() => {
    const freed = [...before.current].some((id) => !carried.has(id))
    before.current = carried
    if (freed) readSoon(GATHER_MS)
  }, [carried, readSoon])

  return {
    drafts: lines?.drafts.filter(({ id, archivedAt }) => !carried.has(id) && archivedAt === null) ?? null,
    more: lines?.more ?? false,
    failed,
    readMore: () => void read(lines?.drafts.length ?? 0),
    again: () => void read(0),
  }
}

function joined(before: readonly DraftSummary[], next: readonly DraftSummary[]): readonly DraftSummary[] {
  const known = new Set(before.map(({ id }) => id))
  return [...before, ...next.filter(({ id }) => !known.has(id))]
}
