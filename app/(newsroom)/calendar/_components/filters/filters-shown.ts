'use client'

import { useMemo } from 'react'
import { useCell } from '#app/_collab/use-cell.ts'
import { addDays } from '#lib/domain/calendar/days.ts'
import { type CalendarFilter, matcher } from '#lib/domain/calendar/filter.ts'
import { occurrencesOf } from '#lib/domain/calendar/recurrence.ts'
import type { Occurrence, PlainDay, Slot } from '#lib/domain/calendar/slot.ts'
import { startOfDay } from '#lib/domain/calendar/zone.ts'
import type { DraftId, SlotId } from '#lib/domain/ids.ts'
import { type DraftFace, faceOf, knownSlots, useCalendar } from '../model.ts'

function useKnownSlots(): ReadonlyMap<SlotId, Slot> {
  const model = useCalendar()
  const live = useCell(model.live)
  const past = useCell(model.past)
  return useMemo(() => knownSlots(live, past), [live, past])
}

export function slotsThatMatch(
  slots: Iterable<Slot>,
  filter: CalendarFilter,
  drafts: ReadonlyMap<DraftId, DraftFace>,
): readonly Slot[] {
  const match = matcher(filter)
  return [...slots].filter((slot) => match(slot, faceOf(slot, drafts)))
}

/** What takes place from the first day to the last, both included, and meets the filter of the page. */
export function useShown(from: PlainDay, to: PlainDay): readonly Occurrence[] {
  const model = useCalendar()
  const known = useKnownSlots()
  const filter = useCell(model.filter)
  const drafts = useCell(model.drafts)
  const { zone } = model.settings
  const matching = useMemo(() => slotsThatMatch(known.values(), filter, drafts), [known, filter, drafts])
  return useMemo(() => between(matching, from, to, zone), [matching, from, to, zone])
}

/** All that takes place in these days, whatever the filter. */
export function useAll(from: PlainDay, to: PlainDay): readonly Occurrence[] {
  const { settings } = useCalendar()
  const known = useKnownSlots()
  return useMemo(() => between(known.values(), from, to, settings.zone), [known, from, to, settings.zone])
}

const between = (slots: Iterable<Slot>, from: PlainDay, to: PlainDay, zone: string) =>
  occurrencesOf(slots, startOfDay(from, zone), startOfDay(addDays(to, 1), zone), zone)
