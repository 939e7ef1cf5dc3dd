import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { draftKind } from '#lib/documents/draft/shape.ts'
import { DerivingTurns } from '#server/sync/room/deriving-turns.ts'
import { Projector } from '#server/sync/room/projector.ts'
import { draftAddress, silent } from './harness.ts'

const delays = { projectAfter: 300, projectAtLatest: 2000, retryFirst: 50, retryLongest: 3000 }

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
})

afterEach(() => {
  vi.useRealTimers()
})

/** So many documents, each with its projector; `derived` says which ones had their turn, in order. */
function office(documents: number, pace: { projectionsPerSecond: number; projectionBurst: number }) {
  const turns = new DerivingTurns(pace)
  const derived: number[] = []
  const failing = new Set<number>()
  const facts = draftKind.read(new Y.Doc())
  const projectors = Array.from({ length: documents }, (_, index) => {
    const address = draftAddress()
    const read = async () => ({
      ...{ kind: 'draft' as const, name: address.name, address, seq: 1, facts },
      ...{ lastEditor: null, lastEditedAt: new Date() },
    })
    const project = async () => {
      derived.push(index)
      if (failing.has(index)) throw new Error('no rows today')
    }
    return new Projector({ delays, turns, logger: silent, project, read })
  })
  return { projectors, derived, failing }
}

type Office = ReturnType<typeof office>

/** Everybody writes, ten times a second. */
async function write({ projectors }: Office, seconds: number, which = projectors): Promise<void> {
  for (let tenth = 0; tenth < seconds * 10; tenth += 1) {
    for (const projector of which) projector.touch()
    await vi.advanceTimersByTimeAsync(100)
  }
}

test('a pause in one document derives after 300 ms, and constant writing every two seconds', async () => {
  const house = office(1, { projectionsPerSecond: 25, projectionBurst: 50 })
  house.projectors[0]?.touch()
  await vi.advanceTimersByTimeAsync(290)
  expect(house.derived).toHaveLength(0)
  await vi.advanceTimersByTimeAsync(20)
  expect(house.derived).toHaveLength(1)
  await write(house, 10)
  expect(house.derived).toHaveLength(6)
})

test('hundreds of documents have their turns at a steady rate, each as often as the others', async () => {
  const house = office(200, { projectionsPerSecond: 25, projectionBurst: 50 })
  await write(house, 20)
  house.derived.length = 0
  await write(house, 40)
  expect(house.derived.length).toBeGreaterThan(970)
  expect(house.derived.length).toBeLessThanOrEqual(1005)
  const times = house.projectors.map((_, index) => house.derived.filter((one) => one === index).length)
  expect(Math.min(...times)).toBeGreaterThanOrEqual(4)
  expect(Math.max(...times)).toBeLessThanOrEqual(6)
})

test('who is needed at once waits for no turn, and has no other for the same', async () => {
  const house = office(100, { projectionsPerSecond: 1, projectionBurst: 1 })
  await write(house, 3)
  house.derived.length = 0
  const last = house.projectors[99]
  expect(last?.stale).toBe(true)
  expect(await last?.flush()).toBe(true)
  expect(house.derived).toEqual([99])
  expect(last?.stale).toBe(false)
  await vi.advanceTimersByTimeAsync(120_000)
  expect(house.derived.filter((index) => index === 99)).toHaveLength(1)
  expect(house.projectors.filter(({ stale }) => stale)).toEqual([])
})

test('a document whose room has ended has no turn any more', async () => {
  const house = office(3, { projectionsPerSecond: 1, projectionBurst: 1 })
  for (const projector of house.projectors) projector.touch()
  await vi.advanceTimersByTimeAsync(310)
  expect(house.derived).toEqual([0])
  house.projectors[1]?.stop()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(house.derived).toEqual([0, 2])
})

test('one that fails is tried again for ever, and keeps nobody else from deriving', async () => {
  const house = office(2, { projectionsPerSecond: 25, projectionBurst: 50 })
  house.failing.add(0)
  for (const projector of house.projectors) projector.touch()
  await vi.advanceTimersByTimeAsync(20_000)
  expect(house.derived.filter((index) => index === 1)).toHaveLength(1)
  expect(house.derived.filter((index) => index === 0).length).toBeGreaterThan(7)
  house.failing.clear()
  await vi.advanceTimersByTimeAsync(3100)
  expect(house.projectors[0]?.stale).toBe(false)
})
