'use client'

import { CalendarOff, FileText, Lock as LockIcon, Repeat } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useCell } from '#app/_collab/use-cell.ts'
import { Avatar } from '#app/_ui/avatar.tsx'
import { StageBadge } from '#app/(newsroom)/drafts/_components/stage-badge.tsx'
import type { Lock } from '#lib/documents/calendar/locks.ts'
import type { Occurrence, Slot } from '#lib/domain/calendar/slot.ts'
import { parseInstant } from '#lib/domain/calendar/time.ts'
import { ChannelMark } from '../channels/channel-look.tsx'
import { faceOf, useCalendar } from '../model.ts'
import type { AgendaEntry } from './agenda-days.ts'
import { timeWords } from './agenda-words.ts'

type Props = AgendaEntry & { lock: Lock | null }

/** One slot on one day. All of the line opens it. */
export function AgendaLine({ occurrence, part, lock }: Props) {
  const t = useTranslations('calendar.agenda')
  const model = useCalendar()
  const { slot } = occurrence
  const face = faceOf(slot, useCell(model.drafts))
  const title = face.title || t('untitled')
  return (
    <li className="relative grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-0.5 rounded-sm px-1.5 py-2 transition-colors hover:bg-well has-[[data-line]:focus-visible]:bg-well sm:grid-cols-[7.5rem_minmax(0,1fr)_auto] sm:px-2.5">
      <span className="figures text-soft text-sm max-sm:col-start-1 max-sm:row-start-1">
        <When occurrence={occurrence} />
        {part && <span className="text-faint"> {t('part', part)}</span>}
      </span>
      <span className="flex min-w-0 items-center gap-2 max-sm:col-span-2 max-sm:row-start-2">
        <Channels slot={slot} />
        <button
          type="button"
          data-line=""
          onClick={() => model.openSlot(slot.id, occurrence.day)}
          className="min-w-0 truncate text-left font-semibold font-serif text-[1.0625rem] leading-snug after:absolute after:inset-0 after:rounded-sm focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent"
        >
          {title}
        </button>
        <Signs slot={slot} locked={lock !== null} />
      </span>
      <span className="flex items-center gap-2.5 max-sm:col-start-2 max-sm:row-start-1">
        <StageBadge stage={face.stage} />
        <Owner slot={slot} />
      </span>
    </li>
  )
}

function When({ occurrence }: { occurrence: Occurrence }) {
  const t = useTranslations('calendar.agenda')
  const { locale, settings } = useCalendar()
  if (occurrence.slot.time.kind === 'allDay') return t('allDay')
  return (
    <time dateTime={new Date(occurrence.start).toISOString()}>
      {timeWords(occurrence.start, locale, settings.zone)}
    </time>
  )
}

/** Where it is published: signs for the eye, names for who listens. */
export function Channels({ slot }: { slot: Slot }) {
  const t = useTranslations('common.channels')
  if (slot.channels.length === 0) return null
  return (
    <span className="flex shrink-0 gap-0.5">
      {slot.channels.map((channel) => (
        <span key={channel} title={t(channel)} className="inline-flex">
          <ChannelMark channel={channel} />
          <span className="sr-only">{t(channel)}</span>
        </span>
      ))}
    </span>
  )
}

/** What is not usual about a slot: it repeats, has a text, is held in place, may not go out yet. */
export function Signs({ slot, locked }: { slot: Slot; locked: boolean }) {
  const t = useTranslations('calendar.agenda')
  const embargo = parseInstant(slot.embargo)
  const signs = [
    { shown: slot.repeat !== null, icon: Repeat, word: t('repeats') },
    { shown: slot.draft !== null, icon: FileText, word: t('hasDraft') },
    { shown: embargo !== null && embargo > Date.now(), icon: CalendarOff, word: t('embargo') },
    { shown: locked, icon: LockIcon, word: t('locked') },
  ]
  return (
    <span className="flex shrink-0 gap-1.5 text-faint">
      {signs.map(
        ({ shown, icon: Icon, word }) =>
          shown && (
            <span key={word} title={word} className="inline-flex">
              <Icon aria-hidden="true" className="size-3.5" />
              <span className="sr-only">{word}</span>
            </span>
          ),
      )}
    </span>
  )
}

export function Owner({ slot }: { slot: Slot }) {
  const { people } = useCalendar()
  const owner = slot.owner && people.get(slot.owner)
  // An empty place of the same width: the badges beside it stay in one column.
  return owner ? (
    <Avatar name={owner.name} color={owner.color} size="small" />
  ) : (
    <span aria-hidden="true" className="size-6" />
  )
}
