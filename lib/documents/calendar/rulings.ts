import { nextOccurrence } from '#lib/domain/calendar/recurrence.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import { parseVolunteerId, type SlotId, type VolunteerId } from '#lib/domain/ids.ts'
import { can, type Who } from '#lib/domain/permissions.ts'
import { ARCHIVED, isPlaceKey, readSlot, sameValue } from './fields.ts'
import { disturbs, type Holds, isHeld } from './locks.ts'

/** What a slot's place holds, as it stands there; null: there is no such place. */
export type Entries = ReadonlyMap<string, unknown>

export type Change = {
  readonly id: SlotId
  readonly before: Entries | null
  readonly after: Entries | null
  readonly actor: Who
  readonly holds: Holds
  /** Who planned it, where it was there once and somebody takes the removal back. */
  readonly formerAuthor: VolunteerId | null
  /** The calendar holds as many slots as it may. */
  readonly full: boolean
}

/** What the place has to hold; `refused`: that is not all that the actor wanted. */
export type Ruling = { readonly target: Entries | null; readonly refused: boolean }

const CREATED_BY = 'createdBy'

/** Decides, through `can()`, what remains of a change of one slot. */
export function rule(change: Change): Ruling {
  const { before, after, actor } = change
  if (!can(actor, 'slot.edit', null)) return { target: before, refused: true }
  if (before === null) return after === null ? { target: null, refused: false } : ruleNew(change, after)
  if (before.get(ARCHIVED) === true) return ruleArchived(change, before)
  const was = readSlot(change.id, before)
  const is = after && readSlot(change.id, keeping(after, before, [ARCHIVED]))
  if (after === null || (was && !is)) return ruleRemoval(change, before, was)
  const target = keeping(after, before, [ARCHIVED, CREATED_BY])
  const refused = !sameEntries(target, after)
  if (was && is) {
    if (mayMove(change, after, was, is)) return { target, refused }
    return { target: withPlaceOf(before, target), refused: true }
  }
  return is && !mayPlan(change, is) ? { target: before, refused: true } : { target, refused }
}

function ruleNew(change: Change, after: Entries): Ruling {
  const author = change.formerAuthor ?? change.actor.volunteerId
  const target = new Map([...after, [CREATED_BY, author]])
  target.delete(ARCHIVED)
  const slot = readSlot(change.id, target)
  if (change.full || (slot && !mayPlan(change, slot))) return { target: null, refused: true }
  return { target, refused: false }
}

/** A late edit of a slot that is in the archive. Removing its place would lose what others changed meanwhile. */
function ruleArchived({ id, after, actor, holds }: Change, before: Entries): Ruling {
  if (after === null) return { target: before, refused: true }
  const target = keeping(after, before, [ARCHIVED, CREATED_BY])
  const refused = !sameEntries(target, after)
  const locked = holds.slots.has(id) && ![...target.keys()].every((key) => !isPlaceKey(key))
  if (locked && !can(actor, 'slot.move', { locked })) {
    return { target: withPlaceOf(before, target), refused: true }
  }
  return { target, refused }
}

/** A place that is no slot any more is removed: what is left of it is nothing that anybody could see. */
function ruleRemoval({ id, actor, holds }: Change, before: Entries, was: Slot | null): Ruling {
  const by = before.get(CREATED_BY)
  const createdBy = typeof by === 'string' ? parseVolunteerId(by) : null
  const locked = was ? isHeld(holds, was) : holds.slots.has(id)
  const may = can(actor, 'slot.delete', { locked, createdBy })
  return may ? { target: null, refused: false } : { target: before, refused: true }
}

/** One that stands for an occurrence of another slot takes that one's place: a lock there binds it too. */
function mayPlan({ actor, holds }: Change, slot: Slot): boolean {
  const { partOf } = slot
  const takesPlace = partOf !== null && (holds.slots.has(partOf.slot) || holds.days.has(partOf.day))
  return can(actor, 'slot.plan', { locked: takesPlace || isHeld(holds, slot) })
}

function mayMove({ id, before, actor, holds }: Change, after: Entries, was: Slot, is: Slot): boolean {
  const keys = new Set([...(before?.keys() ?? []), ...after.keys()])
  const moves = [...keys].some((key) => isPlaceKey(key) && !sameValue(before?.get(key), after.get(key)))
  if (!moves) return true
  const locked = holds.slots.has(id) || disturbs(holds, was, is)
  if (!can(actor, 'slot.move', { locked })) return false
  // Each of its days taken out, a slot is as good as removed: nobody sees it any more.
  const vanishes = hasDays(was) && !hasDays(is)
  return !vanishes || can(actor, 'slot.delete', { locked, createdBy: was.createdBy })
}

const hasDays = (slot: Slot): boolean =>
  slot.repeat === null || slot.skipped.length === 0 || nextOccurrence(slot, 0, 'UTC') !== null

/** `after`, but for the keys that nobody but the server writes. */
function keeping(after: Entries, before: Entries, keys: readonly string[]): Entries {
  const kept = new Map(after)
  for (const key of keys) {
    if (before.has(key)) kept.set(key, before.get(key))
    else kept.delete(key)
  }
  return kept
}

const withPlaceOf = (place: Entries, rest: Entries): Entries =>
  new Map([
    ...[...rest].filter(([key]) => !isPlaceKey(key)),
    ...[...place].filter(([key]) => isPlaceKey(key)),
  ])

export function sameEntries(a: Entries | null, b: Entries | null): boolean {
  if (a === null || b === null) return a === b
  return a.size === b.size && [...a].every(([key, value]) => b.has(key) && sameValue(value, b.get(key)))
}
