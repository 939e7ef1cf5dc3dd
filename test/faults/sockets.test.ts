import { afterAll, beforeAll, expect, test } from 'vitest'
import { CLOSE } from '#lib/protocol/close-codes.ts'
import { attack } from './attack.ts'
import { growthDuring } from './growth.ts'
import { length, long } from './length.ts'
import { report } from './report.ts'
import { type FaultNewsroom, openNewsroom, openOthers } from './sockets-newsroom.ts'
import { Typist } from './typist.ts'

const PATIENCE = 20 * 60_000
/** What others may wait, in milliseconds: 250 where nothing else runs; in the suite the machine may be busy. */
const P99 = long ? 250 : 2500
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
  expect(grown.resident).toBeLessThan(160)
  expect(waits.p99).toBeLessThanOrEqual(P99)
})

const FRAMES = length({ short: 20_000, long: 1_000_000 })

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
  expect(waits.p99).toBeLessThanOrEqual(P99)
  expect(grown.resident).toBeLessThan(300)
})
