import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CLOSE } from '#lib/protocol/close-codes.ts'
import { attack } from '../attack.ts'
import { growthDuring } from '../growth.ts'
import { openOthers } from '../others.ts'
import { report } from '../report.ts'
import { type FaultNewsroom, openNewsroom } from '../sockets-newsroom.ts'
import { Typist } from '../typist.ts'

const PATIENCE = 20 * 60_000
let newsroom: FaultNewsroom

beforeAll(async () => {
  newsroom = await openNewsroom()
}, 240_000)
afterAll(async () => {
  await newsroom?.stop()
})

test('R9: ten readers that stop reading are closed with tooSlow, and neither memory nor others feel it', {
  timeout: PATIENCE,
}, async () => {
  const writer = await Typist.open(newsroom.draftDoor(1, 'cy'))
  let written = 0
  // Much at first, which fills the buffers of the system for those who do not read; then as a busy room writes.
  const writing = setInterval(() => {
    written += 1
    writer.replace(`${written} `.repeat(written % 400 < 60 ? 14_000 : 2000))
  }, 25)
  const others = await openOthers(newsroom, 0)
  const door = newsroom.draftDoor(1, 'di')
  const seconds = 24
  // The same readers for a moment, then the load alone for as long: what it takes itself.
  await attack('stall', door, { count: 10, seconds: 0 })
  const alone = await growthDuring(newsroom, pause(seconds * 1000))
  const before = await newsroom.closes('tooSlow')
  const asleep = await growthDuring(newsroom, attack('stall', door, { count: 10, seconds }))
  clearInterval(writing)
  const dropped = (await newsroom.closes('tooSlow')) - before
  writer.close()
  const others99 = await others.end()
  report('the same load without them', alone)
  report('ten stalled readers', { ...asleep, dropped, ...others99 })
  expect(dropped).toBe(10)
  expect(asleep.least).toBeLessThanOrEqual(10)
})

test('R9: one who writes as fast as the line takes it is closed with tooFast, and others write on', {
  timeout: PATIENCE,
}, async () => {
  const others = await openOthers(newsroom, 0)
  const beside = await openOthers(newsroom, 2)
  const flood = attack('flood', newsroom.draftDoor(2, 'cy'), { seconds: 10 })
  const grown = await growthDuring(newsroom, flood)
  const chatter = await attack('chatter', newsroom.draftDoor(2, 'cy'), { seconds: 10 })
  const waits = await others.end()
  report('a flood, in that draft', await beside.end())
  const { said } = await flood
  report('a flood', { written: Number(said.written), ...grown, ...waits })
  expect(said.code).toBe(CLOSE.tooFast)
  expect(chatter.codes()).toEqual([CLOSE.tooFast, CLOSE.tooFast, CLOSE.tooFast])
  expect(grown.resident).toBeLessThan(150)
})

test('R9: thousands of connections that ask for nothing, or letter by letter, shut nobody out', {
  timeout: PATIENCE,
}, async () => {
  const others = await openOthers(newsroom, 0)
  const count = 10_000
  const knocking = attack('knock', newsroom.newsroomDoor('cy'), {
    count,
    seconds: 5,
  })
  const grown = await growthDuring(newsroom, knocking)
  const waits = await others.end()
  const { said } = await knocking
  report('unfinished handshakes', { connections: count, kept: Number(said.held), ...grown, ...waits })
  expect(said.held).toBeLessThanOrEqual(2000)
})

test('R9: when everybody comes back at once, again and again, nobody who stayed waits long', {
  timeout: PATIENCE,
}, async () => {
  const others = await openOthers(newsroom, 0)
  const count = 190
  const storm = attack('storm', newsroom.draftDoor(4, 'di'), {
    count,
    seconds: 60,
  })
  const grown = await growthDuring(newsroom, storm)
  const { said } = await storm
  const waits = await others.end()
  report('storms', { ...grown, rounds: Number(said.rounds), served: Number(said.served), ...waits })
  expect(said.served).toBe(Number(said.rounds) * count)
})

test('R9: frames that are bombs by their header, their number or their claims end their socket by name', {
  timeout: PATIENCE,
}, async () => {
  const others = await openOthers(newsroom, 0)
  const bombs = attack('bombs', newsroom.draftDoor(2, 'cy'), { seconds: 5 })
  const grown = await growthDuring(newsroom, bombs)
  const waits = await others.end()
  report('frame bombs', { ...grown, ...waits })
  expect((await bombs).said).toEqual({
    huge: CLOSE.tooLarge,
    endless: CLOSE.tooLarge,
    compressed: CLOSE.badMessage,
    // Cut off without a word, as soon as more pings arrive at once than can be answered.
    pinging: 0,
    talking: CLOSE.badMessage,
    unmasked: CLOSE.badMessage,
  })
  expect(grown.resident).toBeLessThan(100)
})

test('R9: of a thousand sockets of one volunteer two hundred stay, and the others are closed with tooMany', {
  timeout: PATIENCE,
}, async () => {
  const others = await openOthers(newsroom, 0)
  const crowd = attack('crowd', newsroom.draftDoor(3, 'di'), { count: 1000, seconds: 5 })
  const grown = await growthDuring(newsroom, crowd)
  const { said } = await crowd
  const codes = (await crowd).codes()
  const waits = await others.end()
  report('a thousand sockets of one', { stayed: Number(said.stayed), ...grown, ...waits })
  expect(said.stayed).toBe(200)
  expect(codes.every((code) => code === CLOSE.tooMany)).toBe(true)
  await newsroom.emptied()
  const again = await Typist.open(newsroom.draftDoor(3, 'di'))
  again.close()
})
