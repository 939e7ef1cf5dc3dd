'use client'

import type { Editor } from '@tiptap/core'
import { MessageSquarePlus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { buttonLook } from '#app/_ui/button-look.ts'
import { useThreadsDesk } from './threads-desk.tsx'

type Spot = { readonly left: number; readonly top: number }

/** Half of the button’s width, and what it keeps from the window’s edges; pixels. */
const HALF = 72
const GAP = 8

/** Under the end of what is selected in the text: above it a phone shows a menu of its own. */
function spotOf(editor: Editor): Spot | null {
  const selection = getSelection()
  if (!selection || selection.isCollapsed || !editor.view.dom.contains(selection.anchorNode)) return null
  const { empty, from, to } = editor.state.selection
  if (empty || editor.state.doc.textBetween(from, to, ' ').trim() === '') return null
  const end = editor.view.coordsAtPos(to, -1)
  const left = Math.min(Math.max(end.left, HALF + GAP), innerWidth - HALF - GAP)
  return { left, top: Math.min(end.bottom + GAP, innerHeight - 56) }
}

/** For those who may comment and not write: beside what they select. */
export function SelectionButton({ editor }: { editor: Editor }) {
  const t = useTranslations('threads')
  const { wish } = useThreadsDesk()
  const [spot, setSpot] = useState<Spot | null>(null)
  useEffect(() => {
    let frame = 0
    const soon = () => {
      if (frame !== 0) return
      frame = requestAnimationFrame(() => {
        frame = 0
        if (!editor.isDestroyed) setSpot(spotOf(editor))
      })
    }
    document.addEventListener('selectionchange', soon)
    addEventListener('scroll', soon, { passive: true })
    addEventListener('pointerup', soon, { passive: true })
    return () => {
      cancelAnimationFrame(frame)
      document.removeEventListener('selectionchange', soon)
      removeEventListener('scroll', soon)
      removeEventListener('pointerup', soon)
    }
  }, [editor])
  if (!spot) return null
  return (
    <button
      type="button"
      style={spot}
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => wish.set('passage')}
      className={buttonLook('primary', 'small', '!fixed z-30 -translate-x-1/2 shadow-lift')}
    >
      <MessageSquarePlus aria-hidden="true" className="size-4" />
      {t('comment')}
    </button>
  )
}
