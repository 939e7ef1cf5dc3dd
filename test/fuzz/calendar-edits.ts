import * as Y from 'yjs'
import { putSlot, removeSlot, setFields, skipDay } from '#lib/documents/calendar/edits.ts'
import { calendarKind, locksOf, slotsOf } from '#lib/documents/calendar/shape.ts'
import type { Repeat, Slot } from '#lib/domain/calendar/slot.ts'
import type { SlotId } from '#lib/domain/ids.ts'
import { slotOn, timeOn } from '#test/server/sync/guard-harness.ts'
import type { Random } from './random.ts'

/** Some of them are past on the day on which the fuzz takes place, most are not. */
export const DAYS = [
  '2027-01-10',
  '2027-01-20',
  '2027-03-10',
  '2027-03-11',
  '2027-03-12',
  '2027-04-01',
] as const

const REPEATS: readonly (Repeat | null)[] = [
  null,
  { freq: 'daily', every: 1, weekdays: [], nth: null, end: { count: 4 } },
  { freq: 'weekly', every: 1, weekdays: [], nth: null, end: null },
]

const uuid = (random: Random): SlotId => {
  const hex = (length: number) => Array.from({ length }, () => random.below(16).toString(16)).join('')
  return `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}` as SlotId
}

const someSlot = (random: Random): Slot => ({
  ...slotOn(random.pick(DAYS), { title: `t${random.below(1000)}`, repeat: random.pick(REPEATS) }),
  id: uuid(random),
})

/** What pages do; undo manager of their own included. Nothing here asks whether it may. */
export function honestEdits(): (doc: Y.Doc, random: Random) => void {
  let undo: Y.UndoManager | null = null
  return (doc, random) => {
    undo ??= new Y.UndoManager(slotsOf(doc), { captureTimeout: 0 })
    const slots = calendarKind.read(doc).slots.toSorted((a, b) => (a.id < b.id ? -1 : 1))
    const action = random.below(12)
    if (action === 0) undo.undo()
    else if (action === 1) undo.redo()
    else if (action < 4 || slots.length === 0) doc.transact(() => putSlot(doc, someSlot(random)))
    else {
      const { id } = random.pick(slots)
      doc.transact(() => {
        if (action < 7) setFields(doc, id, { time: timeOn(random.pick(DAYS)) })
        else if (action === 7) setFields(doc, id, { title: `t${random.below(1000)}`, note: 'mot' })
        else if (action === 8)
          setFields(doc, id, { repeat: random.pick(REPEATS), minutes: 30 + random.below(9) })
        else if (action === 9) skipDay(doc, id, random.pick(DAYS), random.chance(0.7))
        else if (action === 10) removeSlot(doc, id)
        else {
          // «This one only»: the occurrence leaves its series and becomes a slot.
          const day = random.pick(DAYS)
          skipDay(doc, id, day)
          putSlot(doc, { ...someSlot(random), partOf: { slot: id, day } })
        }
      })
    }
  }
}

const JUNK: readonly unknown[] = [
  null,
  true,
  -1,
  Number.NaN,
  '',
  'x',
  '2027-03-10',
  [],
  {},
  [null],
  { at: 5 },
]

/** What a program by hand can write that is not refused outright, with no regard for anybody’s slots. */
export function hostileEdit(doc: Y.Doc, random: Random): void {
  const slots = slotsOf(doc)
  const ids = [...slots.keys()].toSorted()
  const id = ids.length > 0 && random.chance(0.9) ? random.pick(ids) : uuid(random)
  const keys = [
    'title',
    'time',
    'minutes',
    'channels',
    'repeat',
    'createdBy',
    'archived',
    'partOf',
    'skip:2027-03-11',
  ]
  doc.transact(() => {
    for (let count = 0; count <= random.below(3); count += 1) {
      const action = random.below(10)
      const map = slots.get(id)
      if (action === 0) slots.delete(id)
      else if (action === 1 || !map)
        slots.set(id, new Y.Map(Object.entries({ title: 'h', time: timeOn(random.pick(DAYS)) })))
      else if (action === 2) map.clear()
      else if (action === 3) map.delete(random.pick(keys))
      else if (action === 4) locksOf(doc).set(`slot:${id}`, random.pick(JUNK))
      else if (action === 5) for (const key of [...locksOf(doc).keys()]) locksOf(doc).delete(key)
      else if (action === 6) map.set('time', timeOn(random.pick(DAYS)))
      else map.set(random.pick(keys), random.pick(JUNK))
    }
  })
}
