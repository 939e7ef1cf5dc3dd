import * as Y from 'yjs'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import { parseSlotId, type SlotId } from '#lib/domain/ids.ts'
import type { DecodedUpdate, DocumentKind, Place } from '../define.ts'
import { ARCHIVED, isSlotKey, readSlot } from './fields.ts'
import { type Lock, readLock } from './locks.ts'

/** What is known of the calendar without opening it. */
export type CalendarFacts = {
  readonly slots: readonly Slot[]
  /** Slots that are in the archive, and leave their place here so that a late edit is not lost. */
  readonly stubs: readonly SlotId[]
  /** Such places where a late edit has come: the server puts the rest of the slot back. */
  readonly partial: readonly SlotId[]
  readonly locks: readonly Lock[]
}

const SLOTS = 'slots'
const LOCKS = 'locks'
/** Longest value of one field, in UTF-16 units of its JSON. */
const MAX_VALUE = 20_000
/** How deep values are nested at most; the deepest of a slot is `repeat.end`. */
const MAX_DEPTH = 4

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
    if (map.get(ARCHIVED) === true) (map.size === 1 ? stubs : partial).push(id)
    else {
      const slot = readSlot(id, map.entries())
      if (slot) slots.push(slot)
    }
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
  // Several values are those that one key had one after the other: Yjs joins what an undo manager keeps.
  for (const value of content.arr) {
    if (!isPlain(value, MAX_DEPTH)) return 'a value that is not plain'
    if ((JSON.stringify(value)?.length ?? 0) > MAX_VALUE) return 'a value that is too long'
  }
  return null
}

/** Whether a value is the same after JSON: Yjs carries BigInts and bytes as well. */
function isPlain(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return typeof value !== 'bigint'
  if (depth === 0 || value instanceof Uint8Array) return false
  return Object.values(value).every((inner) => isPlain(inner, depth - 1))
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
