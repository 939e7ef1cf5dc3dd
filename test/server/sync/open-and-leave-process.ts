import { setTimeout as pause } from 'node:timers/promises'
import * as Y from 'yjs'
import { typeParagraph } from '#test/support/sync-client.ts'
import { actorNamed, draftAddress } from './harness.ts'
import { openRooms, stepOne, turns, updateMessage } from './room-harness.ts'

/**
 * Opens so many documents of 20 kB, writes to each, leaves them all. Needs --expose-gc. Prints, in bytes of heap and
 * of buffers: `open` for each document while it is open and at rest, `after` of all together when they are closed.
 */
const count = Number(process.argv[2])
const ada = actorNamed('Ada')
const limits = { restAfter: 20, projectAfter: 1, idleAfter: 1 }

function textOf20kB(): Uint8Array {
  const doc = new Y.Doc()
  for (let paragraph = 0; paragraph < 40; paragraph += 1) {
    typeParagraph(doc, `${paragraph} ${'le vent se leva sur la place '.repeat(17)}`)
  }
  return Y.encodeStateAsUpdate(doc)
}

function memory(): number {
  for (let round = 0; round < 3; round += 1) globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

async function openAndLeave(documents: number): Promise<number> {
  const house = openRooms({ limits, project: async () => {} })
  const text = textOf20kB()
  const addresses = Array.from({ length: documents }, () => draftAddress())
  for (const { name } of addresses) house.memory.create(name, text)
  const before = memory()
  const rooms = await Promise.all(addresses.map(house.roomOf))
  const leave: (() => void)[] = []
  for (const address of addresses) {
    const { session, socket } = await house.join(address, ada)
    const edit = new Y.Doc()
    edit.getMap('meta').set('title', 'Écrit')
    session.receive(stepOne(Uint8Array.of(0)))
    session.receive(updateMessage(Y.encodeStateAsUpdate(edit)))
    await turns(2)
    socket.flush()
    socket.received.length = 0
    leave.push(() => session.ended())
  }
  while (rooms.some((room) => !room.live.resting)) await pause(10)
  const open = (memory() - before) / documents
  for (const [index, go] of leave.entries()) {
    go()
    rooms[index]?.release()
  }
  rooms.length = 0
  leave.length = 0
  while (house.rooms.size > 0) await pause(10)
  return open
}

// Once for what is made once: compiled code, pools of buffers.
await openAndLeave(20)
const start = memory()
const open = await openAndLeave(count)
await pause(50)
console.log(JSON.stringify({ open, after: memory() - start }))
