'use client'

import type { Editor } from '@tiptap/core'
import { type RefObject, useEffect, useState } from 'react'

export type Bubble = {
  readonly kind: 'format' | 'link'
  /** Of the selection, in the window; the bubble goes above `top`, or below `bottom`. */
  readonly middle: number
  readonly top: number
  readonly bottom: number
}

function kindOf(editor: Editor): Bubble['kind'] | null {
  const { empty, from, to } = editor.state.selection
  if (empty) return editor.isActive('link') ? 'link' : null
  return editor.state.doc.textBetween(from, to, ' ').trim() === '' ? null : 'format'
}

function placeOf(editor: Editor, kind: Bubble['kind']): Bubble {
  const { from, to } = editor.state.selection
  const start = editor.view.coordsAtPos(from, 1)
  const end = editor.view.coordsAtPos(to, -1)
  const oneLine = Math.abs(start.top - end.top) < 4
  const middle = oneLine ? (start.left + end.right) / 2 : start.left
  return { kind, middle, top: start.top, bottom: end.bottom }
}

const same = (a: Bubble | null, b: Bubble | null) => JSON.stringify(a) === JSON.stringify(b)

/**
 * Where the bubble of the selection belongs, or null. Worked out once a frame at most, measured only when there
 * is something to show, and never while the pointer is still drawing the selection.
 */
export function useBubble(editor: Editor, element: RefObject<HTMLElement | null>): Bubble | null {
  const [bubble, setBubble] = useState<Bubble | null>(null)
  useEffect(() => {
    let frame = 0
    let drawing = false
    let shown = false
    const kindNow = () => {
      const focused = editor.isFocused || element.current?.contains(document.activeElement)
      return editor.isEditable && focused && !drawing ? kindOf(editor) : null
    }
    const update = () => {
      frame = 0
      const kind = kindNow()
      shown = kind !== null
      const next = kind ? placeOf(editor, kind) : null
      setBubble((current) => (same(current, next) ? current : next))
    }
    const soon = () => {
      // Most changes show nothing and hide nothing: then the page is not asked for a frame either.
      if (frame === 0 && (shown || kindNow() !== null)) frame = requestAnimationFrame(update)
    }
    const onPointerDown = (event: PointerEvent) => {
      drawing = event.target instanceof Node && editor.view.dom.contains(event.target)
      if (drawing) soon()
    }
    const onPointerUp = () => {
      drawing = false
      soon()
    }
    const events = ['selectionUpdate', 'focus', 'blur', 'update'] as const
    for (const name of events) editor.on(name, soon)
    const options = { passive: true, capture: true } as const
    addEventListener('pointerdown', onPointerDown, options)
    addEventListener('pointerup', onPointerUp, options)
    addEventListener('scroll', soon, options)
    addEventListener('resize', soon, options)
    return () => {
      cancelAnimationFrame(frame)
      for (const name of events) editor.off(name, soon)
      removeEventListener('pointerdown', onPointerDown, options)
      removeEventListener('pointerup', onPointerUp, options)
      removeEventListener('scroll', soon, options)
      removeEventListener('resize', soon, options)
    }
  }, [editor, element])
  return bubble
}
