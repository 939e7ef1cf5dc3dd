'use client'

import { ListFilter, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from 'react'
import { useCell } from '#app/_collab/use-cell.ts'
import { classNames } from '#app/_ui/class-names.ts'
import { FIELD_LOOK } from '#app/_ui/field-look.ts'
import { LIMITS } from '#lib/domain/calendar/slot.ts'
import { useCalendar } from '../model.ts'

/** A word typed at speed changes what is shown once; milliseconds. */
const PAUSE_MS = 150

/** Words that what is shown must have. */
export function FilterText({ className }: { className?: string }) {
  const t = useTranslations('calendar.filters')
  const model = useCalendar()
  const { text } = useCell(model.filter)
  const [typed, setTyped] = useState(text)
  const asked = useRef(text)
  const ask = useEffectEvent((words: string) => {
    asked.current = words
    model.setFilter({ text: words })
  })
  useEffect(() => {
    if (typed.trim() === asked.current) return
    const timer = setTimeout(() => ask(typed.trim()), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed])
  // Changed from elsewhere: «clear the filters», or the way back.
  useEffect(() => {
    if (text === asked.current) return
    asked.current = text
    setTyped(text)
  }, [text])
  const clear = () => {
    setTyped('')
    ask('')
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || typed === '') return
    // The sheet around it stays open.
    event.stopPropagation()
    clear()
  }
  return (
    <span className={classNames('relative inline-block', className)}>
      <ListFilter
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-faint"
      />
      <input
        type="search"
        enterKeyHint="search"
        aria-label={t('text')}
        placeholder={t('text')}
        value={typed}
        maxLength={LIMITS.title}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={onKeyDown}
        className={`${FIELD_LOOK} h-(--control-small) pr-8 pl-8 text-sm [&::-webkit-search-cancel-button]:hidden`}
      />
      {typed && (
        <button
          type="button"
          aria-label={t('clearText')}
          onClick={clear}
          className="absolute inset-y-0 right-0 grid w-8 place-items-center text-faint hover:text-ink"
        >
          <X aria-hidden="true" className="size-4" />
        </button>
      )}
    </span>
  )
}
