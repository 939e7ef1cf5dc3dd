import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { openLiveSlots } from '#app/(newsroom)/calendar/_components/calendar-slots.ts'
import { putSlot, removeSlot, setFields } from '#lib/documents/calendar/edits.ts'
import { locksOf, slotsOf } from '#lib/documents/calendar/shape.ts'
import { slot, slotId } from './planned.ts'

const DAY = '2026-11-24'

/** A document, and a second one that is elsewhere; `frame` draws the next picture. */
function two() {
  const here = new Y.Doc()
  const there = new Y.Doc()
  let drawn: (() => void) | null = null
  putSlot(here, slot(1, DAY, '12:00'))
  putSlot(here, slot(2, DAY, '13:00'))
  Y.applyUpdate(there, Y.encodeStateAsUpdate(here))
  const store = openLiveSlots(here, (run) => {
    drawn = run
    return () => {
      drawn = null
    }
  })
  let told = 0
  store.live.subscribe(() => {
    told += 1
  })
  const arrive = () => Y.applyUpdate(here, Y.encodeStateAsUpdate(there))
  return { here, there, store, arrive, frame: () => drawn?.(), told: () => told }
}

describe('the slots of a page', () => {
  test('show one’s own change in the same turn', () => {
    const { here, store } = two()
    setFields(here, slotId(1), { title: 'Nouveau' })
    expect(store.live.get().get(slotId(1))?.title).toBe('Nouveau')
  })

  test('show what others did once a frame, however much it was', () => {
    const { there, store, arrive, frame, told } = two()
    setFields(there, slotId(1), { title: 'Un' })
    arrive()
    setFields(there, slotId(1), { title: 'Deux' })
    putSlot(there, slot(3, DAY, '15:00'))
    arrive()
    expect(store.live.get().get(slotId(1))?.title).toBe('Créneau 1')
    frame()
    expect(store.live.get().get(slotId(1))?.title).toBe('Deux')
    expect(store.live.get().has(slotId(3))).toBe(true)
    expect(told()).toBe(1)
  })

  test('leave alone what nobody touched: the same object as before', () => {
    const { there, store, arrive, frame } = two()
    const untouched = store.live.get().get(slotId(2))
    setFields(there, slotId(1), { title: 'Un' })
    arrive()
    frame()
    expect(store.live.get().get(slotId(2))).toBe(untouched)
  })

  test('forget what was removed, and the empty place that the archive leaves', () => {
    const { here, store } = two()
    removeSlot(here, slotId(1))
    const place = slotsOf(here).get(slotId(2))
    here.transact(() => {
      for (const key of [...(place?.keys() ?? [])]) place?.delete(key)
    })
    expect(store.live.get().size).toBe(0)
  })

  test('bring the locks along', () => {
    const { here, store } = two()
    locksOf(here).set(`day:${DAY}`, { by: null, at: '2026-11-01T00:00:00Z', reason: 'Élection' })
    expect(store.locks.get()).toMatchObject([{ target: { type: 'day', day: DAY }, reason: 'Élection' }])
  })

  test('say nothing any more once the page is closed', () => {
    const { here, store, told } = two()
    store.close()
    setFields(here, slotId(1), { title: 'Après' })
    expect(told()).toBe(0)
  })
})
