import * as Y from 'yjs'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import { parseSlotId, type SlotId } from '#lib/domain/ids.ts'
import type { DecodedUpdate, DocumentKind, Place } from '../define.ts'
import { isSlotKey, readSlot } from './fields.ts'
import { type Lock, readLock } from './locks.ts'

/** What is known of the calendar without opening it. */
export type CalendarFacts = {
  readonly slots: readonly Slot[]
  /** Slots that are in the archive, and leave an empty place here so that a late edit is not lost. */
  readonly stubs: readonly SlotId[]
  /** Places that hold some of a slot, but no whole one: a late edit of an archived slot. */
  readonly partial: readonly SlotId[]
  readonly locks: readonly Lock[]
}

const SLOTS = 'slots'
const LOCKS = 'locks'
/** Longest value of one field, in UTF-16 units of its JSON. */
const MAX_VALUE = 20_000

export type SlotMap = Y.Map<unknown>

export const slotsOf = (doc: Y.Doc): Y.Map<SlotMap> => doc.getMap<SlotMap>(SLOTS)
/** Written by the server only. */
export const locksOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap(LOCKS)

export function* lockEntries(doc: Y.Doc): Iterable<Lock> {
  for (const [key, value] of locksOf(doc)) {
    const lock = readLock(key, value)
    if (lock) yield lock
  }
}

function read(doc: Y.Doc): CalendarFacts {
  const slots: Slot[] = []
  const stubs: SlotId[] = []
  const partial: SlotId[] = []
  for (const [key, map] of slotsOf(doc)) {
    const id = parseSlotId(key)
    if (id === null || !(map instanceof Y.Map)) continue
    const slot = readSlot(id, map.entries())
    if (slot) slots.push(slot)
    else if (map.size === 0) stubs.push(id)
    else partial.push(id)
  }
  return { slots, stubs, partial, locks: [...lockEntries(doc)] }
}

function refuse(update: DecodedUpdate): string | null {
  for (const struct of update.structs) {
    if (!(struct instanceof Y.Item)) continue
    const parent: unknown = struct.parent
    if (typeof parent === 'string' && parent !== SLOTS && parent !== LOCKS) return `unknown root «${parent}»`
    const why = refuseContent(struct.content)
    if (why !== null) return why
  }
  return null
}

function refuseContent(content: Y.Item['content']): string | null {
  if (content instanceof Y.ContentDeleted) return null
  if (content instanceof Y.ContentType) {
    return content.type instanceof Y.Map ? null : 'a slot is a map of plain values'
  }
  if (!(content instanceof Y.ContentAny)) return `unknown content «${content.constructor.name}»`
  return content.arr.length === 1 && JSON.stringify(content.arr[0] ?? null).length <= MAX_VALUE
    ? null
    : 'a value that is too long'
}

/** The roots hold maps of slots and plain locks; a slot holds plain values, by the names of its fields. */
function misplaced({ content }: Y.Item, { parent, key }: Place): string | null {
  if (content instanceof Y.ContentDeleted) return null
  if (key === null) return 'the calendar has no lists'
  if (parent === SLOTS) {
    if (parseSlotId(key) === null) return 'a slot whose name is no id'
    return content instanceof Y.ContentType ? null : 'a slot is a map'
  }
  if (parent === LOCKS) return content instanceof Y.ContentAny ? null : 'a lock is a plain value'
  if (content instanceof Y.ContentType) return 'a map inside of a slot'
  return isSlotKey(key) ? null : 'a field that no slot has'
}

export const calendarKind: DocumentKind<CalendarFacts> = {
  kind: 'calendar',
  schemaVersion: 1,
  roots: new Set([SLOTS, LOCKS]),
  read,
  // Version 1 is the first: nothing older exists.
  migrate: () => {},
  refuse,
  misplaced,
}
