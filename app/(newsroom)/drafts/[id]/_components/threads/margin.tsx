'use client'

import type { Editor } from '@tiptap/core'
import { useTranslations } from 'next-intl'
import { type ReactNode, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useCell } from '#app/_collab/use-cell.ts'
import { ThreadCard } from '#app/(newsroom)/_threads/thread-card.tsx'
import { useThreadPlace } from '#app/(newsroom)/_threads/thread-place.tsx'
import type { Card } from './margin-layout.ts'
import { layOut } from './margin-layout.ts'
import { NewThread } from './new-thread.tsx'
import type { PassageTop } from './passage-tops.ts'
import type { Passages } from './passages.ts'
import { COMPOSED } from './thread-marks.ts'
import { usePassageTops } from './use-passage-tops.ts'

/** Between two cards, and the height of one that has not been drawn yet; pixels. */
const GAP = 10
const GUESS = 96
/** Cards so far out of the window are drawn as well; windows. */
const AHEAD = 1

type Props = { editor: Editor; margin: HTMLElement; passages: Passages; onLeave: () => void }

/** Cards beside their passages: in line with them, and never over one another. */
export function MarginCards({ editor, margin, passages, onLeave }: Props) {
  const t = useTranslations('threads')
  const { model } = useThreadPlace()
  const threads = useCell(model.threads)
  const active = useCell(passages.active)
  const composing = useCell(passages.composing)
  const tops = usePassageTops(editor, margin, passages)
  const [heights, setHeights] = useState<ReadonlyMap<string, number>>(new Map())
  const sight = useSight(margin)
  const byId = new Map(threads.map((thread) => [String(thread.id), thread]))
  const cards: Card[] = useComposedTop(tops, composing?.anchor != null)
    .filter(({ id }) => id === COMPOSED || byId.has(id))
    .map(({ id, top }) => ({ id, wanted: top, height: heights.get(id) ?? GUESS }))
  const open = composing ? COMPOSED : (active?.id ?? null)
  const places = layOut(cards, { gap: GAP, active: open })
  const onHeight = useCallback(
    (id: string, height: number) =>
      setHeights((now) => (now.get(id) === height ? now : new Map(now).set(id, height))),
    [],
  )

  return (
    <aside aria-label={t('margin')}>
      {cards.map(({ id, height }, index) => {
        const top = places[index] ?? 0
        const far = top + height < sight.from || top > sight.to
        if (far && id !== open) return null
        const thread = byId.get(id)
        return (
          <Placed key={id} id={id} top={top} above={id === open} onHeight={onHeight}>
            {thread ? (
              <ThreadCard
                thread={thread}
                open={id === open}
                passage="here"
                takesFocus={active?.focus ?? false}
                onOpen={() => passages.activate(thread.id, { show: false })}
                onClose={() => {
                  passages.activate(null)
                  onLeave()
                }}
              />
            ) : (
              <NewThread passages={passages} onDone={onLeave} />
            )}
          </Placed>
        )
      })}
    </aside>
  )
}

/** Whoever writes about words that somebody else takes out meanwhile does not lose what they write: it stays there. */
function useComposedTop(tops: readonly PassageTop[], composing: boolean): readonly PassageTop[] {
  const last = useRef<number | null>(null)
  const known = tops.find(({ id }) => id === COMPOSED)
  useEffect(() => {
    if (known || !composing) last.current = known?.top ?? null
  })
  if (!composing) return tops.filter(({ id }) => id !== COMPOSED)
  if (known || last.current === null) return tops
  const kept: PassageTop = { id: COMPOSED, top: last.current }
  return [...tops, kept].toSorted((one, other) => one.top - other.top)
}

type PlacedProps = {
  id: string
  top: number
  above: boolean
  onHeight: (id: string, height: number) => void
  children: ReactNode
}

function Placed({ id, top, above, onHeight, children }: PlacedProps) {
  const place = useRef<HTMLDivElement>(null)
  const [settled, setSettled] = useState(false)
  useLayoutEffect(() => {
    const element = place.current
    if (!element) return
    onHeight(id, element.offsetHeight)
    const sizes = new ResizeObserver(() => onHeight(id, element.offsetHeight))
    sizes.observe(element)
    return () => sizes.disconnect()
  }, [id, onHeight])
  // A card slides to where it must go next, but appears where it belongs.
  useEffect(() => {
    const frame = requestAnimationFrame(() => setSettled(true))
    return () => cancelAnimationFrame(frame)
  }, [])
  return (
    <div
      ref={place}
      data-settled={settled || undefined}
      style={{ transform: `translateY(${Math.round(top)}px)`, zIndex: above ? 1 : undefined }}
      className="desk-margin-card"
    >
      {children}
    </div>
  )
}

/** What part of the margin can be seen, or soon; in steps, so that scrolling seldom draws anew. Pixels from its top. */
function useSight(margin: HTMLElement): { readonly from: number; readonly to: number } {
  const [step, setStep] = useState(0)
  const [height, setHeight] = useState(() => innerHeight)
  useEffect(() => {
    const read = () => {
      setHeight(innerHeight)
      setStep(Math.round(-margin.getBoundingClientRect().top / (innerHeight / 2)))
    }
    read()
    addEventListener('scroll', read, { passive: true })
    addEventListener('resize', read)
    return () => {
      removeEventListener('scroll', read)
      removeEventListener('resize', read)
    }
  }, [margin])
  const top = step * (height / 2)
  return { from: top - AHEAD * height, to: top + (1 + AHEAD) * height }
}
