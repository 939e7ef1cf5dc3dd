import { randomUUID } from 'node:crypto'
import * as Y from 'yjs'
import { putSlot } from '#lib/documents/calendar/edits.ts'
import { type LockTarget, lockKey } from '#lib/documents/calendar/locks.ts'
import { calendarKind, locksOf } from '#lib/documents/calendar/shape.ts'
import { CALENDAR } from '#lib/documents/registry.ts'
import { type Slot, UNSAID } from '#lib/domain/calendar/slot.ts'
import type { SlotId } from '#lib/domain/ids.ts'
import type { Actor, Role } from '#lib/domain/permissions.ts'
import { actorNamed } from './harness.ts'
import { openRooms } from './room-harness.ts'

export const newSlotId = () => randomUUID() as string as SlotId

/** A slot at noon (UTC) of a day; what is not said goes without saying. */
export function slotOn(day: string, more: Partial<Slot> = {}): Slot {
  return {
    ...UNSAID,
    id: newSlotId(),
    title: 'Un créneau',
    time: { kind: 'timed', at: `${day}T12:00:00Z`, zone: 'UTC' },
    minutes: 30,
    channels: ['facebook'],
    createdBy: null,
    ...more,
  }
}

export const personWho = (role: Role, name: string = role): Actor => ({ ...actorNamed(name), role })

export const timeOn = (day: string) => ({ kind: 'timed', at: `${day}T12:00:00Z`, zone: 'UTC' }) as const

export function calendarWith(slots: readonly Slot[], locks: readonly LockTarget[] = []): Uint8Array {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (const slot of slots) putSlot(doc, slot)
    for (const target of locks) locksOf(doc).set(lockKey(target), { by: null, at: '', reason: '' })
  })
  return Y.encodeStateAsUpdate(doc)
}

/** A calendar in a room over a log in memory. */
export function openCalendar(slots: readonly Slot[], locks: readonly LockTarget[] = []) {
  const house = openRooms()
  house.memory.create(CALENDAR.name, calendarWith(slots, locks))
  return { ...house, join: (actor: Actor) => house.join(CALENDAR, actor) }
}

/** Everything that a replica says, whatever the order in which it came. */
export function saysOf(doc: Y.Doc): string {
  const { slots, locks, stubs, partial } = calendarKind.read(doc)
  const sorted = slots.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const held = locks.map(({ target }) => lockKey(target)).toSorted()
  return JSON.stringify(
    { slots: sorted, held, stubs: stubs.toSorted(), partial: partial.toSorted() },
    null,
    1,
  )
}
