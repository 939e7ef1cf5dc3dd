'use client'

import { useMemo } from 'react'
import { useCell } from '#app/_collab/use-cell.ts'
import { type Conflict, conflicts } from '#lib/domain/calendar/conflicts.ts'
import { addDays } from '#lib/domain/calendar/days.ts'
import { type Gap, gaps } from '#lib/domain/calendar/gaps.ts'
import type { CalendarSettings } from '#lib/domain/calendar/settings.ts'
import type { Occurrence, PlainDay, Slot } from '#lib/domain/calendar/slot.ts'
import { startOfDay } from '#lib/domain/calendar/zone.ts'
import { CHANNELS } from '#lib/domain/channels/channels.ts'
import { useAll } from '../filters/filters-shown.ts'
import { firstWeekday, type Period, periodOf } from '../grid/grid-period.ts'
import { faceOf, useCalendar } from '../model.ts'

/** Days that the agenda is looked at for: it has no end of its own. */
const AGENDA_DAYS = 30
/** Days around that are looked at too: a silence or a double does not begin with what is on the screen. */
const AROUND = 31

export type Warnings = {
  readonly period: Period
  readonly conflicts: readonly Conflict[]
  readonly gaps: readonly Silence[]
}

/** The first silence of a channel; where a channel has many, a line for each would hide what can be acted on. */
export type Silence = Gap & { readonly others: number }

/** The days on the screen, both included. */
function useShownPeriod(): Period {
  const model = useCalendar()
  const { view, day } = useCell(model.shown)
  if (view === 'agenda') return { from: day, to: addDays(day, AGENDA_DAYS) }
  return periodOf(view, day, firstWeekday(model.locale))
}

/** What is worth a second look in the days on the screen, from today on: what is over needs none. */
export function useWarnings(): Warnings {
  const model = useCalendar()
  const { from, to } = useShownPeriod()
  const today = useCell(model.today)
  const drafts = useCell(model.drafts)
  const live = useCell(model.live)
  const { settings } = model
  const around = useAll(later(addDays(from, -AROUND), today), addDays(to, AROUND))
  return useMemo(() => {
    // As everybody sees them: the title of a slot with a draft is the draft’s.
    const seen = around.map((one) => ({
      ...one,
      slot: { ...one.slot, title: faceOf(one.slot, drafts).title },
    }))
    return { period: { from, to }, ...warningsIn(seen, { from, to }, today, settings, live.values()) }
  }, [around, drafts, live, settings, from, to, today])
}

const later = (a: PlainDay, b: PlainDay) => (a > b ? a : b)

export function warningsIn(
  around: readonly Occurrence[],
  period: Period,
  today: PlainDay,
  settings: CalendarSettings,
  plan: Iterable<Slot>,
): Omit<Warnings, 'period'> {
  const { zone } = settings
  const from = later(period.from, today)
  if (period.to < from) return { conflicts: [], gaps: [] }
  const start = startOfDay(from, zone)
  const end = startOfDay(addDays(period.to, 1), zone)
  const silentFrom = startOfDay(later(addDays(from, -AROUND), today), zone)
  const silentTo = startOfDay(addDays(period.to, AROUND + 1), zone)
  return {
    conflicts: conflicts(around, settings)
      .filter(({ occurrences }) => occurrences.some((one) => one.start >= start && one.start < end))
      .toSorted((a, b) => startOf(a) - startOf(b)),
    gaps: byChannel(
      gaps(around, settings, silentFrom, silentTo, usedChannels(plan)).filter(
        (gap) => gap.from <= period.to && gap.to >= from,
      ),
    ),
  }
}

function byChannel(found: readonly Gap[]): readonly Silence[] {
  const first = found.filter((gap, index) => found[index - 1]?.channel !== gap.channel)
  return first
    .map((gap) => ({ ...gap, others: found.filter(({ channel }) => channel === gap.channel).length - 1 }))
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
}

const startOf = ({ occurrences: [first] }: Conflict) => first?.start ?? 0

/** Silence on a channel that the newsroom never uses is no news. `other` is no channel that could be silent. */
function usedChannels(plan: Iterable<Slot>) {
  const used = new Set([...plan].flatMap((slot) => slot.channels))
  return CHANNELS.filter((channel) => channel !== 'other' && used.has(channel))
}
