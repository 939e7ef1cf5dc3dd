import { setTimeout as pause } from 'node:timers/promises'
import { CLOSE } from '#lib/protocol/close-codes.ts'
import type { SyncLimits } from '../limits.ts'
import type { Rooms } from '../room/rooms.ts'
import type { Attendance, Attendee } from './attendance.ts'

/** How long a stopping server tries to acknowledge before it closes its sockets, in milliseconds. */
const LAST_WORDS = 1500
/** So many leave in one go; many go one group after the other. */
const GROUP = 50
const MOST_GROUPS = 12

/**
 * Sends everybody to another process, or to the next one (R14): group by group, so that those who come back do not
 * all knock at once. Of each group nothing more is taken; what was taken is committed and acknowledged; then its
 * sockets are closed. Those whose turn has not come go on working.
 */
export async function sendHome(
  attendance: Attendance,
  rooms: Rooms,
  { partingSpread }: Pick<SyncLimits, 'partingSpread'>,
): Promise<void> {
  const deadline = performance.now() + LAST_WORDS
  const everybody = [...attendance]
  const groups = inGroups(everybody, Math.max(GROUP, Math.ceil(everybody.length / MOST_GROUPS)))
  for (const [index, group] of groups.entries()) {
    if (index > 0) await pause(partingSpread / (groups.length - 1))
    await part(group, rooms, deadline - performance.now())
  }
  // Who came in while the door was closing.
  await part([...attendance], rooms, deadline - performance.now())
}

async function part(group: readonly Attendee[], rooms: Rooms, patience: number): Promise<void> {
  if (group.length === 0) return
  for (const attendee of group) attendee.freeze()
  const timer = new AbortController()
  const late = pause(Math.max(0, patience), undefined, { signal: timer.signal }).catch(() => {})
  await Promise.race([rooms.committed(), late])
  timer.abort()
  for (const attendee of group) attendee.close(CLOSE.goingAway)
}

function inGroups<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  const count = Math.ceil(all.length / size)
  return Array.from({ length: count }, (_, index) => all.slice(index * size, (index + 1) * size))
}
