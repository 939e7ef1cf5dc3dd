'use client'

import type { Editor } from '@tiptap/core'
import { useEffect, useState } from 'react'
import { type PassageTop, readTops } from './passage-tops.ts'
import type { Passages } from './passages.ts'

/** Blocks that come into sight get their true height, and everything below them moves; milliseconds. */
const SCROLL_PAUSE_MS = 120

/**
 * Where passages are, kept true: read again in a frame of its own when the text has grown or shrunk, when the window
 * changed or passages were drawn anew. A key that leaves the text as high as it was reads nothing.
 */
export function usePassageTops(
  editor: Editor,
  margin: HTMLElement,
  passages: Passages,
): readonly PassageTop[] {
  const [tops, setTops] = useState<readonly PassageTop[]>([])
  useEffect(() => {
    let frame = 0
    let timer: ReturnType<typeof setTimeout> | null = null
    const read = () => {
      frame = 0
      if (editor.isDestroyed) return
      const next = readTops(editor, margin, passages.marks())
      setTops((now) => (same(now, next) ? now : next))
    }
    const soon = () => {
      if (frame === 0) frame = requestAnimationFrame(read)
    }
    const onScroll = () => {
      timer ??= setTimeout(() => {
        timer = null
        soon()
      }, SCROLL_PAUSE_MS)
    }
    const sizes = new ResizeObserver(soon)
    sizes.observe(editor.view.dom)
    sizes.observe(margin)
    const stop = passages.drawn.subscribe(soon)
    addEventListener('scroll', onScroll, { passive: true })
    soon()
    return () => {
      cancelAnimationFrame(frame)
      if (timer) clearTimeout(timer)
      sizes.disconnect()
      stop()
      removeEventListener('scroll', onScroll)
    }
  }, [editor, margin, passages])
  return tops
}

const same = (one: readonly PassageTop[], other: readonly PassageTop[]): boolean =>
  one.length === other.length &&
  one.every(({ id, top }, index) => id === other[index]?.id && Math.abs(top - (other[index]?.top ?? 0)) < 0.5)
