import { expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { draftKind } from '#lib/documents/draft/shape.ts'
import { CLOSE } from '#lib/protocol/close-codes.ts'
import { applyAll } from '#server/sync/document-state.ts'
import { textOf, typeParagraph } from '#test/support/sync-client.ts'
import { actorNamed, draftAddress, until } from './harness.ts'
import {
  barrier,
  heldLog,
  openRooms,
  settle,
  stepOne,
  stepTwo,
  turns,
  updateMessage,
} from './room-harness.ts'

const ada = actorNamed('Ada')
const bo = actorNamed('Bo')
const cy = actorNamed('Cy')

test('R1: nobody comes in before the document has loaded', async () => {
  const house = openRooms()
  const address = house.create('Bonjour')
  let loaded = () => {}
  house.memory.onLoad = () => new Promise((resolve) => (loaded = resolve))
  let joined = false
  const joining = house.join(address, ada).then((client) => {
    joined = true
    return client
  })
  await turns()
  expect(joined).toBe(false)
  loaded()
  const client = await joining
  await settle(client)
  expect(client.text()).toContain('Bonjour')
})

test('R1: a failed load refuses with a code, is not remembered, and serves nothing empty', async () => {
  const house = openRooms()
  const address = house.create('Bonjour')
  house.memory.onLoad = () => {
    throw new Error('PostgreSQL is away')
  }
  expect(await house.rooms.hold(address)).toEqual({ ok: false, error: CLOSE.loadFailed })
  await turns()
  expect(house.rooms.size).toBe(0)
  house.memory.onLoad = () => {}
  const client = await house.join(address, ada)
  await settle(client)
  expect(client.text()).toContain('Bonjour')
})

test('R1: a stored update that Yjs cannot read is a failed load, not a shorter document', async () => {
  const house = openRooms()
  const address = house.create('Bonjour')
  house.memory.documents
    .get(address.name)
    ?.rows.push({ seq: 2, data: Uint8Array.of(9, 9), author: null, at: new Date() })
  expect(await house.rooms.hold(address)).toEqual({ ok: false, error: CLOSE.loadFailed })
})

test('R1: a document that is not there is refused as such', async () => {
  expect(await openRooms().rooms.hold(draftAddress())).toEqual({ ok: false, error: CLOSE.noSuchDocument })
})

test('R1: a document of a newer schema is not opened', async () => {
  const house = openRooms()
  expect(await house.rooms.hold(house.create('x', 2))).toEqual({ ok: false, error: CLOSE.loadFailed })
})

test('R1: an older document is migrated, and the migration committed, before anybody syncs', async () => {
  const migrate = (doc: Y.Doc, from: number) => void doc.getMap('meta').set('title', `migré de ${from}`)
  const house = openRooms({ kindOf: () => ({ ...draftKind, schemaVersion: 2, migrate }) })
  const address = house.create('Bonjour', 1)
  const client = await house.join(address, ada)
  expect(house.memory.documents.get(address.name)).toMatchObject({ schemaVersion: 2, headSeq: 2 })
  await settle(client)
  expect(client.doc.getMap('meta').get('title')).toBe('migré de 1')
  expect(client.text()).toContain('Bonjour')
})

test('R2: those who come at the same time share one load and one room', async () => {
  const house = openRooms()
  const address = house.create()
  const clients = await Promise.all([ada, bo, cy].map((actor) => house.join(address, actor)))
  expect(house.memory.loads).toBe(1)
  expect(house.rooms.size).toBe(1)
  clients[0]?.write('à tous')
  await settle(...clients)
  for (const client of clients) expect(client.text()).toContain('à tous')
})

test('R3: an empty room is kept for a while, then forgotten once everything is saved', async () => {
  const house = openRooms({ limits: { idleAfter: 30, projectAfter: 1 } })
  const address = house.create()
  const client = await house.join(address, ada)
  await settle(client)
  client.write('adieu')
  client.drop()
  const again = await house.join(address, bo)
  await settle(again)
  expect(house.memory.loads).toBe(1)
  expect(again.text()).toContain('adieu')
  again.drop()
  await until('the room is gone', () => house.rooms.size === 0)
  expect(house.projections.at(-1)).toMatchObject({ seq: 2, lastEditor: ada.volunteerId })
})

test('R3: a draining room revives with what it holds, and is not read again', async () => {
  let projected = () => {}
  const house = openRooms({
    limits: { idleAfter: 1, projectAfter: 10_000, projectAtLatest: 10_000 },
    project: () => new Promise((resolve) => (projected = resolve)),
  })
  const address = house.create()
  const first = await house.join(address, ada)
  await settle(first)
  first.write('encore là')
  first.drop()
  // The room drains: its rows are being derived, and that takes its time.
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(house.rooms.size).toBe(1)
  const second = await house.join(address, bo)
  await settle(second)
  expect(second.text()).toContain('encore là')
  projected()
  await turns()
  second.write('et vivant')
  await settle(second)
  expect(house.rooms.size).toBe(1)
  expect(house.memory.loads).toBe(1)
})

test('R3: a room that was broken off is opened again only when its updates are all saved', async () => {
  const house = openRooms()
  const held = heldLog(house.memory)
  const address = house.create()
  const client = await house.join(address, ada)
  client.hear()
  client.write('pas perdu')
  await turns()
  const room = house.rooms.get(address.name)
  room?.close(CLOSE.loadFailed)
  expect(client.socket.closedWith()).toBe(CLOSE.loadFailed)
  const joining = house.join(address, bo)
  await turns()
  expect(house.memory.loads).toBe(1)
  await held.release()
  const next = await joining
  await settle(next)
  expect(next.text()).toContain('pas perdu')
})

test('R4: text is shown to others after its commit, and not before', async () => {
  const house = openRooms()
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
  const house = openRooms()
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
  await new Promise((resolve) => setTimeout(resolve, 40))
  expect(reader.hear().map((message) => message.type)).toEqual(['storage', 'update'])
})

test('R4: a barrier is answered when all before it is committed, at once where all is', async () => {
  const house = openRooms()
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
  const house = openRooms()
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
  const house = openRooms()
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
  await house.memory.append([{ document: address.name, data, author: null, clients: [] }])
  client.write('d’ici')
  await settle(client)
  expect(client.text()).toContain('d’ailleurs')
  expect(client.text()).toContain('d’ici')
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

test('rows are derived again until it works, and never from what is not committed', async () => {
  let failures = 3
  const seen: string[] = []
  const house = openRooms({
    limits: { projectAfter: 1, retryFirst: 1, retryLongest: 5, overtakeAfter: 5 },
    project: async ({ facts }) => {
      failures -= 1
      if (failures >= 0) throw new Error('no rows today')
      seen.push(facts.plainText)
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
