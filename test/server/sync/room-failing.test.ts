import { expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { CLOSE } from '#lib/protocol/close-codes.ts'
import { typeParagraph } from '#test/support/sync-client.ts'
import { actorNamed, until } from './harness.ts'
import { barrier, heldLog, openRooms, settle, stepOne, turns } from './room-harness.ts'

const ada = actorNamed('Ada')
const bo = actorNamed('Bo')
const _cy = actorNamed('Cy')

test('R7: a failing log loses nothing: the text stays, is shown as not saved, and is appended in the end', async () => {
  const house = openRooms({ limits: { overtakeAfter: 20, retryFirst: 5, retryLongest: 10 } })
  const address = house.create()
  const [writer, reader] = [await house.join(address, ada), await house.join(address, bo)]
  await settle(writer, reader)
  reader.send(barrier(0))
  const failing = vi.fn(() => {
    throw new Error('disk full')
  })
  house.memory.onAppend = failing
  writer.write('gardé')
  writer.write('aussi')
  writer.send(barrier(5))
  await until('it was tried again and shown', () => {
    reader.hear()
    return failing.mock.calls.length >= 4 && reader.text().includes('aussi')
  })
  expect(reader.said('storage')).toEqual([{ type: 'storage', behind: true }])
  writer.hear()
  expect(writer.said('durable')).toEqual([])
  house.memory.onAppend = () => {}
  await until('it is committed', () => house.appender.waiting === 0)
  await settle(writer, reader)
  expect(writer.said('durable')).toEqual([{ type: 'durable', n: 5 }])
  expect(reader.said('storage').at(-1)).toEqual({ type: 'storage', behind: false })
  expect(house.memory.documents.get(address.name)?.rows).toHaveLength(3)
})

test('R7: a room whose updates cannot be saved is not forgotten', async () => {
  const house = openRooms({ limits: { idleAfter: 1, retryFirst: 5, retryLongest: 10 } })
  const address = house.create()
  const client = await house.join(address, ada)
  await settle(client)
  house.memory.onAppend = () => {
    throw new Error('disk full')
  }
  client.write('gardé')
  client.drop()
  await new Promise((resolve) => setTimeout(resolve, 60))
  expect(house.rooms.size).toBe(1)
  const other = await house.join(address, bo)
  await until('it is shown', () => {
    other.hear()
    return other.text().includes('gardé')
  })
  other.drop()
  house.memory.onAppend = () => {}
  await until('the room is gone', () => house.rooms.size === 0)
  expect(house.memory.loads).toBe(1)
})

test('R7: a document whose rows are refused does not hold up the others', async () => {
  const house = openRooms({ limits: { retryFirst: 5, retryLongest: 10, idleAfter: 1 } })
  const [bad, good] = [house.create(), house.create()]
  const clients = [await house.join(bad, ada), await house.join(good, bo)] as const
  await settle(...clients)
  const append = house.memory.append.bind(house.memory)
  let refusing = true
  house.memory.append = async (entries) => {
    if (refusing && entries.some((entry) => entry.document === bad.name)) {
      throw Object.assign(new Error('refused'), { code: '23503' })
    }
    return append(entries)
  }
  clients[0].write('un')
  clients[1].write('deux')
  clients[0].write('trois')
  clients[1].send(barrier(1))
  await until('the good one is saved', () => {
    for (const client of clients) client.hear()
    return clients[1].said('durable').length === 1
  })
  expect(house.appender.waiting).toBe(2)
  refusing = false
  await until('the other one is saved too', () => house.appender.waiting === 0)
  expect(house.memory.documents.get(bad.name)?.headSeq).toBe(3)
})

test('a document that is deleted while it is open sends everybody away', async () => {
  const house = openRooms()
  const address = house.create()
  const client = await house.join(address, ada)
  await settle(client)
  house.memory.documents.delete(address.name)
  client.write('trop tard')
  await turns()
  expect(client.socket.closedWith()).toBe(CLOSE.noSuchDocument)
  await turns()
  expect(house.rooms.size).toBe(0)
})

test('what another process appended to an open document is read, and shown', async () => {
  const house = openRooms()
  const address = house.create()
  const client = await house.join(address, ada)
  await settle(client)
  const foreign = new Y.Doc()
  typeParagraph(foreign, 'd’ailleurs')
  const data = Y.encodeStateAsUpdate(foreign)
  await house.memory.append([{ document: address.name, data, author: null, clients: [], suggestions: [] }])
  client.write('d’ici')
  await until('it is shown', () => {
    client.hear()
    return client.text().includes('d’ailleurs')
  })
  expect(client.text()).toContain('d’ici')
})

test('rows are derived again until it works, and never from what is not committed', async () => {
  let failures = 3
  const seen: string[] = []
  const house = openRooms({
    limits: { projectAfter: 1, retryFirst: 1, retryLongest: 5, overtakeAfter: 5 },
    project: async (projection) => {
      failures -= 1
      if (failures >= 0) throw new Error('no rows today')
      if (projection.kind === 'draft') seen.push(projection.facts.plainText)
    },
  })
  const address = house.create('Bonjour')
  const client = await house.join(address, ada)
  await settle(client)
  await until('the rows are derived', () => seen.at(-1) === 'Bonjour')
  const held = heldLog(house.memory)
  client.write('suite')
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(seen.at(-1)).toBe('Bonjour')
  await held.release()
  await until('the rows are derived', () => seen.at(-1) === 'Bonjour\nsuite')
})

test('a state vector that is none closes its socket, and nothing else', async () => {
  const house = openRooms()
  const address = house.create()
  const [client, other] = [await house.join(address, ada), await house.join(address, bo)]
  await settle(client, other)
  client.send(stepOne(Uint8Array.of(5, 1)))
  expect(client.socket.closedWith()).toBe(CLOSE.badMessage)
  other.write('tranquille')
  await settle(other)
  expect(other.socket.closedWith()).toBeNull()
})

test('R7: what waits to be saved is bounded: past it writers are sent away, keep their edits and bring them back', async () => {
  const limits = { overtakeAfter: 5, retryFirst: 5, retryLongest: 10, unsavedBytes: 4096 }
  const house = openRooms({ limits })
  const address = house.create()
  const [writer, reader] = [await house.join(address, ada), await house.join(address, bo)]
  await settle(writer, reader)
  house.memory.onAppend = () => {
    throw new Error('disk full')
  }
  for (let count = 0; count < 10; count += 1) writer.write(`mot${count}`)
  expect(writer.socket.closedWith()).toBe(CLOSE.notSaving)
  expect(house.appender.waiting).toBe(4)
  await until('what was taken is shown', () => {
    reader.hear()
    return reader.text().includes('mot3')
  })
  // What the page kept and nobody took is not there, and whoever writes nothing stays.
  expect(reader.text()).not.toContain('mot4')
  expect(reader.socket.closedWith()).toBeNull()
  const early = await house.join(address, ada)
  Y.applyUpdate(early.doc, Y.encodeStateAsUpdate(writer.doc), 'server')
  early.hear()
  expect(early.socket.closedWith()).toBe(CLOSE.notSaving)
  house.memory.onAppend = () => {}
  await until('it is committed', () => house.appender.waiting === 0)
  const back = await house.join(address, ada)
  Y.applyUpdate(back.doc, Y.encodeStateAsUpdate(writer.doc), 'server')
  await settle(back, reader)
  expect(reader.text()).toContain('mot9')
})
