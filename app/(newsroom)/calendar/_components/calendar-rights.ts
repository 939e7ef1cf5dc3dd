import type { Cell } from '#app/_collab/cell.ts'
import type { Lock } from '#lib/documents/calendar/locks.ts'
import type { PlainDay, Slot } from '#lib/domain/calendar/slot.ts'
import { startOf } from '#lib/domain/calendar/time.ts'
import { localDay } from '#lib/domain/calendar/zone.ts'
import { can, type Who } from '#lib/domain/permissions.ts'
import type { Rights } from './model.ts'

export const isDayLocked = (locks: readonly Lock[], day: PlainDay): boolean =>
  locks.some(({ target }) => target.type === 'day' && target.day === day)

/** Whether the slot is held in its place, by itself or with its day. `zone`: the newsroom’s. */
export const lockOf = (locks: readonly Lock[], slot: Slot, zone: string): Lock | null => {
  const day = localDay(startOf(slot.time, zone), zone)
  return (
    locks.find(({ target }) => (target.type === 'slot' ? target.slot === slot.id : target.day === day)) ??
    null
  )
}

/** What the page offers. The server decides (`can()`, server/calendar), on the locks that it has then. */
export function rightsOf(who: Who, zone: string, locks: Cell<readonly Lock[]>): Rights {
  const held = (slot: Slot) => lockOf(locks.get(), slot, zone) !== null
  return {
    write: can(who, 'slot.edit', null),
    lock: can(who, 'calendar.lock', null),
    importFiles: can(who, 'calendar.import', null),
    configure: can(who, 'newsroom.configure', null),
    move: (slot, to) =>
      can(who, 'slot.move', { locked: held(slot) || (to !== undefined && isDayLocked(locks.get(), to)) }),
    remove: (slot) => can(who, 'slot.delete', { locked: held(slot), createdBy: slot.createdBy }),
  }
}
