'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import type { WritableCell } from '#app/_collab/cell.ts'
import { useCell } from '#app/_collab/use-cell.ts'
import { FORMATS } from './formats.ts'
import type { SlashView } from './slash-menu.ts'

/** Room the list needs under the caret, in pixels; without it, it opens above. */
const NEEDED = 320

/** The list that «/» opens. The caret stays in the text: keys reach the list through the editor. */
export function SlashList({ view }: { view: WritableCell<SlashView | null> }) {
  const t = useTranslations('editor')
  const open = useCell(view)
  const list = useRef<HTMLDivElement>(null)
  const chosen = open?.chosen
  useEffect(() => {
    if (chosen !== undefined) list.current?.children[chosen]?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  if (!open) return null
  const { left, top, bottom } = open.at
  const below = innerHeight - bottom > NEEDED || bottom < NEEDED
  const place = below ? { top: bottom + 6 } : { bottom: innerHeight - top + 6 }
  return (
    <div
      ref={list}
      role="listbox"
      aria-label={t('insert')}
      style={{ ...place, left: Math.min(left, innerWidth - 248) }}
      className="fixed z-30 max-h-75 w-60 overflow-y-auto rounded-md border border-rule bg-sheet p-1 shadow-lift"
    >
      {open.items.map((item, index) => {
        const { icon: Icon } = FORMATS[item.id]
        return (
          <div
            key={item.id}
            role="option"
            tabIndex={-1}
            aria-selected={index === open.chosen}
            onPointerDown={(event) => {
              event.preventDefault()
              open.choose(item)
            }}
            onPointerEnter={() => view.set({ ...open, chosen: index })}
            className="flex min-h-(--control-small) cursor-pointer select-none items-center gap-2.5 rounded-sm px-2.5 py-1 aria-selected:bg-well"
          >
            <Icon aria-hidden="true" className="size-4 text-faint" />
            {item.label}
          </div>
        )
      })}
      <output className="sr-only">{open.items[open.chosen]?.label}</output>
    </div>
  )
}
