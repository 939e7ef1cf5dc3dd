import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { AddressOf } from '#lib/documents/registry.ts'
import { CLOSE } from '#lib/protocol/close-codes.ts'
import { MESSAGE } from '#lib/protocol/messages.ts'
import type { Database } from '#server/db/database.ts'
import type { ServerEvent } from '#server/events/port.ts'
import { createDocument } from '#server/sync/log/document-rows.ts'
import { createPostgresUpdateLog } from '#server/sync/log/postgres-update-log.ts'
import { freshDatabase } from '#test/support/database.ts'
import { type RawSocket, rawSocket } from '#test/support/sync-client-raw.ts'
import { actorNamed, addDocument, addPeople, draftAddress, type House, openHouse, until } from './harness.ts'
import { barrier, frame, updateMessage } from './room-harness.ts'

const ada = actorNamed('Ada')
const bo = actorNamed('Bo')
let database: Database
let house: House

beforeAll(async () => {
  database = await freshDatabase()
  await addPeople(database, [ada, bo])
  house = await openHouse({ database })
})
afterAll(() => house.close())

/** What a page sends that proposes a word for each of the ids. */
function proposing(ids: readonly unknown[], more: (doc: Y.Doc) => void = () => {}): Uint8Array {
  const doc = new Y.Doc()
  doc.transact(() => {
    const paragraph = new Y.XmlElement('paragraph')
    const text = new Y.XmlText()
    paragraph.insert(0, [text])
    doc.getXmlFragment('body').push([paragraph])
    for (const id of ids) text.insert(0, 'mot ', { suggestInsert: { id, part: 0, kind: null } })
    more(doc)
  })
  return Y.encodeStateAsUpdate(doc)
}

/** Comes in as a page does: what it says counts once it has answered our step 1. */
async function enter(actor: typeof ada, { name }: { name: string }, at = house): Promise<RawSocket> {
  const socket = await rawSocket(`${at.url}/${name}`, at.admit(actor))
  socket.send(frame(MESSAGE.sync, 1, Y.encodeStateAsUpdate(new Y.Doc())))
  return socket
}

/** Sends an update, and waits until it is on disk. */
async function commit(socket: RawSocket, update: Uint8Array): Promise<void> {
  const number = socket.messages.length + 1
  socket.send(updateMessage(update))
  socket.send(barrier(number))
  await until('it is saved', () =>
    socket.heard().some((heard) => heard.type === 'durable' && heard.n === number),
  )
}

async function authorsIn({ name }: AddressOf<'draft'>): Promise<Record<string, string>> {
  const { rows } = await database.pool.query<{ id: string; volunteer_id: string }>(
    'select id, volunteer_id from document_suggestions where document = $1',
    [name],
  )
  return Object.fromEntries(rows.map((row) => [row.id, row.volunteer_id]))
}

/** What was told of a draft's suggestions from now on. */
function hearing({ id }: AddressOf<'draft'>) {
  const heard: Extract<ServerEvent, { type: 'suggestions.added' }>[] = []
  house.events.subscribe((event) => {
    if (event.type === 'suggestions.added' && event.draftId === id) heard.push(event)
  })
  return heard
}

test('R8: a suggestion is of whoever committed it first, whoever else claims it', async () => {
  const address = await addDocument(database)
  const heard = hearing(address)
  const [first, second] = [await enter(ada, address), await enter(bo, address)]
  await commit(first, proposing(['s1', 's1', 's2']))
  await commit(second, proposing(['s1', 's3']))
  expect(await authorsIn(address)).toEqual({ s1: ada.volunteerId, s2: ada.volunteerId, s3: bo.volunteerId })
  await until('it is told', () => heard.length === 2)
  expect(heard.map(({ ids }) => ids)).toEqual([['s1', 's2'], ['s3']])
  first.close()
  second.close()
})

test('R8: two who claim one suggestion at the same moment are one author, for ever', async () => {
  const address = await addDocument(database)
  const [first, second] = [await enter(ada, address), await enter(bo, address)]
  await Promise.all([commit(first, proposing(['s'])), commit(second, proposing(['s']))])
  const [author] = Object.values(await authorsIn(address))
  expect([ada.volunteerId, bo.volunteerId]).toContain(author)
  for (const socket of [first, second]) await commit(socket, proposing(['s']))
  expect(await authorsIn(address)).toEqual({ s: author })
  first.close()
  second.close()
})

test('R8: the author of a suggestion stays after compaction, and in a server that was started anew', async () => {
  const address = await addDocument(database)
  const before = await openHouse({ database })
  const first = await enter(ada, address, before)
  await commit(first, proposing(['s']))
  first.close()
  await before.close()
  expect(await createPostgresUpdateLog(database.pool, database.pool).compact(address.name)).toBe('done')
  const after = await openHouse({ database })
  const second = await enter(bo, address, after)
  await commit(second, proposing(['s']))
  expect(await authorsIn(address)).toEqual({ s: ada.volunteerId })
  second.close()
  await after.close()
})

test('R8: whoever sends again what others wrote is not the author of what they suggested', async () => {
  const address = draftAddress()
  const seed = proposing(['nobodys'])
  await database.orm.transaction((tx) => createDocument(tx, address, seed, null))
  const socket = await enter(bo, address)
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seed)
  Y.applyUpdate(doc, proposing(['bos']))
  await commit(socket, Y.encodeStateAsUpdate(doc))
  expect(await authorsIn(address)).toEqual({ bos: bo.volunteerId })
  socket.close()
})

test('R6: a reader’s suggestion is nobody’s', async () => {
  const address = await addDocument(database)
  const heard = hearing(address)
  house.access.set(`${ada.volunteerId} ${address.name}`, 'read')
  const [reader, writer] = [await enter(ada, address), await enter(bo, address)]
  reader.send(updateMessage(proposing(['s'])))
  await until('it was refused', () => reader.heard().some(({ type }) => type === 'denied'))
  await commit(writer, proposing(['s']))
  expect(await authorsIn(address)).toEqual({ s: bo.volunteerId })
  expect(heard).toHaveLength(1)
  reader.close()
  writer.close()
})

test('R9: an update that is refused names nobody', async () => {
  const address = await addDocument(database)
  const socket = await enter(ada, address)
  const forged = proposing(['s'], (doc) => {
    const text = new Y.XmlText()
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [text])
    doc.getXmlFragment('body').push([paragraph])
    text.insert(0, 'cliquez', { link: { href: 'javascript:alert(1)' } })
  })
  socket.send(updateMessage(forged))
  await until('it is closed', () => socket.code() !== null)
  expect(socket.code()).toBe(CLOSE.badMessage)
  expect(await authorsIn(address)).toEqual({})
})

test('R8: an id that is none closes its socket: PostgreSQL would not keep it, and save nothing any more', async () => {
  const address = await addDocument(database)
  for (const id of ['', 'x'.repeat(101), 'nul\u0000', 'deux mots', 7, null]) {
    const socket = await enter(ada, address)
    socket.send(updateMessage(proposing(['s', id])))
    await until('it is closed', () => socket.code() !== null)
    expect(socket.code()).toBe(CLOSE.badMessage)
  }
  expect(await authorsIn(address)).toEqual({})
})

test('R9: more suggestions than one update may carry close its socket', async () => {
  const small = await openHouse({ database, limits: { suggestionsPerUpdate: 3 } })
  const address = await addDocument(database)
  const socket = await enter(ada, address, small)
  await commit(socket, proposing(['a', 'b', 'c']))
  socket.send(updateMessage(proposing(['d', 'e', 'f', 'g'])))
  await until('it is closed', () => socket.code() !== null)
  expect(socket.code()).toBe(CLOSE.badMessage)
  expect(Object.keys(await authorsIn(address)).toSorted()).toEqual(['a', 'b', 'c'])
  await small.close()
})

test('news of many suggestions is told in pieces that PostgreSQL takes', async () => {
  const address = await addDocument(database)
  const heard = hearing(address)
  const ids = Array.from({ length: 150 }, (_, index) => `${index}`.padStart(100, 'x'))
  const socket = await enter(ada, address)
  await commit(socket, proposing(ids))
  await until('all are told', () => heard.flatMap((event) => event.ids).length === ids.length)
  expect(heard.flatMap((event) => event.ids).toSorted()).toEqual(ids.toSorted())
  for (const event of heard) expect(Buffer.byteLength(JSON.stringify(event))).toBeLessThan(8000)
  socket.close()
})

test('news of suggestions that could not be told is told later', async () => {
  const address = await addDocument(database)
  const heard = hearing(address)
  const { publish } = house.events
  let failures = 1
  house.events.publish = (event) => {
    if (failures > 0) {
      failures -= 1
      throw new Error('PostgreSQL took no news')
    }
    publish(event)
  }
  const socket = await enter(ada, address)
  await commit(socket, proposing(['s']))
  await until('it is told', () => heard.length === 1)
  expect(failures).toBe(0)
  expect(heard[0]?.ids).toEqual(['s'])
  house.events.publish = publish
  socket.close()
})

test('R8: what is written on somebody’s behalf is their suggestion, what the server writes is nobody’s', async () => {
  const address = await addDocument(database, 'Bonjour')
  const suggest = (id: string) => (doc: Y.Doc) => Y.applyUpdate(doc, proposing([id]))
  expect(await house.sync.edit(address.name, ada.volunteerId, suggest('s1'))).toEqual({
    ok: true,
    value: undefined,
  })
  const held = await house.sync.hold(address.name)
  if (!held.ok) throw new Error(held.error)
  expect(await held.value.edit(null, suggest('s2'))).toBe(true)
  held.value.release()
  expect(await authorsIn(address)).toEqual({ s1: ada.volunteerId })
})
