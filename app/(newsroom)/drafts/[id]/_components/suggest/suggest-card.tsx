'use client'

import type { Editor } from '@tiptap/core'
import { Check, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useLayoutEffect, useRef, useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import type { Decide } from './use-decide.ts'
import { type Credited, WhatSuggested, WhoSuggested } from './who-suggested.tsx'

/** Pixels between the card and its passage, and between the card and the window. */
const GAP = 8

type Props = { editor: Editor; suggestion: Credited; decide: Decide | null; onClose: () => void }

/** Under the suggestion in which the caret stands: who proposes what, and the two answers. */
export function SuggestCard({ editor, suggestion, decide, onClose }: Props) {
  const t = useTranslations('suggest')
  const card = useRef<HTMLElement>(null)
  const place = usePlace(editor, suggestion, card)
  const answer = (verdict: 'accept' | 'reject') => {
    decide?.([suggestion.id], verdict)
    onClose()
    editor.commands.focus(undefined, { scrollIntoView: false })
  }
  return (
    <section
      ref={card}
      aria-label={t('card')}
      style={place}
      className="suggest-card"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        onClose()
        editor.commands.focus()
      }}
    >
      <WhoSuggested {...suggestion} />
      <div className="suggest-card-what">
        <WhatSuggested {...suggestion} />
      </div>
      {decide && (
        <div className="flex gap-2">
          <Button size="small" kind="primary" onClick={() => answer('accept')}>
            <Check aria-hidden="true" className="size-4" />
            {t('accept')}
          </Button>
          <Button size="small" onClick={() => answer('reject')}>
            <X aria-hidden="true" className="size-4" />
            {t('reject')}
          </Button>
        </div>
      )}
    </section>
  )
}

type Place = { readonly left: number; readonly top: number }

/** Follows the passage as the page moves. */
function usePlace(editor: Editor, { from, to }: Credited, card: { readonly current: HTMLElement | null }) {
  const [place, setPlace] = useState<Place | null>(null)
  useLayoutEffect(() => {
    const measure = () => {
      const { doc, selection } = editor.state
      const inside = selection.head >= from && selection.head <= to ? selection.head : from
      if (editor.isDestroyed || inside > doc.content.size) return
      const { left, bottom, top } = editor.view.coordsAtPos(inside)
      const { width = 0, height = 0 } = card.current?.getBoundingClientRect() ?? {}
      const below = bottom + GAP + height < innerHeight - GAP
      setPlace({
        left: Math.max(GAP, Math.min(left - width / 3, innerWidth - width - GAP)),
        top: below ? bottom + GAP : Math.max(GAP, top - GAP - height),
      })
    }
    measure()
    const options = { passive: true, capture: true } as const
    addEventListener('scroll', measure, options)
    addEventListener('resize', measure, options)
    editor.on('update', measure)
    return () => {
      removeEventListener('scroll', measure, options)
      removeEventListener('resize', measure, options)
      editor.off('update', measure)
    }
  }, [editor, from, to, card])
  return place ?? { visibility: 'hidden' as const }
}
