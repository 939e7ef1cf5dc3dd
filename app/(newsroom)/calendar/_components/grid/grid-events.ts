import type { EventInput } from '@fullcalendar/react'
import { addDays } from '#lib/domain/calendar/days.ts'
import type { Occurrence, PlainDay, Slot } from '#lib/domain/calendar/slot.ts'
import { parseSlotId, type SlotId } from '#lib/domain/ids.ts'
import { wallOf } from './grid-wall.ts'

/** The name of an occurrence within the page. A slot that takes place once keeps its name when it moves. */
export const keyOf = (slot: Pick<Slot, 'id' | 'repeat'>, day: PlainDay): string =>
  slot.repeat === null ? `${slot.id}/` : `${slot.id}/${day}`

/** `day` is null for a slot that takes place once. */
export function parseKey(key: string): { readonly slot: SlotId; readonly day: PlainDay | null } | null {
  const slot = parseSlotId(key.slice(0, 36))
  return slot && key[36] === '/' ? { slot, day: key.slice(37) || null } : null
}

/** How much room a moment takes, so that it can be read and pressed; milliseconds on the wall. */
const LEAST_MS = 15 * 60_000

/** On the night when the clocks go back, a slot may end before it begins as the wall has it. */
function wallEnd(start: string, end: number, zone: string): string {
  const least = new Date(Date.parse(`${start}Z`) + LEAST_MS).toISOString().slice(0, 19)
  const wall = wallOf(end, zone)
  return wall < least ? least : wall
}

/** An occurrence as FullCalendar needs it: when, and whether it may be taken up. Its words are drawn by us. */
export function eventOf(
  { slot, day, start, end }: Occurrence,
  zone: string,
  movable: (slot: Slot, day: PlainDay) => boolean,
): EventInput {
  const id = keyOf(slot, day)
  const editable = movable(slot, day)
  if (slot.time.kind === 'allDay')
    return { id, start: day, end: addDays(day, slot.days), allDay: true, editable }
  const from = wallOf(start, zone)
  return { id, start: from, end: wallEnd(from, end, zone), allDay: false, editable }
}

/** The same list as before where nothing of it changed: FullCalendar draws every event of a new list again. */
export function sameEvents(a: readonly EventInput[], b: readonly EventInput[]): boolean {
  return (
    a.length === b.length &&
    a.every((one, index) => {
      const other = b[index]
      return (
        one.id === other?.id &&
        one.start === other?.start &&
        one.end === other?.end &&
        one.editable === other?.editable
      )
    })
  )
}
