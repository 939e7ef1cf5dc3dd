import type { Lock } from '#lib/documents/calendar/locks.ts'
import { addDays, daysBetween } from '#lib/domain/calendar/days.ts'
import type { Occurrence, PlainDay } from '#lib/domain/calendar/slot.ts'
import { localDay } from '#lib/domain/calendar/zone.ts'
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

/** The lock that holds an occurrence in its place: its slot’s own, or that of a day it touches. */
export function lockOf(occurrence: Occurrence, locks: LockIndex, zone: string): Lock | null {
  const own = locks.slots.get(occurrence.slot.id)
  if (own || locks.days.size === 0) return own ?? null
  const first = localDay(occurrence.start, zone)
  const last = localDay(Math.max(occurrence.end - 1, occurrence.start), zone)
  for (let day = 0; day <= daysBetween(first, last); day += 1) {
    const lock = locks.days.get(addDays(first, day))
    if (lock) return lock
  }
  return null
}
