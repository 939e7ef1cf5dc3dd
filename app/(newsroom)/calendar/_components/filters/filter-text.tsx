'use client'

import { ListFilter } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { KeyboardEvent } from 'react'
import { useCell } from '#app/_collab/use-cell.ts'
import { SearchField } from '#app/_ui/search-field.tsx'
import { useTypedSearch } from '#app/_ui/use-typed-search.ts'
import { LIMITS } from '#lib/domain/calendar/slot.ts'
import { useCalendar } from '../model.ts'

/** Words that what is shown must have. */
export function FilterText({ className }: { className?: string }) {
  const t = useTranslations('calendar.filters')
  const model = useCalendar()
  const { text } = useCell(model.filter)
  const { typed, setTyped, clear } = useTypedSearch(text, (words) => model.setFilter({ text: words.trim() }))
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || typed === '') return
    // The sheet around it stays open.
    event.stopPropagation()
    clear()
  }
  return (
    <SearchField
      label={t('text')}
      value={typed}
      onChange={setTyped}
      onKeyDown={onKeyDown}
      clear={{ label: t('clearText'), onClear: clear }}
      size="small"
      sign={<ListFilter />}
      maxLength={LIMITS.title}
      {...(className !== undefined && { className })}
    />
  )
}
