import { EventEmitter } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { PassThrough } from 'node:stream'
import * as encoding from 'lib0/encoding'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { WebSocket } from 'ws'
import * as Y from 'yjs'
import { CLOSE } from '#lib/protocol/close-codes.ts'
import { boundKnocking } from '#server/http/knocking.ts'
import { AwarenessTable, type Presence } from '#server/sync/room/awareness-table.ts'
import { Unfinished } from '#server/sync/wire/unfinished.ts'
import { actorNamed, until } from './harness.ts'
import { barrier, openRooms, updateMessage } from './room-harness.ts'

const updateOf = (text: string): Uint8Array => {
  const doc = new Y.Doc()
  doc.getMap('meta').set('title', text)
  return Y.encodeStateAsUpdate(doc)
}

test('R9: more updates a second than anybody writes close the socket with tooFast, where as many barriers do not', async () => {
  const house = openRooms({ limits: { updatesPerSecond: 1, updateBurst: 10 } })
  const address = house.create()
  const patient = await house.join(address, actorNamed('Ada'))
  for (let n = 1; n <= 100; n += 1) patient.send(barrier(n))
  expect(patient.socket.closedWith()).toBeNull()
  for (let n = 1; n <= 12; n += 1) patient.send(updateMessage(updateOf(`${n}`)))
  expect(patient.socket.closedWith()).toBe(CLOSE.tooFast)
})

/** A socket as `Unfinished` sees it: chunks, and messages that end in them. */
function openLine(unfinished: Unfinished) {
  const fate: string[] = []
  const ws = Object.assign(new EventEmitter(), {
    pause: () => fate.push('not read'),
    terminate: () => fate.push('cut off'),
  })
  const socket = new PassThrough()
  let closed: number | null = null
  unfinished.watch(ws as unknown as WebSocket, socket, {
    close: (code) => {
      closed = code
    },
    heard: () => {},
  })
  return {
    arrive: (bytes: number) => socket.emit('data', Buffer.alloc(bytes)),
    end: () => ws.emit('message'),
    leave: () => ws.emit('close'),
    closed: () => closed,
    fate,
  }
}

test('R9: when messages that never end hold too much together, the longest is closed with tooMany', () => {
  const unfinished = new Unfinished(1000)
  const [long, short, late] = [openLine(unfinished), openLine(unfinished), openLine(unfinished)]
  long.arrive(600)
  short.arrive(400)
  expect(long.closed()).toBeNull()
  late.arrive(1)
  expect(long.closed()).toBe(CLOSE.tooMany)
  // It is on its way out, and counts no more.
  long.arrive(600)
  late.arrive(500)
  expect(short.closed()).toBeNull()
  expect(late.closed()).toBeNull()
})

test('R9: whoever is closed for what they have begun is read no more, and cut off once the reason can have reached them', () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const line = openLine(new Unfinished(1000))
  line.arrive(1001)
  expect(line.closed()).toBe(CLOSE.tooMany)
  expect(line.fate).toEqual(['not read'])
  vi.advanceTimersByTime(100)
  expect(line.fate).toEqual(['not read', 'cut off'])
})

test('R9: a message that ended, or whose socket has gone, holds nothing', () => {
  const unfinished = new Unfinished(1000)
  const [one, other] = [openLine(unfinished), openLine(unfinished)]
  for (let times = 0; times < 10; times += 1) {
    one.arrive(900)
    one.end()
    other.arrive(900)
    other.end()
  }
  one.arrive(900)
  one.leave()
  other.arrive(900)
  expect(one.closed()).toBeNull()
  expect(other.closed()).toBeNull()
})

test('R8, R9: of client ids that come and go without end, one message names eight', () => {
  const table = new AwarenessTable<Presence>(4, () => {})
  const ada: Presence = { actor: actorNamed('Ada') }
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, 2000)
  for (let client = 1; client <= 1000; client += 1) {
    for (const state of ['{}', 'null']) {
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, 1)
      encoding.writeVarString(encoder, state)
    }
  }
  expect(table.receive(ada, encoding.toUint8Array(encoder))).toBe(true)
  let told = 0
  table.broadcast([{ actor: actorNamed('Bo') }], (_, frame) => {
    told = frame.length
  })
  expect(told).toBeGreaterThan(0)
  expect(told).toBeLessThan(300)
})

test('R9: connections that ask for nothing push out the oldest of themselves, never one that has asked', async () => {
  const server = createServer((_, response) => response.end('bonjour'))
  boundKnocking(server, 5)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  const gone: number[] = []
  const knock = (index: number) => {
    const socket = connect(address.port, '127.0.0.1')
    socket.on('error', () => {})
    socket.on('close', () => gone.push(index))
    return socket
  }
  const honest = knock(0)
  let heard = ''
  honest.on('data', (chunk) => {
    heard += String(chunk)
  })
  honest.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  await until('the honest one is answered', () => heard.includes('bonjour'))
  const idle = Array.from({ length: 8 }, (_, index) => knock(index + 1))
  onTestFinished(() => {
    for (const socket of [honest, ...idle]) socket.destroy()
    server.close()
  })
  await until('the oldest are gone', () => gone.length === 3)
  expect(gone.toSorted()).toEqual([1, 2, 3])
})
