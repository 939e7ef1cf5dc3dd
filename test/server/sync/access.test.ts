import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { AddressOf } from '#lib/documents/registry.ts'
import { CLOSE } from '#lib/protocol/close-codes.ts'
import type { Database } from '#server/db/database.ts'
import { readDocument } from '#server/sync/log/document-rows.ts'
import { freshDatabase } from '#test/support/database.ts'
import { textOf, typeParagraph } from '#test/support/sync-client.ts'
import { type RawSocket, rawSocket } from '#test/support/sync-client-raw.ts'
import { actorNamed, addDocument, addPeople, type House, openHouse, until } from './harness.ts'
import { updateMessage } from './room-harness.ts'

const ada = actorNamed('Ada')
const bo = actorNamed('Bo')
const cy = actorNamed('Cy')
let database: Database
let house: House
let address: AddressOf<'draft'>

beforeAll(async () => {
  database = await freshDatabase()
  await addPeople(database, [ada, bo, cy])
  house = await openHouse({ database })
})
afterAll(() => house.close())
beforeEach(async () => {
  address = await addDocument(database)
  house.access.clear()
})

const openAs = (actor: typeof ada) => rawSocket(`${house.url}/${address.name}`, house.admit(actor))

async function closedWithin(socket: RawSocket, milliseconds: number): Promise<number | null> {
  await until('it is closed', () => socket.code() !== null, milliseconds)
  return socket.code()
}

function edit(text: string): Uint8Array {
  const doc = new Y.Doc()
  typeParagraph(doc, text)
  return updateMessage(Y.encodeStateAsUpdate(doc))
}

test('R10: a volunteer whose session is worth nothing any more is closed with signedOut, others stay', async () => {
  const [socket, other] = [await openAs(ada), await openAs(bo)]
  house.people.delete(ada.volunteerId)
  house.events.publish({ type: 'volunteer.access', volunteerId: ada.volunteerId })
  expect(await closedWithin(socket, 2000)).toBe(CLOSE.signedOut)
  expect(other.code()).toBeNull()
  other.close()
})

test('R10: a volunteer whose role changed is closed with accessChanged, and the next upgrade decides', async () => {
  const socket = await openAs(ada)
  house.events.publish({ type: 'volunteer.access', volunteerId: ada.volunteerId })
  expect(await closedWithin(socket, 2000)).toBe(CLOSE.accessChanged)
  house.access.set(address.name, 'forbidden')
  expect(await closedWithin(await openAs(ada), 2000)).toBe(CLOSE.forbidden)
})

test('a page of one person writes nothing in the name of another who has signed in in that browser', async () => {
  const url = `${house.url}/${address.name}?as=${ada.volunteerId}`
  const stale = await rawSocket(url, house.admit(bo))
  stale.send(edit('De la page d’Ada'))
  expect(await closedWithin(stale, 2000)).toBe(CLOSE.signedOut)
  const socket = await rawSocket(url, house.admit(ada))
  socket.send(edit('D’Ada'))
  const written = async () => {
    const doc = await readDocument(database.orm, address.name)
    return doc ? textOf(doc) : ''
  }
  await expect.poll(written).toContain('<paragraph>D’Ada</paragraph>')
  expect(await written()).not.toContain('De la page')
  socket.close()
})

test('R10: the end of one session closes its sockets only', async () => {
  const [socket, other] = [await openAs(ada), await openAs(bo)]
  house.people.delete(ada.volunteerId)
  house.events.publish({ type: 'session.ended', sessionId: ada.sessionId })
  expect(await closedWithin(socket, 2000)).toBe(CLOSE.signedOut)
  expect(other.code()).toBeNull()
  other.close()
})

test('R10: when the rights over a draft change, all of its sockets come back, and those of others stay', async () => {
  const socket = await openAs(ada)
  const elsewhere = await rawSocket(`${house.url}/${(await addDocument(database)).name}`, house.admit(bo))
  house.events.publish({ type: 'draft.access', draftId: address.id })
  expect(await closedWithin(socket, 2000)).toBe(CLOSE.accessChanged)
  expect(elsewhere.code()).toBeNull()
  elsewhere.close()
})

test('R10: from the moment the news is heard, nothing more of the socket is taken', async () => {
  const socket = await openAs(ada)
  await until('it is greeted', () => socket.messages.length > 0)
  socket.send(edit('avant'))
  await until('it is saved', async () =>
    /avant/.test(textOf((await readDocument(database.orm, address.name)) ?? new Y.Doc())),
  )
  house.events.publish({ type: 'volunteer.access', volunteerId: ada.volunteerId })
  socket.send(edit('après'))
  expect(await closedWithin(socket, 2000)).toBe(CLOSE.accessChanged)
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(textOf((await readDocument(database.orm, address.name)) ?? new Y.Doc())).not.toContain('après')
})

test('R10: news that arrives while a socket is being let in counts for it too', async () => {
  const slow = await openHouse({ database })
  const handshake = slow.admit(cy)
  let heldBack = 0
  const get = slow.access.get.bind(slow.access)
  slow.access.get = (key) => {
    // Between the decision and the entry: rights are taken away.
    if (key === address.name && heldBack === 0) {
      heldBack += 1
      setImmediate(() => {
        slow.people.delete(cy.volunteerId)
        slow.events.publish({ type: 'volunteer.access', volunteerId: cy.volunteerId })
      })
    }
    return get(key)
  }
  const socket = await rawSocket(`${slow.url}/${address.name}`, handshake)
  expect(await closedWithin(socket, 2000)).toBe(CLOSE.signedOut)
  expect(heldBack).toBe(1)
  await slow.close()
})

test('R10: after news may have been missed, everybody is checked again', async () => {
  const [gone, lowered, same] = [await openAs(ada), await openAs(bo), await openAs(cy)]
  house.people.delete(ada.volunteerId)
  house.access.set(`${bo.volunteerId} ${address.name}`, 'read')
  house.events.gap()
  expect(await closedWithin(gone, 2000)).toBe(CLOSE.signedOut)
  expect(await closedWithin(lowered, 2000)).toBe(CLOSE.accessChanged)
  expect(same.code()).toBeNull()
  same.close()
})

test('R10: even without any news, everybody is checked from time to time', async () => {
  const checking = await openHouse({ database, limits: { recheckEvery: 50 } })
  const socket = await rawSocket(`${checking.url}/${address.name}`, checking.admit(ada))
  await until('it is greeted', () => socket.messages.length > 0)
  checking.admit({ ...ada, role: 'reader' })
  expect(await closedWithin(socket, 2000)).toBe(CLOSE.accessChanged)
  await checking.close()
})
