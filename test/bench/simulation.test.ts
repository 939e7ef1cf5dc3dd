import { expect, test } from 'vitest'
import { DAY } from '../../bench/simulation/day.ts'
import { firstLimit, mostSockets, shareOf } from '../../bench/simulation/loads.ts'
import { play } from '../../bench/simulation/traffic.ts'

const FEW = { ...DAY, sockets: 2000 }

test('the same day is played the same every time', () => {
  expect(play(FEW, 3)).toEqual(play(FEW, 3))
})

test('every socket has a page or a draft, and what is typed does not depend on how many processes there are', () => {
  const [one, three] = [play(FEW, 1), play(FEW, 3)]
  expect(one.pages + one.peopleInDrafts).toBe(FEW.sockets)
  expect(one.updates / three.updates).toBeCloseTo(1, 0)
  const expected = one.peopleInDrafts * FEW.typing * FEW.keysPerSecond
  expect(Math.abs(one.updates - expected)).toBeLessThan(expected / 4)
})

test('R4: a process makes no more than 333 commits a second, and no more than it has updates', () => {
  const crowd = play(DAY, 1)
  expect(crowd.batches).toBeGreaterThan(250)
  expect(crowd.batches).toBeLessThanOrEqual(334)
  const quiet = play({ ...DAY, sockets: 200 }, 3)
  expect(quiet.batches).toBeLessThanOrEqual(quiet.updates)
})

test('one process says nothing over Valkey; of several each draft is in as many as its people sit in', () => {
  expect(play(FEW, 1)).toMatchObject({ published: 0, heard: 0 })
  const three = play(FEW, 3)
  expect(three.heard).toBeGreaterThan(three.published)
  expect(three.heard).toBeLessThanOrEqual(3 * three.published)
  expect(three.rooms).toBeGreaterThan(three.openDrafts)
})

const load = (resource: string, used: number) => ({ resource, used, limit: 10, unit: '', remedy: '' })

test('the first limit is the largest share, and room is where it is used up', () => {
  const first = firstLimit([load('a', 3), load('b', 20), load('c', 4)])
  expect(first?.resource).toBe('b')
  expect(first && shareOf(first)).toBe(2)
  const room = mostSockets((sockets) => [load('a', sockets / 1000)])
  expect(room).toBeLessThanOrEqual(10_000)
  expect(room).toBeGreaterThan(9800)
})
