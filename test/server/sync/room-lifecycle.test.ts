import { expect, test } from 'vitest'
import type * as Y from 'yjs'
import { draftKind } from '#lib/documents/draft/shape.ts'
import { CLOSE } from '#lib/protocol/close-codes.ts'
import { actorNamed, draftAddress, until } from './harness.ts'
import { heldLog, openRooms, settle, turns } from './room-harness.ts'

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
  expect(await house.rooms.hold(house.create('x', draftKind.schemaVersion + 1))).toEqual({
    ok: false,
    error: CLOSE.loadFailed,
  })
})

test('R1: an older document is migrated, and the migration committed, before anybody syncs', async () => {
  const migrate = (doc: Y.Doc, from: number) => void doc.getMap('meta').set('title', `migré de ${from}`)
  const house = openRooms({
    kindOf: () => ({ ...draftKind, schemaVersion: draftKind.schemaVersion + 1, migrate }),
  })
  const address = house.create('Bonjour', 1)
  const client = await house.join(address, ada)
  expect(house.memory.documents.get(address.name)).toMatchObject({
    schemaVersion: draftKind.schemaVersion + 1,
    headSeq: 2,
  })
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
