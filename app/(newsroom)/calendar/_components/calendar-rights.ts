import type { Cell } from '#app/_collab/cell.ts'
import { holdsOf, isHeld, type Lock } from '#lib/documents/calendar/locks.ts'
import { can, type Who } from '#lib/domain/permissions.ts'
import type { Rights } from './model.ts'

/** What the page offers. The server decides, by the same table, on the locks that it has then. */
export function rightsOf(who: Who, locks: Cell<readonly Lock[]>): Rights {
  let of: readonly Lock[] = []
  let holds = holdsOf(of)
  const held = () => {
    if (of !== locks.get()) {
      of = locks.get()
      holds = holdsOf(of)
    }
    return holds
  }
  return {
    write: can(who, 'slot.edit', null),
    lock: can(who, 'calendar.lock', null),
    importFiles: can(who, 'calendar.import', null),
    configure: can(who, 'newsroom.configure', null),
    plan: (day) => can(who, 'slot.plan', { locked: held().days.has(day) }),
    move(slot, to) {
      const now = held()
      // Of a series, one occurrence may be held and the others free: which one it is about, its day says.
      const here = slot.repeat === null ? isHeld(now, slot) : now.slots.has(slot.id)
      return can(who, 'slot.move', { locked: here || (to !== undefined && now.days.has(to)) })
    },
    remove: (slot) => can(who, 'slot.delete', { locked: isHeld(held(), slot), createdBy: slot.createdBy }),
  }
}
