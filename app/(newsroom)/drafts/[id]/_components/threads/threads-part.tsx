'use client'

import type { Editor } from '@tiptap/core'
import { type ComponentType, useEffect, useEffectEvent, useState } from 'react'
import { useCell } from '#app/_collab/use-cell.ts'
import { useDesk } from '../desk.tsx'
import { type ThreadWish, useThreadsDesk } from './threads-desk.tsx'

type Room = ComponentType<{ editor: Editor }>

/** The text comes first; milliseconds. */
const AFTER_TEXT_MS = 250

const KEYS: Readonly<Record<string, ThreadWish>> = { KeyM: 'passage', KeyN: 'next', KeyP: 'previous' }

/** With AltGr, keyboards of many languages write a letter of their own: it is not ours. */
function wishOf(event: KeyboardEvent): ThreadWish | null {
  if (!event.altKey || event.ctrlKey === event.metaKey || event.shiftKey) return null
  if (event.isComposing || event.getModifierState('AltGraph')) return null
  return KEYS[event.code] ?? null
}

/**
 * The threads of a draft: cards beside their passages on a wide screen, a list or a sheet elsewhere. Their code comes
 * once the text is there.
 */
export function ThreadsPart() {
  const { editor } = useDesk()
  const { wish } = useThreadsDesk()
  const wanted = useCell(wish) !== null
  const [Room, setRoom] = useState<Room | null>(null)

  const load = useEffectEvent(() => {
    const show = ({ ThreadsRoom }: { ThreadsRoom: Room }) => setRoom(() => ThreadsRoom)
    // Without a connection and never fetched: the next wish tries again.
    void import('./threads-room.tsx').then(show, () => wish.set(null))
  })
  const ready = editor !== null
  useEffect(() => {
    if (!ready) return
    const timer = setTimeout(load, wanted ? 0 : AFTER_TEXT_MS)
    return () => clearTimeout(timer)
  }, [ready, wanted])
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const found = wishOf(event)
      if (!found || event.defaultPrevented) return
      event.preventDefault()
      wish.set(found)
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [wish])
  return editor && Room && <Room editor={editor} />
}
