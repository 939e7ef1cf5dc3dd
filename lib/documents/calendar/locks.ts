import { parseDay } from '#lib/domain/calendar/days.ts'
import { occurrenceOn } from '#lib/domain/calendar/recurrence.ts'
import type { PlainDay, Slot } from '#lib/domain/calendar/slot.ts'
import { parseSlotId, parseVolunteerId, type SlotId, type VolunteerId } from '#lib/domain/ids.ts'

/** What a coordinator can hold in its place: one slot, or everything that is planned on a day. */
export type LockTarget =
  | { readonly type: 'slot'; readonly slot: SlotId }
  | { readonly type: 'day'; readonly day: PlainDay }

export type Lock = {
  readonly target: LockTarget
  /** Null: whoever runs the machine. */
  readonly by: VolunteerId | null
  /** ISO 8601, UTC. */
  readonly at: string
  readonly reason: string
}

export const lockKey = (target: LockTarget): string =>
  target.type === 'slot' ? `slot:${target.slot}` : `day:${target.day}`

function readTarget(key: string): LockTarget | null {
  const colon = key.indexOf(':')
  const name = key.slice(colon + 1)
  const kind = key.slice(0, colon)
  if (kind === 'day') return parseDay(name) === null ? null : { type: 'day', day: name }
  const slot = kind === 'slot' ? parseSlotId(name) : null
  return slot && { type: 'slot', slot }
}

/** @returns null for what is no lock */
export function readLock(key: string, value: unknown): Lock | null {
  const target = readTarget(key)
  if (!target || typeof value !== 'object' || value === null) return null
  const { by, at, reason } = value as Record<string, unknown>
  return {
    target,
    by: typeof by === 'string' ? parseVolunteerId(by) : null,
    at: typeof at === 'string' ? at : '',
    reason: typeof reason === 'string' ? reason : '',
  }
}

/** What is held at a moment. A day is that of the slot's own clocks, by which its occurrences are named. */
export type Holds = { readonly slots: ReadonlySet<string>; readonly days: ReadonlySet<PlainDay> }

export function holdsOf(locks: Iterable<Lock>): Holds {
  const slots = new Set<string>()
  const days = new Set<PlainDay>()
  for (const { target } of locks) {
    if (target.type === 'slot') slots.add(target.slot)
    else days.add(target.day)
  }
  return { slots, days }
}

/** What takes place on a day, as far as a lock holds it. Whole days are compared as such: any zone will do. */
function placeOn(slot: Slot, day: PlainDay): string {
  const one = occurrenceOn(slot, day, 'UTC')
  return one === null ? '' : JSON.stringify([slot.time.kind, one.start, one.end, slot.channels])
}

/** Whether a locked day would not be left as it was, if the one became the other. Null: not there. */
export function disturbs({ days }: Holds, before: Slot | null, after: Slot | null): boolean {
  for (const day of days) {
    const was = before === null ? '' : placeOn(before, day)
    const is = after === null ? '' : placeOn(after, day)
    if (was !== is) return true
  }
  return false
}

/** Whether a slot is held in its place, by itself or with a day on which it begins. */
export const isHeld = (holds: Holds, slot: Slot): boolean =>
  holds.slots.has(slot.id) || disturbs(holds, slot, null)
