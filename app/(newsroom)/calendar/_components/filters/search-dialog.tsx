'use client'

import { CalendarArrowDown, Repeat } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useCell } from '#app/_collab/use-cell.ts'
import { useErrorText } from '#app/_i18n/error-text.ts'
import { Badge } from '#app/_ui/badge.tsx'
import { Button } from '#app/_ui/button.tsx'
import { Dialog } from '#app/_ui/dialog.tsx'
import { FormError } from '#app/_ui/form-error.tsx'
import { IconButton } from '#app/_ui/icon-button.tsx'
import { SearchField } from '#app/_ui/search-field.tsx'
import { nextOccurrence } from '#lib/domain/calendar/recurrence.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import { dayOf, startOf } from '#lib/domain/calendar/time.ts'
import { localDay } from '#lib/domain/calendar/zone.ts'
import { moveAmongLines } from '../agenda/agenda-keys.ts'
import { Channels } from '../agenda/agenda-line.tsx'
import { dayWords, timeWords } from '../agenda/agenda-words.ts'
import type { DialogProps } from '../dialog-asked.ts'
import { faceOf, useCalendar } from '../model.ts'
import { useSearch } from './search-results.ts'

/** Finds a slot of any year, the archive included. */
export function SearchDialog({ onClose }: DialogProps<'search'>) {
  const t = useTranslations('calendar.filters.search')
  const common = useTranslations('common')
  const errorText = useErrorText()
  const model = useCalendar()
  const [typed, setTyped] = useState('')
  const { text, rows, more, busy, error, readMore } = useSearch(typed)
  const lines = useRef<HTMLUListElement>(null)
  useEffect(() => model.wantDrafts(rows.flatMap(({ slot }) => slot.draft ?? [])), [model, rows])

  const onFieldKey = (event: KeyboardEvent) => {
    const first = lines.current?.querySelector<HTMLElement>('[data-line]')
    if (event.key === 'ArrowDown' && first) {
      event.preventDefault()
      first.focus()
    }
    if (event.key === 'Enter' && !busy) first?.click()
  }
  return (
    <Dialog
      open
      size="wide"
      onOpenChange={(open) => !open && onClose()}
      title={t('title')}
      closeLabel={common('close')}
    >
      <SearchField
        label={t('field')}
        value={typed}
        onChange={setTyped}
        onKeyDown={onFieldKey}
        busy={busy && typed.trim() !== ''}
      />
      <div className="mt-3 min-h-40">
        <FormError>{errorText(error)}</FormError>
        <p role="status" className="text-faint text-sm">
          {text === '' ? t('hint') : t('count', { count: rows.length, more: String(more) })}
        </p>
        <ul ref={lines} onKeyDown={moveAmongLines} className="mt-1">
          {rows.map(({ slot, archived }) => (
            <FoundSlot key={slot.id} slot={slot} archived={archived} onClose={onClose} />
          ))}
        </ul>
        {more && (
          <div className="flex justify-center pt-3">
            <Button size="small" onClick={readMore}>
              {t('more')}
            </Button>
          </div>
        )}
      </div>
    </Dialog>
  )
}

type FoundProps = { slot: Slot; archived: boolean; onClose: () => void }

function FoundSlot({ slot, archived, onClose }: FoundProps) {
  const t = useTranslations('calendar.filters.search')
  const model = useCalendar()
  const { zone } = model.settings
  const face = faceOf(slot, useCell(model.drafts))
  const title = face.title || t('untitled')
  // Of one that comes again, the next time is the one that is looked for; of one that is over, its first.
  const next = slot.repeat && nextOccurrence(slot, Date.now(), zone)
  const start = next?.start ?? startOf(slot.time, zone)
  const day = localDay(start, zone)
  const jump = () => {
    model.setFilter({ date: day })
    onClose()
  }
  const open = () => {
    jump()
    model.openSlot(slot.id, next?.day ?? dayOf(slot.time))
  }
  return (
    <li className="relative flex items-center gap-3 border-rule border-b py-1.5 pl-1 hover:bg-well has-[[data-line]:focus-visible]:bg-well">
      <div className="min-w-0 grow">
        <div className="flex items-center gap-2">
          <Channels slot={slot} />
          <button
            type="button"
            data-line=""
            onClick={open}
            className="min-w-0 truncate text-left font-semibold font-serif after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent"
          >
            {title}
          </button>
        </div>
        <p className="figures flex flex-wrap items-center gap-x-2 text-soft text-sm">
          {dayWords(day, model.locale, 'full')}
          {slot.time.kind === 'timed' && <span>{timeWords(start, model.locale, zone)}</span>}
          {slot.repeat && <Repeat aria-label={t('repeats')} className="size-3.5 text-faint" />}
          {archived && <Badge>{t('archived')}</Badge>}
        </p>
      </div>
      <IconButton
        label={t('jump', { day: dayWords(day, model.locale, 'long') })}
        onClick={jump}
        className="relative"
      >
        <CalendarArrowDown aria-hidden="true" />
      </IconButton>
    </li>
  )
}
