import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { applyAll } from '#server/sync/room/document-state.ts'
import { textOf, typeParagraph } from '#test/support/sync-client.ts'
import { actorNamed, until } from './harness.ts'
import {
  awarenessMessage,
  barrier,
  heldLog,
  openRooms,
  settle,
  stepTwo,
  turns,
  updateMessage,
} from './room-harness.ts'

const ada = actorNamed('Ada')
const bo = actorNamed('Bo')
const cy = actorNamed('Cy')

/** A commit that is held is not overtaken, however long a busy machine takes over the test. */
const NEVER_EARLY = { limits: { overtakeAfter: 100_000 } }

test('R4: text is shown to others after its commit, and not before', async () => {
  const house = openRooms(NEVER_EARLY)
  const address = house.create()
  const [writer, reader] = [await house.join(address, ada), await house.join(address, bo)]
  await settle(writer, reader)
  const held = heldLog(house.memory)
  writer.write('secret')
  await settle(writer, reader)
  expect(reader.text()).not.toContain('secret')
  await held.release()
  reader.hear()
  expect(reader.text()).toContain('secret')
  const stored = await house.memory.load(address.name)
  const doc = new Y.Doc()
  applyAll(doc, stored?.updates ?? [])
  expect(textOf(doc)).toContain('secret')
})

test('R4: whoever joins during a commit is not shown what it holds either', async () => {
  const house = openRooms(NEVER_EARLY)
  const address = house.create('Bonjour')
  const writer = await house.join(address, ada)
  await settle(writer)
  const held = heldLog(house.memory)
  writer.write('secret')
  await turns()
  const late = await house.join(address, bo)
  await settle(late)
  expect(late.text()).toBe('')
  expect(late.said('stepTwo')).toEqual([])
  await held.release()
  await settle(late)
  expect(late.text()).toMatch(/Bonjour.*secret/)
})

test('R4: a commit slower than the limit is overtaken, and those who understand are told', async () => {
  const house = openRooms({ limits: { overtakeAfter: 30 } })
  const address = house.create()
  const [writer, reader, stock] = [
    await house.join(address, ada),
    await house.join(address, bo),
    await house.join(address, cy),
  ]
  await settle(writer, reader, stock)
  for (const client of [writer, reader]) client.send(barrier(0))
  await settle(writer, reader, stock)
  const held = heldLog(house.memory)
  writer.write('lent')
  writer.send(barrier(1))
  await until('it is shown', () => {
    for (const client of [writer, reader, stock]) client.hear()
    return reader.text().includes('lent') && stock.text().includes('lent')
  })
  expect(reader.said('storage')).toEqual([{ type: 'storage', behind: true }])
  expect(stock.said('storage')).toEqual([])
  expect(writer.said('durable')).toEqual([{ type: 'durable', n: 0 }])
  await held.release()
  await settle(writer, reader, stock)
  expect(reader.said('storage').at(-1)).toEqual({ type: 'storage', behind: false })
  expect(writer.said('durable').at(-1)).toEqual({ type: 'durable', n: 1 })
})

test('R4: `storage 1` comes before the text that it is about', async () => {
  const house = openRooms({ limits: { overtakeAfter: 10 } })
  const address = house.create()
  const [writer, reader] = [await house.join(address, ada), await house.join(address, bo)]
  await settle(writer, reader)
  reader.send(barrier(1))
  await settle(writer, reader)
  heldLog(house.memory)
  writer.write('lent')
  const heard: string[] = []
  await until('it is shown', () => {
    heard.push(...reader.hear().map((message) => message.type))
    return heard.includes('update')
  })
  expect(heard).toEqual(['storage', 'update'])
})

test('R4: a barrier is answered when all before it is committed, at once where all is', async () => {
  const house = openRooms(NEVER_EARLY)
  const address = house.create()
  const client = await house.join(address, ada)
  await settle(client)
  client.send(barrier(7))
  expect(client.hear()).toEqual([{ type: 'durable', n: 7 }])
  const held = heldLog(house.memory)
  client.write('un')
  client.send(barrier(8))
  client.write('deux')
  client.send(barrier(9))
  await turns()
  expect(client.hear()).toEqual([])
  await held.release()
  expect(client.hear()).toEqual([
    { type: 'durable', n: 8 },
    { type: 'durable', n: 9 },
  ])
  expect(house.memory.documents.get(address.name)?.headSeq).toBe(3)
})

test('R4: a barrier is not answered before the client has said what it wrote while it was away', async () => {
  const house = openRooms()
  const address = house.create()
  const client = await house.join(address, ada)
  client.send(barrier(1))
  await turns()
  client.socket.flush()
  expect(client.said('durable')).toEqual([])
  typeParagraph(client.doc, 'écrit hors ligne')
  client.send(stepTwo(Y.encodeStateAsUpdate(client.doc)))
  await settle(client)
  expect(client.said('durable')).toEqual([{ type: 'durable', n: 1 }])
})

test('R4: what is written while a batch commits is committed together by the next one', async () => {
  const house = openRooms(NEVER_EARLY)
  const addresses = [house.create(), house.create()]
  const clients = await Promise.all(addresses.map((address) => house.join(address, ada)))
  await settle(...clients)
  const held = heldLog(house.memory)
  clients[0]?.write('premier')
  await turns()
  for (let index = 0; index < 5; index += 1) for (const client of clients) client.write(`${index}`)
  await held.release()
  expect(house.memory.batches).toEqual([1, 10])
})

test('R4: an update is sent to everybody but its sender, also when many wait for a batch', async () => {
  const house = openRooms(NEVER_EARLY)
  const address = house.create()
  const clients = await Promise.all(Array.from({ length: 14 }, () => house.join(address, ada)))
  await settle(...clients)
  const held = heldLog(house.memory)
  const [one, two, listener] = clients
  one?.write('un')
  two?.write('deux')
  one?.write('trois')
  await held.release()
  expect(one?.hear().map((message) => message.type)).toEqual(['update'])
  expect(two?.hear().map((message) => message.type)).toEqual(['update', 'update'])
  expect(listener?.hear().map((message) => message.type)).toEqual(['update'])
  await settle(...clients)
  for (const client of clients) expect(client.text()).toBe(one?.text())
})

test('R4: an update that says nothing new is not written again', async () => {
  const house = openRooms()
  const address = house.create()
  const client = await house.join(address, ada)
  await settle(client)
  client.write('une fois')
  client.doc.getXmlFragment('body').delete(0, 1)
  await settle(client)
  const before = house.memory.documents.get(address.name)?.headSeq
  const whole = Y.encodeStateAsUpdate(client.doc)
  client.send(updateMessage(whole))
  client.send(updateMessage(Uint8Array.of(0, 0)))
  client.send(barrier(3))
  await settle(client)
  expect(house.memory.documents.get(address.name)?.headSeq).toBe(before)
  expect(client.said('durable').at(-1)).toEqual({ type: 'durable', n: 3 })
})

test('R4: an update that builds on what is not here is asked for whole, and its barrier waits', async () => {
  const house = openRooms()
  const address = house.create()
  const client = await house.join(address, ada)
  await settle(client)
  const updates: Uint8Array[] = []
  const doc = new Y.Doc()
  doc.on('update', (update: Uint8Array) => updates.push(update))
  typeParagraph(doc, 'un')
  typeParagraph(doc, 'deux')
  client.send(updateMessage(updates.at(-1) ?? Uint8Array.of()))
  client.send(barrier(1))
  await turns()
  expect(client.socket.flush().map((message) => message.type)).toEqual(['stepOne'])
  Y.applyUpdate(client.doc, Y.encodeStateAsUpdate(doc), 'server')
  client.send(stepTwo(Y.encodeStateAsUpdate(doc)))
  await settle(client)
  expect(client.said('durable')).toEqual([{ type: 'durable', n: 1 }])
  expect((await house.roomOf(address)).live.doc.getXmlFragment('body').toString()).toMatch(/un.*deux/)
})

test('R8: carets in text that is being committed are announced with the text, others at once', async () => {
  const house = openRooms(NEVER_EARLY)
  const address = house.create()
  const [writer, reader] = [await house.join(address, ada), await house.join(address, bo)]
  await settle(writer, reader)
  writer.send(awarenessMessage([1, 1, '{"cursor":1}']))
  await turns()
  expect(reader.hear().map((message) => message.type)).toEqual(['awareness'])
  const held = heldLog(house.memory)
  writer.write('un')
  writer.send(awarenessMessage([1, 2, '{"cursor":2}']))
  writer.send(awarenessMessage([1, 3, '{"cursor":3}']))
  await turns()
  expect(reader.hear()).toEqual([])
  await held.release()
  expect(reader.hear().map((message) => message.type)).toEqual(['update', 'awareness'])
})

test('a client id is attributed with the first update that carries it', async () => {
  const house = openRooms()
  const address = house.create()
  const client = await house.join(address, ada)
  await settle(client)
  client.write('un')
  client.write('deux')
  await settle(client)
  expect(house.memory.documents.get(address.name)?.clients).toEqual(
    new Map([[client.doc.clientID, ada.volunteerId]]),
  )
})

test('R5: a long log is compacted when its room closes, and while it is open', async () => {
  const house = openRooms({ limits: { idleAfter: 1, compactClosing: 3, compactOpen: 10, projectAfter: 1 } })
  const address = house.create()
  const client = await house.join(address, ada)
  await settle(client)
  const stored = house.memory.documents.get(address.name)
  for (let index = 0; index < 12; index += 1) {
    client.write(`[${index}]`)
    await settle(client)
  }
  expect(stored?.snapshot?.seq).toBeGreaterThanOrEqual(10)
  for (let index = 12; index < 16; index += 1) client.write(`[${index}]`)
  await settle(client)
  client.drop()
  await until('the room is gone', () => house.rooms.size === 0)
  expect(stored?.rows).toEqual([])
  const again = await house.join(address, bo)
  await settle(again)
  for (let index = 0; index < 16; index += 1) expect(again.text()).toContain(`[${index}]`)
})

test('R5: a log of few rows is compacted where they are large: sooner when its room closes than while it is open', async () => {
  const house = openRooms({ limits: { idleAfter: 1, projectAfter: 1 } })
  const address = house.create()
  const client = await house.join(address, ada)
  await settle(client)
  const stored = house.memory.documents.get(address.name)
  client.write('page '.repeat(4000))
  await settle(client)
  expect(stored?.snapshot).toBeNull()
  client.write('livre '.repeat(50_000))
  await settle(client)
  await until('it is compacted while it is open', () => stored?.snapshot?.seq === 3)
  expect(stored?.rows).toEqual([])
  client.write('page '.repeat(4000))
  await settle(client)
  expect(stored?.rows).toHaveLength(1)
  client.drop()
  await until('the room is gone', () => house.rooms.size === 0)
  expect(stored?.rows).toEqual([])
  const again = await house.join(address, bo)
  again.write('un mot')
  await settle(again)
  again.drop()
  await until('the room is gone', () => house.rooms.size === 0)
  expect(stored?.rows, 'a few words are no reason to write a book anew').toHaveLength(1)
})

test('a server-side edit goes through the room: committed, shown to all, attributed', async () => {
  const house = openRooms({ limits: { projectAfter: 1 } })
  const address = house.create()
  const client = await house.join(address, ada)
  await settle(client)
  const room = await house.roomOf(address)
  const edited = await room.live.edit(
    bo.volunteerId,
    (doc) => doc.getMap('meta').set('title', 'Nouveau'),
    1000,
  )
  expect(edited).toBe(true)
  expect(house.memory.documents.get(address.name)?.rows.at(-1)?.author).toBe(bo.volunteerId)
  await settle(client)
  expect(client.doc.getMap('meta').get('title')).toBe('Nouveau')
  await until('the rows are derived', () => house.projections.at(-1)?.lastEditor === bo.volunteerId)
  expect(house.projections.at(-1)).toMatchObject({ seq: 2, facts: { title: 'Nouveau' } })
})
