import type { Lock } from '#lib/documents/calendar/locks.ts'
import type { Occurrence, PlainDay } from '#lib/domain/calendar/slot.ts'
import type { SlotId } from '#lib/domain/ids.ts'

export type LockIndex = {
  readonly slots: ReadonlyMap<SlotId, Lock>
  readonly days: ReadonlyMap<PlainDay, Lock>
}

export function lockIndex(locks: readonly Lock[]): LockIndex {
  const slots = new Map<SlotId, Lock>()
  const days = new Map<PlainDay, Lock>()
  for (const lock of locks) {
    if (lock.target.type === 'slot') slots.set(lock.target.slot, lock)
    else days.set(lock.target.day, lock)
  }
  return { slots, days }
}

/** The lock that holds an occurrence in its place: its slot’s own, or that of the day on which it begins. */
export const lockOf = ({ slot, day }: Occurrence, locks: LockIndex): Lock | null =>
  locks.slots.get(slot.id) ?? locks.days.get(day) ?? null
