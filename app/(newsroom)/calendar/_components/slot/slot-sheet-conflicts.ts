import { type Conflict, conflicts } from '#lib/domain/calendar/conflicts.ts'
import { DAY_MS } from '#lib/domain/calendar/days.ts'
import { occurrencesOf, ruleOccurrence } from '#lib/domain/calendar/recurrence.ts'
import { type SlotChange, timeAt } from '#lib/domain/calendar/reshape.ts'
import type { CalendarSettings } from '#lib/domain/calendar/settings.ts'
import type { Occurrence, PlainDay, Slot } from '#lib/domain/calendar/slot.ts'
import { dayOf } from '#lib/domain/calendar/time.ts'
import type { DraftId, SlotId } from '#lib/domain/ids.ts'
import { type DraftFace, faceOf } from '../model.ts'

/** How far doubles are looked for, to either side. */
const AROUND_MS = 8 * DAY_MS

export type Among = {
  readonly slots: ReadonlyMap<SlotId, Slot>
  readonly drafts: ReadonlyMap<DraftId, DraftFace>
  readonly settings: CalendarSettings
}

/** What is worth a second look about one occurrence, and about the others that it is near. */
export type Warning = { readonly conflict: Conflict; readonly others: readonly Occurrence[] }

/**
 * The warnings of one occurrence, as it is or as `change` would make it.
 * @param day its original day: what names it
 */
export function warningsOf(
  slot: Slot,
  day: PlainDay,
  among: Among,
  change: SlotChange = {},
): readonly Warning[] {
  const { settings, slots, drafts } = among
  const { zone } = settings
  const named = (one: Slot): Slot => ({ ...one, title: faceOf(one, drafts).title })
  // The occurrence stands by itself, in place of the one it is of: its siblings are others.
  const alone: Slot = {
    ...named(slot),
    ...change,
    time: change.time ?? timeAt(slot, day, zone),
    repeat: null,
    partOf: slot.repeat === null ? slot.partOf : { slot: slot.id, day },
  }
  const here = ruleOccurrence(alone, dayOf(alone.time), zone)
  if (!here) return []
  const others = occurrencesOf(slots.values(), here.start - AROUND_MS, here.end + AROUND_MS, zone)
    .filter((one) => one.slot.id !== slot.id || (slot.repeat !== null && one.day !== day))
    .map((one) => ({ ...one, slot: named(one.slot) }))
  return conflicts([...others, here], settings)
    .filter((conflict) => conflict.occurrences.includes(here))
    .map((conflict) => ({ conflict, others: conflict.occurrences.filter((one) => one !== here) }))
}
