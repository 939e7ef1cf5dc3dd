'use client'

import { CircleCheck, CircleDashed, CircleSlash, CloudOff, TriangleAlert } from 'lucide-react'
import { useNow, useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useState } from 'react'
import type { Room } from '#app/_collab/room.ts'
import type { SavedView } from '#app/_collab/saved-state.ts'
import { useCell } from '#app/_collab/use-cell.ts'
import { Spinner } from '#app/_ui/spinner.tsx'

const LOOKS: Record<SavedView['kind'], { icon: ReactNode; tone: string }> = {
  connecting: { icon: <Spinner />, tone: 'text-faint' },
  // Still: it is there at every key, and a turning ring would redraw the page sixty times a second.
  saving: { icon: <CircleDashed aria-hidden="true" />, tone: 'text-faint' },
  saved: { icon: <CircleCheck aria-hidden="true" />, tone: 'text-good' },
  late: { icon: <TriangleAlert aria-hidden="true" />, tone: 'text-warn' },
  offline: { icon: <CloudOff aria-hidden="true" />, tone: 'text-warn' },
  refused: { icon: <CircleSlash aria-hidden="true" />, tone: 'text-danger' },
}

/** A state is said aloud once it has lasted this long: who listens is not told of every key. Milliseconds. */
const LASTS_MS = 1_500

/** Whether what is on the screen is committed, by shape, word and colour. */
export function SavedIndicator({ room, access }: { room: Room; access: 'write' | 'read' }) {
  const view = useCell(room.saved)
  const words = useWords(view, access)
  const { icon, tone } = LOOKS[view.kind]
  return (
    <div
      data-saved={view.kind}
      className={`flex min-w-0 items-center gap-1.5 text-sm [&_svg]:size-4 [&_svg]:shrink-0 ${tone}`}
    >
      {icon}
      <span className="truncate sm:whitespace-nowrap">{words}</span>
      <Announcement words={words} kind={view.kind} />
    </div>
  )
}

function useWords(view: SavedView, access: 'write' | 'read'): string {
  const t = useTranslations('editor.saved')
  const age = useAge(view)
  switch (view.kind) {
    case 'offline':
      return t('offline', { edits: view.edits })
    case 'refused':
      return t('refused', { edits: view.edits })
    case 'saved':
      // Whoever only reads has nothing to save: their page follows the others.
      return t(access === 'write' ? 'saved' : 'live')
    case 'late':
      return age === null ? t('late') : t('lateSince', { seconds: age })
    default:
      return t(view.kind)
  }
}

/** Whole seconds since the last commit that is certain, while that matters; null if there was none. */
function useAge(view: SavedView): number | null {
  const late = view.kind === 'late'
  const now = useNow({ updateInterval: late ? 1_000 : 3_600_000 })
  if (!late || view.durableAt === null) return null
  return Math.max(0, Math.round((now.getTime() - view.durableAt) / 1_000))
}

/** «Saving» and «saved» take turns with every pause: aloud they are one state. */
const spoken = (kind: SavedView['kind']) => (kind === 'saving' ? 'saved' : kind)

function Announcement({ words, kind }: { words: string; kind: SavedView['kind'] }) {
  const [said, setSaid] = useState('')
  const state = spoken(kind)
  // A change of state is announced; a change of words within it is not.
  useEffect(() => {
    const timer = setTimeout(() => setSaid(words), LASTS_MS)
    return () => clearTimeout(timer)
  }, [state])
  return (
    <span aria-live="polite" className="sr-only">
      {said}
    </span>
  )
}
