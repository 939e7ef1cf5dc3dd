import { EventEmitter } from 'node:events'
import { Duplex } from 'node:stream'
import { afterEach, expect, test, vi } from 'vitest'
import { CLOSE } from '#lib/protocol/close-codes.ts'
import { Departures } from '#server/sync/wire/departures.ts'
import { createWire } from '#server/sync/wire/wire.ts'
import { turns } from './room-harness.ts'

afterEach(() => {
  vi.useRealTimers()
})

const limits = { closeGrace: 1000, maxOutgoingBytes: 1_000_000, stallPatience: 10_000 }

/** A connection whose peer reads only while it is told to. */
function connection(departures: Departures) {
  const arrived: Buffer[] = []
  let reading = true
  let goOn: (() => void) | null = null
  const socket = new Duplex({
    highWaterMark: 1000,
    read: () => {},
    write: (chunk: Buffer, _encoding, done) => {
      const take = () => {
        arrived.push(chunk)
        done()
      }
      if (reading) take()
      else goOn = take
    },
  })
  let closedWith: number | undefined
  let cutOff = false
  const terminate = () => {
    cutOff = true
  }
  let read = true
  const pause = () => {
    read = false
  }
  const events = new EventEmitter()
  const ws = Object.assign(events, { OPEN: 1, readyState: 1 as 1 | 2, close, terminate, pause } as const)
  const state: { readyState: 1 | 2 } = ws
  function close(code?: number) {
    closedWith = code
    state.readyState = 2
  }
  return {
    wire: createWire(ws, socket, { departures, limits }),
    arrived,
    closedWith: () => closedWith,
    cutOff: () => cutOff,
    say: () => events.emit('message'),
    isRead: () => read,
    stop: () => {
      reading = false
    },
    resume: () => {
      reading = true
      goOn?.()
      goOn = null
    },
  }
}

const frames = (count: number, size = 300) =>
  Array.from({ length: count }, (_, n) => Buffer.alloc(size, n + 1))

async function sendAll(wires: readonly { send(frame: Buffer): void }[], buffers: readonly Buffer[]) {
  for (const buffer of buffers) {
    for (const wire of wires) wire.send(buffer)
    await turns(1)
  }
}

test('R9: what a peer has not read arrives later, whole and in order', async () => {
  const peer = connection(new Departures(() => 0))
  const sent = frames(20)
  await sendAll([peer.wire], sent.slice(0, 2))
  peer.stop()
  await sendAll([peer.wire], sent.slice(2))
  expect(peer.wire.waiting()).toBe(18 * 300)
  peer.resume()
  await turns(30)
  expect(Buffer.concat(peer.arrived)).toEqual(Buffer.concat(sent))
  expect(peer.wire.waiting()).toBe(0)
  expect(peer.wire.tooSlow()).toBe(false)
})

test('R9: peers that have stopped reading wait for the same buffers, not for copies', async () => {
  const departures = new Departures(() => 0)
  const peers = [connection(departures), connection(departures)]
  for (const peer of peers) peer.stop()
  for (let turn = 0; turn < 10; turn += 1) {
    const [text, caret] = frames(2, 400)
    for (const { wire } of peers) for (const frame of [text, caret]) if (frame) wire.send(frame)
    await turns(1)
  }
  for (const peer of peers) peer.resume()
  await turns(30)
  const [one, other] = peers.map(({ arrived }) => arrived)
  expect(one).toHaveLength(10)
  for (const [index, buffer] of (one ?? []).entries()) expect(other?.[index]).toBe(buffer)
})

test('R9: a peer that takes nothing for longer than patience lasts is too slow, however little waits for it', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const peer = connection(new Departures(() => 0))
  peer.stop()
  await sendAll([peer.wire], frames(5))
  vi.advanceTimersByTime(9_000)
  expect(peer.wire.tooSlow()).toBe(false)
  vi.advanceTimersByTime(2_000)
  expect(peer.wire.tooSlow()).toBe(true)
})

test('R9: a document that fills a thin line for minutes is waited for, as long as it gets on', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const peer = connection(new Departures(() => 0))
  peer.stop()
  // 900 kB at 16 kB a second.
  await sendAll([peer.wire], frames(1, 900_000))
  vi.advanceTimersByTime(60_000)
  expect(peer.wire.tooSlow()).toBe(false)
  vi.advanceTimersByTime(10_000)
  expect(peer.wire.tooSlow()).toBe(true)
})

test('R9: a peer for whom more waits than may is too slow at once', async () => {
  const peer = connection(new Departures(() => 0))
  peer.stop()
  await sendAll([peer.wire], frames(3, 400_000))
  expect(peer.wire.tooSlow()).toBe(true)
})

test('R4: promises of the last turn are heard before the close', async () => {
  const peer = connection(new Departures(() => 0))
  const [durable] = frames(1)
  if (durable) peer.wire.send(durable)
  peer.wire.close(CLOSE.goingAway)
  expect(peer.arrived).toEqual([durable])
  expect(peer.closedWith()).toBe(CLOSE.goingAway)
})

test('R9: whoever is closed for not reading is sent nothing more, and nothing is kept', async () => {
  const peer = connection(new Departures(() => 0))
  peer.stop()
  await sendAll([peer.wire], frames(20))
  peer.wire.close(CLOSE.tooSlow)
  expect(peer.closedWith()).toBe(CLOSE.tooSlow)
  peer.resume()
  await turns(30)
  expect(peer.arrived.length).toBeLessThan(20)
  expect(peer.wire.waiting()).toBe(0)
})

test('nothing follows a close in the stream', async () => {
  const peer = connection(new Departures(() => 0))
  peer.wire.close(CLOSE.accessChanged)
  await sendAll([peer.wire], frames(3))
  expect(peer.arrived).toEqual([])
})

test('R9: who has stopped reading may hear why for longer than others, and is then cut off', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  for (const [code, grace] of [
    [CLOSE.tooFast, limits.closeGrace],
    [CLOSE.tooSlow, 10 * limits.closeGrace],
  ] as const) {
    const peer = connection(new Departures(() => 0))
    peer.wire.close(code)
    expect(peer.closedWith()).toBe(code)
    vi.advanceTimersByTime(grace - 1)
    expect(peer.cutOff()).toBe(false)
    vi.advanceTimersByTime(1)
    expect(peer.cutOff()).toBe(true)
  }
})

test('R9: who goes on talking while being sent away is heard for a while, and then not even read', () => {
  const peer = connection(new Departures(() => 0))
  peer.wire.close(CLOSE.tooFast)
  for (let word = 1; word < 1000; word += 1) peer.say()
  expect(peer.isRead()).toBe(true)
  peer.say()
  expect(peer.isRead()).toBe(false)
})
