import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { expect, test } from 'vitest'
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { Actor } from '#lib/domain/permissions.ts'
import { MAX_AWARENESS_BYTES } from '#lib/protocol/messages.ts'
import { AwarenessTable } from '#server/sync/room/awareness-table.ts'
import { payloadOf, readServerMessage } from '#test/support/fake-socket.ts'
import { actorNamed } from './harness.ts'

type Socket = { readonly actor: Actor }
const socket = (actor: Actor): Socket => ({ actor })
const ada = actorNamed('Ada')
const bo = actorNamed('Bo')

/** Entries of client id, clock and state. */
function message(...entries: readonly (readonly [number, number, unknown])[]): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, entries.length)
  for (const [client, clock, state] of entries) {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, clock)
    encoding.writeVarString(encoder, JSON.stringify(state))
  }
  return encoding.toUint8Array(encoder)
}

function open(clientsPerSocket = 4) {
  let due = 0
  const table = new AwarenessTable<Socket>(clientsPerSocket, () => {
    due += 1
  })
  /** What each socket hears next: client id → state. */
  function tell(...sockets: Socket[]): Map<number, unknown>[] {
    const heard = sockets.map(() => new Map<number, unknown>())
    table.broadcast(sockets, (reader, frame) => {
      const said = readServerMessage(payloadOf(frame))
      if (said.type !== 'awareness') throw new Error('not awareness')
      for (const [client, entry] of said.entries) heard[sockets.indexOf(reader)]?.set(client, entry.state)
    })
    return heard
  }
  return { table, tell, due: () => due }
}

const userOf = ({ volunteerId: id, name, color }: Actor) => ({ id, name, color })

test('R8: whatever a client says of itself, the server says who it is', () => {
  const { table, tell } = open()
  const [a, b] = [socket(ada), socket(bo)]
  expect(table.receive(a, message([1, 0, { user: { name: 'La direction', color: 'red' }, cursor: 5 }]))).toBe(
    true,
  )
  expect(table.receive(b, message([2, 0, { cursor: 7 }]))).toBe(true)
  const [heardByA, heardByB] = tell(a, b)
  expect(heardByB).toEqual(new Map([[1, { user: userOf(ada), cursor: 5 }]]))
  expect(heardByA).toEqual(new Map([[2, { user: userOf(bo), cursor: 7 }]]))
})

test('R8: a state that names another volunteer is dropped', () => {
  const { table, tell } = open()
  const [a, b] = [socket(ada), socket(bo)]
  expect(table.receive(a, message([1, 0, { user: userOf(bo) }]))).toBe(true)
  expect(tell(a, b)).toEqual([new Map(), new Map()])
})

test('R8: a client id that another person’s socket holds cannot be taken, moved or removed', () => {
  const { table, tell } = open()
  const [a, b] = [socket(ada), socket(bo)]
  table.receive(a, message([1, 0, { cursor: 1 }]))
  tell(a, b)
  table.receive(b, message([1, 9, { cursor: 2 }]))
  table.receive(b, message([1, 10, null]))
  expect(tell(a, b)).toEqual([new Map(), new Map()])
})

test('R8: what a stock provider repeats of others changes nothing, also between tabs of one person', () => {
  const { table, tell } = open()
  const [one, two] = [socket(ada), socket(ada)]
  table.receive(one, message([1, 0, { cursor: 1 }]))
  table.receive(two, message([2, 0, { cursor: 2 }]))
  tell(one, two)
  table.receive(two, message([1, 0, { cursor: 1, user: userOf(ada) }], [2, 1, { cursor: 3 }]))
  expect(tell(one, two)).toEqual([new Map([[2, { cursor: 3, user: userOf(ada) }]]), new Map()])
})

test('R8: the new connection of a person takes over the client id of the old, half-open one', () => {
  const { table, tell } = open()
  const [old, fresh, b] = [socket(ada), socket(ada), socket(bo)]
  table.receive(old, message([1, 5, { cursor: 1 }]))
  tell(old, b)
  table.receive(fresh, message([1, 5, { cursor: 1 }]))
  expect(tell(old, fresh, b)[2]?.has(1)).toBe(true)
  table.leave(old)
  expect(tell(fresh, b)).toEqual([new Map(), new Map()])
  table.leave(fresh)
  expect(tell(b)).toEqual([new Map([[1, null]])])
})

test('R8: one socket cannot fill the room with client ids', () => {
  const { table, tell } = open(2)
  const [a, b] = [socket(ada), socket(bo)]
  table.receive(a, message([1, 0, {}], [2, 0, {}], [3, 0, {}]))
  expect([...(tell(a, b)[1]?.keys() ?? [])]).toEqual([1, 2])
})

test('R8: states that are too large, or no objects, are dropped; the rest of the message counts', () => {
  const { table, tell } = open()
  const [a, b] = [socket(ada), socket(bo)]
  const large = { text: 'x'.repeat(MAX_AWARENESS_BYTES) }
  table.receive(a, message([1, 0, large], [2, 0, 'text'], [3, 0, [1]], [4, 0, { cursor: 4 }]))
  expect([...(tell(a, b)[1]?.keys() ?? [])]).toEqual([4])
})

test('R8: malformed messages are told from others', () => {
  const { table } = open()
  const good = message([1, 0, { cursor: 1 }])
  for (let length = 0; length < good.length; length += 1) {
    expect(table.receive(socket(ada), good.slice(0, length)), `${length} bytes`).toBe(false)
  }
  expect(table.receive(socket(ada), Uint8Array.of(...good, 0))).toBe(false)
  expect(table.receive(socket(ada), Uint8Array.of(1, 1, 0, 3, 123, 123, 123))).toBe(false)
  expect(table.receive(socket(ada), Uint8Array.of(...new Array(200).fill(0x80), 0))).toBe(true)
})

test('R8: when a socket closes, everybody hears that its carets are gone', () => {
  const { table, tell } = open()
  const [a, b] = [socket(ada), socket(bo)]
  table.receive(a, message([1, 0, {}], [2, 0, {}]))
  tell(a, b)
  table.leave(a)
  expect(tell(b)).toEqual([
    new Map([
      [1, null],
      [2, null],
    ]),
  ])
  expect(table.everybodyFor(b)).toBeNull()
})

test('changes of one turn are announced once, as one message', () => {
  const { table, tell, due } = open()
  const [a, b] = [socket(ada), socket(bo)]
  for (let clock = 0; clock < 5; clock += 1) table.receive(a, message([1, clock, { cursor: clock }]))
  expect(due()).toBe(1)
  expect(tell(b)).toEqual([new Map([[1, { cursor: 4, user: userOf(ada) }]])])
  expect(tell(b)).toEqual([new Map()])
})

test('a newcomer hears of everybody but of its own clients', () => {
  const { table } = open()
  const [a, b] = [socket(ada), socket(bo)]
  table.receive(a, message([1, 0, {}]))
  table.receive(b, message([2, 0, {}]))
  const said = readServerMessage(payloadOf(table.everybodyFor(b) ?? Buffer.of()))
  expect(said.type === 'awareness' && [...said.entries.keys()]).toEqual([1])
})

test('a stock client that reconnects with the clock it had is seen again by stock clients', () => {
  const table = new AwarenessTable<Socket>(4, () => {})
  const [writer, watcher] = [new Awareness(new Y.Doc()), new Awareness(new Y.Doc())]
  writer.setLocalState({ cursor: 1 })
  const watching = socket(bo)
  const announce = (from: Socket) => table.receive(from, encodeAwarenessUpdate(writer, [writer.clientID]))
  const deliver = () =>
    table.broadcast([watching], (_, frame) => {
      const decoder = decoding.createDecoder(payloadOf(frame))
      decoding.readVarUint(decoder)
      applyAwarenessUpdate(watcher, decoding.readVarUint8Array(decoder), 'server')
    })
  const first = socket(ada)
  announce(first)
  deliver()
  expect(watcher.getStates().has(writer.clientID)).toBe(true)
  table.leave(first)
  deliver()
  expect(watcher.getStates().has(writer.clientID)).toBe(false)
  announce(socket(ada))
  deliver()
  expect(watcher.getStates().get(writer.clientID)).toMatchObject({ user: { name: 'Ada' } })
  writer.destroy()
  watcher.destroy()
})
