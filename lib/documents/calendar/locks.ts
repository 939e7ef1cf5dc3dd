import type { PlainDay } from '#lib/domain/calendar/slot.ts'
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

const DAY = /^\d{4}-\d{2}-\d{2}$/

export const lockKey = (target: LockTarget): string =>
  target.type === 'slot' ? `slot:${target.slot}` : `day:${target.day}`

function readTarget(key: string): LockTarget | null {
  const colon = key.indexOf(':')
  const name = key.slice(colon + 1)
  const kind = key.slice(0, colon)
  if (kind === 'day') return DAY.test(name) ? { type: 'day', day: name } : null
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
