'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { useCell } from '#app/_collab/use-cell.ts'
import { attempt } from '#app/_ui/use-form.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import type { SlotId } from '#lib/domain/ids.ts'
import { findSlot } from '../../slot-actions.ts'
import { useCalendar } from '../model.ts'

export type OpenedSlot =
  | { readonly state: 'here'; readonly slot: Slot; readonly archived: boolean }
  | { readonly state: 'loading' | 'unreachable'; readonly again: () => void }
  /** `last`: as it was when this page last saw it. */
  | { readonly state: 'gone'; readonly last: Slot | null }

type Answer = { readonly kind: 'archived'; readonly slot: Slot } | { readonly kind: 'none' | 'failed' }

/**
 * A slot’s row follows the shared document a moment later: one that has just been taken away may still be there, and
 * one that is just being archived not yet marked. So often, and so far apart, it is asked again; milliseconds.
 */
const TRIES = 4
const BETWEEN_MS = 700
/** The page closes the sheet by itself where the person here removed the slot. */
const SOON_MS = 150

async function ask(id: SlotId, tries: number): Promise<Answer> {
  const answer = await attempt(() => findSlot({ id }))
  if (!answer.ok) return { kind: 'failed' }
  if (!answer.value) return { kind: 'none' }
  if (answer.value.archived) return { kind: 'archived', slot: answer.value.slot }
  if (tries <= 1) return { kind: 'none' }
  await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS))
  return ask(id, tries - 1)
}

/** The slot of the open sheet: in the shared document, in the archive, or nowhere any more. */
export function useOpenedSlot(id: SlotId): OpenedSlot {
  const model = useCalendar()
  const live = useCell(model.live).get(id)
  const past = useCell(model.past).get(id)
  const last = useRef<Slot | null>(null)
  const [answer, setAnswer] = useState<Answer | null>(null)
  const [missed, setMissed] = useState(false)
  if (live) last.current = live
  const absent = !live && !past

  const look = useCallback(() => {
    setAnswer(null)
    let wanted = true
    void ask(id, TRIES).then((found) => wanted && setAnswer(found))
    return () => {
      wanted = false
    }
  }, [id])
  useEffect(() => {
    if (!absent) return setMissed(false)
    const timer = setTimeout(() => setMissed(true), SOON_MS)
    const stop = look()
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [absent, look])

  if (live) return { state: 'here', slot: live, archived: false }
  if (past) return { state: 'here', slot: past, archived: true }
  if (answer?.kind === 'archived') return { state: 'here', slot: answer.slot, archived: true }
  if (answer?.kind === 'none' || (last.current && missed)) return { state: 'gone', last: last.current }
  return { state: answer?.kind === 'failed' ? 'unreachable' : 'loading', again: look }
}
