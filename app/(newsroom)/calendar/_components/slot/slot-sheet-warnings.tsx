'use client'

import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useCell } from '#app/_collab/use-cell.ts'
import type { SlotChange } from '#lib/domain/calendar/reshape.ts'
import type { Occurrence, PlainDay, Slot } from '#lib/domain/calendar/slot.ts'
import { parseInstant } from '#lib/domain/calendar/time.ts'
import { clockText, instantOf, localDay } from '#lib/domain/calendar/zone.ts'
import { dayWords, timeWords } from '../agenda/agenda-words.ts'
import { useCalendar } from '../model.ts'
import { type Warning, warningsOf } from './slot-sheet-conflicts.ts'

type Props = { slot: Slot; day: PlainDay; change?: SlotChange; onOpen?: (one: Occurrence) => void }

const UNCHANGED: SlotChange = {}

function useWarnings(slot: Slot, day: PlainDay, change: SlotChange): readonly Warning[] {
  const model = useCalendar()
  const slots = useCell(model.live)
  const drafts = useCell(model.drafts)
  const { settings } = model
  const asked = JSON.stringify(change)
  return useMemo(
    () => warningsOf(slot, day, { slots, drafts, settings }, change),
    // A change is plain data that is put together at every render.
    [slot, day, slots, drafts, settings, asked],
  )
}

/** What is worth a second look about a slot, each with what to do about it. Nothing of it forbids the plan. */
export function Warnings({ slot, day, change = UNCHANGED, onOpen }: Props) {
  const t = useTranslations('calendar.sheet.warnings')
  const words = useWarningWords()
  const warnings = useWarnings(slot, day, change)
  return (
    <div aria-live="polite" className="empty:-mt-4">
      {warnings.length > 0 && (
        <ul
          aria-label={t('label')}
          className="flex flex-col gap-2 border-warn border-l-3 bg-warn-wash px-3 py-2"
        >
          {warnings.map((warning) => (
            <li key={keyOf(warning)} className="flex items-start gap-2 text-sm">
              <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-warn" />
              <span className="min-w-0 grow">{words(warning, slot)}</span>
              {onOpen && warning.others[0] && <SeeButton one={warning.others[0]} onOpen={onOpen} />}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

const keyOf = ({ conflict, others }: Warning) =>
  [conflict.kind, conflict.channel, ...others.map(({ slot, day }) => `${slot.id} ${day}`)].join()

function SeeButton({ one, onOpen }: { one: Occurrence; onOpen: (one: Occurrence) => void }) {
  const t = useTranslations('calendar.sheet')
  const title = one.slot.title || t('untitled')
  return (
    <button
      type="button"
      onClick={() => onOpen(one)}
      aria-label={t('warnings.see', { title })}
      className="-my-1 min-h-(--control-small) shrink-0 rounded-sm px-1.5 font-medium underline underline-offset-2 hover:bg-well"
    >
      {t('warnings.seeShort')}
    </button>
  )
}

function useWarningWords(): (warning: Warning, slot: Slot) => string {
  const t = useTranslations('calendar.sheet.warnings')
  const sheet = useTranslations('calendar.sheet')
  const channels = useTranslations('common.channels')
  const { locale, settings } = useCalendar()
  const { zone, minGapMinutes: gap, quietFrom, quietTo } = settings
  const clock = (minutes: number | null) =>
    timeWords(instantOf('2026-01-15', clockText(minutes ?? 0), zone), locale, zone)
  return ({ conflict, others }, slot) => {
    const title = others.map((one) => one.slot.title || sheet('untitled')).join(', ')
    const channel = conflict.channel ? channels(conflict.channel) : ''
    const first = others[0]
    if (conflict.kind === 'embargo') {
      const until = parseInstant(slot.embargo) ?? 0
      return t('embargo', {
        day: dayWords(localDay(until, zone), locale, 'long'),
        time: timeWords(until, locale, zone),
      })
    }
    if (conflict.kind === 'quietHours') return t('quietHours', { from: clock(quietFrom), to: clock(quietTo) })
    if (conflict.kind === 'sameTime') return t('sameTime', { title, channel })
    if (conflict.kind === 'tooClose')
      return t('tooClose', { title, channel, minutes: conflict.minutes ?? 0, gap })
    const day = first ? dayWords(localDay(first.start, zone), locale, 'long') : ''
    return t('duplicate', { title, channel, day })
  }
}
