'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import { useWhenWords } from '../fields/slot-fields-when.ts'
import type { Preview, SkippedEvent } from './import-requests.ts'

/** Lines of a list that are shown; the rest is told as a number. */
const MOST = 50

/** The reasons that have words of their own (server/calendar/types.ts). */
const REASONS = [
  'noStart',
  'badStart',
  'badZone',
  'endsBeforeStart',
  'outOfRange',
  'repeatTooOften',
  'repeatNotKnown',
  'repeatNever',
  'cancelled',
  'unreadable',
] as const

type CountsProps = { added: number; updated: number; unchanged: number; skipped: number }

/** Four figures: what is new, what changes, what was here, what stays out. */
export function Counts(counts: CountsProps) {
  const t = useTranslations('calendar.import.counts')
  return (
    <dl className="grid grid-cols-2 gap-px border border-rule bg-rule sm:grid-cols-4">
      {(['added', 'updated', 'unchanged', 'skipped'] as const).map((name) => (
        <div key={name} className="flex flex-col-reverse bg-sheet px-3 py-2">
          <dt className="text-faint text-sm">{t(name)}</dt>
          <dd className="figures font-semibold font-serif text-2xl">{counts[name]}</dd>
        </div>
      ))}
    </dl>
  )
}

/** What would come in, and what would not. */
export function PreviewLists({ preview }: { preview: Preview }) {
  const t = useTranslations('calendar.import.counts')
  return (
    <div className="flex flex-col gap-2">
      <SlotList title={t('added')} slots={preview.added} open />
      <SlotList title={t('updated')} slots={preview.updated} />
      <SkippedList skipped={preview.skipped} />
    </div>
  )
}

function SlotList({ title, slots, open = false }: { title: string; slots: readonly Slot[]; open?: boolean }) {
  const t = useTranslations('calendar.import')
  const whenWords = useWhenWords()
  return (
    <List title={title} count={slots.length} open={open}>
      {slots.slice(0, MOST).map((slot) => (
        <li key={slot.id} className="border-rule border-b py-1.5">
          <p className="truncate font-medium">{slot.title || t('untitled')}</p>
          <p className="figures text-faint text-sm">
            {whenWords(slot)}
            {slot.repeat && ` · ${t('repeats')}`}
          </p>
        </li>
      ))}
    </List>
  )
}

export function SkippedList({ skipped }: { skipped: readonly SkippedEvent[] }) {
  const t = useTranslations('calendar.import')
  const reasons = useTranslations('calendar.import.reasons')
  const known = (reason: string) => REASONS.find((one) => one === reason) ?? 'unreadable'
  return (
    <List title={t('counts.skipped')} count={skipped.length}>
      {skipped.slice(0, MOST).map(({ uid, title, reason }, index) => (
        <li key={`${uid} ${index}`} className="border-rule border-b py-1.5">
          <p className="truncate font-medium">{title || t('untitled')}</p>
          <p className="text-faint text-sm">{reasons(known(reason))}</p>
        </li>
      ))}
    </List>
  )
}

type ListProps = { title: string; count: number; open?: boolean; children: ReactNode }

function List({ title, count, open = false, children }: ListProps) {
  const t = useTranslations('calendar.import')
  if (count === 0) return null
  return (
    <details open={open} className="group/list">
      <summary className="flex min-h-(--control-small) items-center gap-2 font-medium text-sm">
        {title}
        <span className="figures text-faint">{count}</span>
      </summary>
      <ul className="max-h-60 overflow-y-auto overscroll-contain">
        {children}
        {count > MOST && (
          <li className="py-1.5 text-faint text-sm">{t('others', { count: count - MOST })}</li>
        )}
      </ul>
    </details>
  )
}
