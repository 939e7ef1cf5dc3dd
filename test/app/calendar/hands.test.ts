import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { openHands } from '#app/(newsroom)/calendar/_components/presence/presence-hands.ts'
import { slotId } from './planned.ts'

const NOE = { id: '00000000-0000-4000-8000-0000000000b2', name: 'Noé', color: '#0a6e8c' }
const START = Date.UTC(2026, 10, 24, 17)
const DRAG = { slot: slotId(1), start: START, end: START + 1_800_000 }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** This page and one of somebody else, whose states the server has stamped. */
function two() {
  const here = new Awareness(new Y.Doc())
  const there = new Awareness(new Y.Doc())
  there.setLocalStateField('user', NOE)
  const hear = () => applyAwarenessUpdate(here, encodeAwarenessUpdate(there, [there.clientID]), 'test')
  return { here, there, mine: openHands(here), theirs: openHands(there), hear }
}

describe('the hands of others', () => {
  test('are told with what they have open and what they carry where', () => {
    const { mine, theirs, there, hear } = two()
    theirs.tellOpen(slotId(2))
    theirs.tellDrag(DRAG)
    hear()
    expect(mine.hands.get()).toEqual([{ client: there.clientID, person: NOE, open: slotId(2), drag: DRAG }])
    theirs.tellDrag(null)
    hear()
    expect(mine.hands.get()[0]?.drag).toBeNull()
  })

  test.each([
    ['no place', { slot: slotId(1), start: START, end: START }],
    ['no number', { slot: slotId(1), start: 'soon', end: START }],
    ['no slot', { slot: 'x', start: START, end: START + 1 }],
    ['a day that no calendar has', { slot: slotId(1), start: -1e17, end: START }],
    ['time without end', { slot: slotId(1), start: START, end: 1e300 }],
    ['half of a millisecond', { slot: slotId(1), start: START + 0.5, end: START + 1.5 }],
  ])('that carry something over %s carry nothing', (_what, drag) => {
    const { mine, there, hear } = two()
    there.setLocalStateField('calendar', { open: 7, drag })
    hear()
    expect(mine.hands.get()).toMatchObject([{ open: null, drag: null }])
  })

  test('that nobody has stamped are not shown', () => {
    const { mine, there, hear } = two()
    there.setLocalStateField('user', null)
    hear()
    expect(mine.hands.get()).toEqual([])
  })
})

describe('one’s own hand', () => {
  test('is told when it takes up, then a few times a second, and at once when it lets go', () => {
    const { here, mine } = two()
    const said = () => (here.getLocalState()?.calendar as { drag: unknown } | undefined)?.drag
    mine.tellDrag(DRAG)
    expect(said()).toEqual(DRAG)
    const next = { ...DRAG, start: START + 900_000, end: START + 2_700_000 }
    mine.tellDrag(next)
    expect(said()).toEqual(DRAG)
    vi.advanceTimersByTime(100)
    expect(said()).toEqual(next)
    mine.tellDrag(DRAG)
    mine.tellDrag(null)
    expect(said()).toBeNull()
    vi.advanceTimersByTime(100)
    expect(said()).toBeNull()
  })
})
