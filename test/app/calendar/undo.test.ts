import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { openUndo } from '#app/(newsroom)/calendar/_components/undo.ts'
import { putSlot, removeSlot, setFields, slotIn } from '#lib/documents/calendar/edits.ts'
import { timedAt } from '#lib/domain/calendar/time.ts'
import { slot, slotId, ZONE } from './planned.ts'

const DAY = '2026-11-24'
const at = (clock: string) => timedAt(DAY, clock, ZONE)

function two() {
  const here = new Y.Doc()
  putSlot(here, slot(1, DAY, '12:00'))
  putSlot(here, slot(2, DAY, '13:00'))
  const there = new Y.Doc()
  const meet = () => {
    Y.applyUpdate(there, Y.encodeStateAsUpdate(here))
    Y.applyUpdate(here, Y.encodeStateAsUpdate(there))
  }
  meet()
  const undo = openUndo(here)
  const move = (number: number, clock: string) =>
    undo.change(true, (doc) => setFields(doc, slotId(number), { time: at(clock) }))
  const timeOf = (number: number) => slotIn(here, slotId(number))?.time
  return { here, there, meet, undo, move, timeOf }
}

describe('undo in the calendar', () => {
  test('takes back moves one by one, however fast they followed one another', () => {
    const { undo, move, timeOf } = two()
    move(1, '14:00')
    move(1, '15:00')
    expect(undo.undo()).toBe(true)
    expect(timeOf(1)).toEqual(at('14:00'))
    expect(undo.undo()).toBe(true)
    expect(timeOf(1)).toEqual(at('12:00'))
    expect(undo.canUndo.get()).toBe(false)
    expect(undo.redo()).toBe(true)
    expect(timeOf(1)).toEqual(at('14:00'))
  })

  test('takes typing back as one step, but never together with a move', () => {
    const { here, undo, move, timeOf } = two()
    move(1, '14:00')
    for (const title of ['B', 'Bo', 'Bon']) undo.change(false, (doc) => setFields(doc, slotId(1), { title }))
    undo.undo()
    expect(slotIn(here, slotId(1))?.title).toBe('Créneau 1')
    expect(timeOf(1)).toEqual(at('14:00'))
  })

  test('by the toast of an earlier step takes back that step and no later one', () => {
    const { undo, move, timeOf } = two()
    const first = move(1, '14:00')
    move(2, '16:00')
    if (!first) throw new Error('a step')
    expect(undo.holds(first)).toBe(true)
    expect(undo.undo(first)).toBe(true)
    expect(undo.holds(first)).toBe(false)
    expect(timeOf(1)).toEqual(at('12:00'))
    expect(timeOf(2)).toEqual(at('16:00'))
  })

  test('leaves what somebody else has moved since, says so, and takes back nothing older in its place', () => {
    const { there, meet, undo, move, timeOf } = two()
    move(2, '16:00')
    move(1, '14:00')
    meet()
    setFields(there, slotId(1), { time: at('18:00') })
    meet()
    expect(undo.undo()).toBe(false)
    expect(timeOf(1)).toEqual(at('18:00'))
    expect(timeOf(2)).toEqual(at('16:00'))
    expect(undo.undo()).toBe(true)
    expect(timeOf(2)).toEqual(at('13:00'))
  })

  test('makes no slot out of one that somebody else removed', () => {
    const { here, there, meet, undo, move } = two()
    move(1, '14:00')
    meet()
    removeSlot(there, slotId(1))
    meet()
    expect(undo.undo()).toBe(false)
    expect(slotIn(here, slotId(1))).toBeNull()
  })

  test('brings a removed slot back whole', () => {
    const { here, undo } = two()
    const before = slotIn(here, slotId(1))
    undo.change(true, (doc) => removeSlot(doc, slotId(1)))
    undo.undo()
    expect(slotIn(here, slotId(1))).toEqual(before)
  })

  test('of nothing is nothing', () => {
    const { undo } = two()
    expect(undo.change(true, () => {})).toBeNull()
    expect(undo.undo()).toBe(false)
  })
})
