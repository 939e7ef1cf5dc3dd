'use client'

import { useEffect, useRef, useState } from 'react'
import { attempt } from '#app/_ui/use-form.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import { searchSlots } from '../../list-actions.ts'

/** A word typed at speed is one question to the server; milliseconds. */
const PAUSE_MS = 200

type Row = { readonly slot: Slot; readonly archived: boolean }
type Found = {
  /** What these rows answer. */
  readonly text: string
  readonly rows: readonly Row[]
  readonly more: boolean
}

const NOTHING: Found = { text: '', rows: [], more: false }

/** Slots of all years that have the words typed; the answer to the last question is the one that counts. */
export function useSearch(typed: string) {
  const text = typed.trim()
  const [found, setFound] = useState<Found>(NOTHING)
  const [error, setError] = useState<string | null>(null)
  const question = useRef(0)

  async function ask(asked: string, before: readonly Row[]) {
    question.current += 1
    const mine = question.current
    const answer = await attempt(() => searchSlots({ search: asked, offset: before.length }))
    if (mine !== question.current) return
    setError(answer.ok ? null : answer.error)
    if (answer.ok)
      setFound({ text: asked, rows: [...before, ...answer.value.slots], more: answer.value.more })
  }
  const latest = useRef(ask)
  latest.current = ask
  useEffect(() => {
    if (text === '') {
      question.current += 1
      return setFound(NOTHING)
    }
    const timer = setTimeout(() => void latest.current(text, []), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return {
    ...found,
    error,
    busy: found.text !== text && error === null,
    readMore: () => void ask(found.text, found.rows),
  }
}
