import { afterAll, beforeAll, expect, test } from 'vitest'
import { CLOSE } from '#lib/protocol/close-codes.ts'
import { attack } from './attack.ts'
import { growthDuring } from './growth.ts'
import { length } from './length.ts'
import { openOthers } from './others.ts'
import { report } from './report.ts'
import { type FaultNewsroom, openNewsroom } from './sockets-newsroom.ts'
import { Typist } from './typist.ts'

const PATIENCE = length({ short: 4, long: 20 }) * 60_000
let newsroom: FaultNewsroom

beforeAll(async () => {
  newsroom = await openNewsroom()
}, 240_000)
afterAll(async () => {
  await newsroom?.stop()
})

test('R9: many who each begin the largest message and never end it hold 64 MB together, no more', {
  timeout: PATIENCE,
}, async () => {
  const others = await openOthers(newsroom, 0)
  const count = length({ short: 14, long: 60 })
  const begun = attack('unfinished', newsroom.draftDoor(2, 'cy'), { count })
  const grown = await growthDuring(newsroom, begun)
  const closed = (await begun).codes().filter((code) => code === CLOSE.tooMany).length
  const waits = await others.end()
  report('unfinished messages', { sockets: count, closed, ...grown, ...waits })
  expect(closed).toBeGreaterThanOrEqual(count - 9)
  // 64 MB are held, what arrives in the tenth of a second until the longest is cut off, and what the collector has not
  // come to yet. Without the bound it would be 480.
  expect(grown.held).toBeLessThan(250)
})

test('R9: a flood, and questions about presence without end, are closed with tooFast; who writes in that draft is not', {
  timeout: PATIENCE,
}, async () => {
  const others = await openOthers(newsroom, 0)
  const beside = await openOthers(newsroom, 2)
  const door = newsroom.draftDoor(2, 'cy')
  const flood = await attack('flood', door, { seconds: 10 })
  const chatter = await attack('chatter', door, { seconds: 10 })
  const waits = await others.end()
  const besides = await beside.end()
  report('a flood, elsewhere', { written: Number(flood.said.written), ...waits })
  report('a flood, in that draft', besides)
  expect(flood.said.code).toBe(CLOSE.tooFast)
  expect(chatter.codes()).toEqual([CLOSE.tooFast, CLOSE.tooFast, CLOSE.tooFast])
})

const FRAMES = length({ short: 5000, long: 1_000_000 })

test(`R1, R9: ${FRAMES} frames made from real ones by mistake end no process, and touch no other document`, {
  timeout: PATIENCE,
}, async () => {
  const others = await openOthers(newsroom, 0)
  const { pid } = newsroom.server
  const fuzz = attack('fuzz', newsroom.draftDoor(5, 'cy'), { count: FRAMES, seed: 20_261_122 })
  const grown = await growthDuring(newsroom, fuzz)
  const waits = await others.end()
  const { said } = await fuzz
  report('fuzzed frames', { frames: FRAMES, opened: Number(said.opened), ...grown, ...waits })
  expect(newsroom.server.pid).toBe(pid)
  const [one, two] = [
    await Typist.open(newsroom.draftDoor(5, 'ada')),
    await Typist.open(newsroom.draftDoor(5, 'bo')),
  ]
  expect(one.text()).toBe(two.text())
  one.close()
  two.close()
  // At its peak memory is mostly what the collector has not come to yet; what stays is what counts of a million.
  expect(grown.least).toBeLessThan(50)
  expect(grown.resident).toBeLessThan(500)
})
