'use client'

import { CheckCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Dialog } from '#app/_ui/dialog.tsx'
import { EmptyState } from '#app/_ui/empty-state.tsx'
import type { Conflict } from '#lib/domain/calendar/conflicts.ts'
import { addDays, daysBetween } from '#lib/domain/calendar/days.ts'
import type { Occurrence } from '#lib/domain/calendar/slot.ts'
import { localDay } from '#lib/domain/calendar/zone.ts'
import { daysWords, dayWords, timeWords } from '../agenda/agenda-words.ts'
import { ChannelMark } from '../channels/channel-look.tsx'
import type { DialogProps } from '../dialog-asked.ts'
import { useCalendar } from '../model.ts'
import { type Silence, useWarnings } from './warnings.ts'

/** Conflicts and silences in the days on the screen, each a press away from where it can be put right. */
export function WarningsPanel({ onClose }: DialogProps<'warnings'>) {
  const t = useTranslations('calendar.warnings')
  const common = useTranslations('common')
  const { locale } = useCalendar()
  const { period, conflicts, gaps } = useWarnings()
  const days =
    period.from === period.to
      ? dayWords(period.from, locale, 'long')
      : daysWords(period.from, period.to, locale)
  return (
    <Dialog
      open
      size="wide"
      onOpenChange={(open) => !open && onClose()}
      title={t('title')}
      description={days}
      closeLabel={common('close')}
    >
      {conflicts.length + gaps.length === 0 && (
        <EmptyState icon={<CheckCheck />} title={t('none')}>
          {t('noneHint')}
        </EmptyState>
      )}
      {conflicts.length > 0 && (
        <Group title={t('conflicts')}>
          {conflicts.map((conflict, index) => (
            <ConflictLine key={index} conflict={conflict} onClose={onClose} />
          ))}
        </Group>
      )}
      {gaps.length > 0 && (
        <Group title={t('gaps')}>
          {gaps.map((gap) => (
            <GapLine key={`${gap.channel} ${gap.from}`} gap={gap} onClose={onClose} />
          ))}
        </Group>
      )}
    </Dialog>
  )
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mb-5">
      <h3 className="kicker mb-1">{title}</h3>
      <ul>{children}</ul>
    </section>
  )
}

function ConflictLine({ conflict, onClose }: { conflict: Conflict; onClose: () => void }) {
  const t = useTranslations('calendar.warnings')
  const channels = useTranslations('common.channels')
  const { kind, channel, occurrences } = conflict
  const minutes = Math.round(conflict.minutes ?? 0)
  return (
    <li className="border-rule border-b py-2.5">
      <p className="flex items-center gap-2 font-medium text-sm">
        {channel && <ChannelMark channel={channel} />}
        {t(`kinds.${kind}`, { channel: channel ? channels(channel) : '', minutes })}
      </p>
      <ul>
        {occurrences.map((one) => (
          <li key={`${one.slot.id} ${one.day}`}>
            <OccurrenceLink occurrence={one} onClose={onClose} />
          </li>
        ))}
      </ul>
    </li>
  )
}

function OccurrenceLink({ occurrence, onClose }: { occurrence: Occurrence; onClose: () => void }) {
  const t = useTranslations('calendar.warnings')
  const model = useCalendar()
  const { slot, start } = occurrence
  const { zone } = model.settings
  const day = localDay(start, zone)
  const open = () => {
    onClose()
    model.setFilter({ date: day })
    model.openSlot(slot.id, occurrence.day)
  }
  return (
    <button
      type="button"
      onClick={open}
      className="flex min-h-(--control-small) w-full items-baseline gap-3 rounded-sm px-1 py-1 text-left hover:bg-well"
    >
      <span className="figures shrink-0 text-soft text-sm">
        {dayWords(day, model.locale, 'short')}
        {slot.time.kind === 'timed' && ` ${timeWords(start, model.locale, zone)}`}
      </span>
      <span className="min-w-0 truncate font-semibold font-serif underline decoration-edge underline-offset-3">
        {slot.title || t('untitled')}
      </span>
    </button>
  )
}

function GapLine({ gap, onClose }: { gap: Silence; onClose: () => void }) {
  const t = useTranslations('calendar.warnings')
  const channels = useTranslations('common.channels')
  const model = useCalendar()
  const { rights, locale } = model
  const middle = addDays(gap.from, Math.floor(daysBetween(gap.from, gap.to) / 2))
  const go = () => {
    onClose()
    model.setFilter({ date: middle })
  }
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-rule border-b py-2">
      <ChannelMark channel={gap.channel} />
      <p className="min-w-0 grow text-sm">
        <span className="block font-medium">
          {t('gap', { channel: channels(gap.channel), days: gap.days })}
        </span>
        <span className="text-soft">
          {daysWords(gap.from, gap.to, locale)}
          {gap.others > 0 && ` ${t('gapOthers', { count: gap.others })}`}
        </span>
      </p>
      <button
        type="button"
        onClick={go}
        className="min-h-(--control-small) rounded-sm px-2 text-accent text-sm underline underline-offset-3 hover:bg-well"
      >
        {rights.write ? t('fill') : t('see')}
      </button>
    </li>
  )
}
