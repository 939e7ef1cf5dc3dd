import { beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { CLOSE } from '#lib/protocol/close-codes.ts'
import type { Database } from '#server/db/database.ts'
import { readDocument } from '#server/sync/log/document-rows.ts'
import { asSuperuser, freshDatabase } from '#test/support/database.ts'
import { stockClient, synced, textOf, typeParagraph } from '#test/support/sync-client.ts'
import { rawSocket } from '#test/support/sync-client-raw.ts'
import { actorNamed, addDocument, addPeople, draftAddress, openHouse, until } from './harness.ts'
import { barrier, stepTwo, updateMessage } from './room-harness.ts'

const ada = actorNamed('Ada')
const bo = actorNamed('Bo')
let database: Database

beforeAll(async () => {
  database = await freshDatabase()
  await addPeople(database, [ada, bo])
})

const storedText = async (name: Parameters<typeof readDocument>[1]) =>
  textOf((await readDocument(database.orm, name)) ?? new Y.Doc())

/** Keeps appends to a document from being committed. @returns the way to let them through */
async function lockDocument(name: string): Promise<() => Promise<void>> {
  const client = await database.pool.connect()
  await client.query('begin')
  await client.query('select * from documents where name = $1 for update', [name])
  return async () => {
    await client.query('rollback')
    client.release()
  }
}

test('a stopping server commits, acknowledges and derives what it was given, then sends everybody away to come back', async () => {
  const house = await openHouse({ database, limits: { projectAfter: 60_000, projectAtLatest: 60_000 } })
  const { name } = await addDocument(database)
  const socket = await rawSocket(`${house.url}/${name}`, house.admit(ada))
  socket.send(stepTwo(Uint8Array.of(0, 0)))
  const unlock = await lockDocument(name)
  const doc = new Y.Doc()
  for (let index = 0; index < 50; index += 1) {
    const before = Y.encodeStateVector(doc)
    typeParagraph(doc, `[${index}]`)
    socket.send(updateMessage(Y.encodeStateAsUpdate(doc, before)))
  }
  socket.send(barrier(1))
  await until('all has arrived', () => house.sync.stats().waiting === 50)
  await new Promise((resolve) => setTimeout(resolve, 50))
  setTimeout(() => void unlock(), 200)
  const started = performance.now()
  await house.close()
  expect(performance.now() - started).toBeLessThan(5000)
  expect(house.sync.ready()).toBe(false)
  await until('it is closed', () => socket.code() !== null)
  expect(socket.code()).toBe(CLOSE.goingAway)
  expect(socket.heard()).toContainEqual({ type: 'durable', n: 1 })
  expect(await storedText(name)).toContain('[49]')
  expect(house.projections.at(-1)).toMatchObject({ name, seq: 51 })
})

test('a server that is stopping tells newcomers to come back', async () => {
  const house = await openHouse({ database })
  const { name } = await addDocument(database)
  await house.sync.close()
  const socket = await rawSocket(`${house.url}/${name}`, house.admit(ada))
  await until('it is closed', () => socket.code() !== null)
  expect(socket.code()).toBe(CLOSE.goingAway)
  expect(await house.sync.edit(name, ada.volunteerId, () => {})).toEqual({ ok: false, error: 'unavailable' })
  await house.close()
})

test('R7: a server that cannot save any more still stops in time', async () => {
  const house = await openHouse({ database, limits: { stopPatience: 300 } })
  const { name } = await addDocument(database)
  const client = stockClient(house.url, name, house.admit(ada))
  await synced(client)
  const unlock = await lockDocument(name)
  typeParagraph(client.doc, 'en attente')
  await until('it waits', () => house.sync.stats().waiting === 1)
  const started = performance.now()
  await house.close()
  expect(performance.now() - started).toBeLessThan(3000)
  await unlock()
  client.provider.destroy()
})

test('what a killed process left underived is derived at the start', async () => {
  const { name } = await addDocument(database, 'laissé en plan')
  const house = await openHouse({ database })
  await until('it is derived', () => house.projections.some((projection) => projection.name === name))
  expect(house.projections.find((projection) => projection.name === name)?.facts.plainText).toBe(
    'laissé en plan',
  )
  await until('its room is closed', () => house.sync.stats().rooms === 0)
  await house.close()
})

test('an edit by the server is committed, shown, and refused for what does not exist', async () => {
  const house = await openHouse({ database })
  const { name } = await addDocument(database)
  const client = stockClient(house.url, name, house.admit(ada))
  await synced(client)
  const rename = (doc: Y.Doc) => void doc.getMap('meta').set('title', 'Renommé')
  expect(await house.sync.edit(name, bo.volunteerId, rename)).toEqual({ ok: true, value: undefined })
  const stored = await readDocument(database.orm, name)
  expect(stored?.getMap('meta').get('title')).toBe('Renommé')
  await until('it is shown', () => client.meta.get('title') === 'Renommé')
  expect(await house.sync.edit(draftAddress().name, bo.volunteerId, rename)).toEqual({
    ok: false,
    error: 'missing',
  })
  client.provider.destroy()
  await house.close()
})

test('R7: appends go on by themselves when PostgreSQL comes back after its connections were cut', async () => {
  const house = await openHouse({ database })
  const { name } = await addDocument(database)
  const [writer, reader] = [
    stockClient(house.url, name, house.admit(ada)),
    stockClient(house.url, name, house.admit(bo)),
  ]
  await Promise.all([synced(writer), synced(reader)])
  for (let cut = 0; cut < 3; cut += 1) {
    typeParagraph(writer.doc, `coupure ${cut}`)
    await asSuperuser((admin) =>
      admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
        new URL(database.url).pathname.slice(1),
      ]),
    )
    typeParagraph(writer.doc, `après ${cut}`)
  }
  // A slow commit is shown before its end, and nothing waits either before it has arrived.
  await until('all is shown', () => textOf(reader.doc) === textOf(writer.doc))
  await until('all is saved', () => house.sync.stats().waiting === 0)
  expect(await storedText(name)).toBe(textOf(writer.doc))
  expect(textOf(writer.doc)).toContain('après 2')
  writer.provider.destroy()
  reader.provider.destroy()
  await house.close()
})

test('R3: a document that is left and opened again and again loses nothing', async () => {
  const house = await openHouse({ database, limits: { idleAfter: 1, projectAfter: 1, compactClosing: 2 } })
  const { name } = await addDocument(database)
  for (let visit = 0; visit < 25; visit += 1) {
    const client = stockClient(house.url, name, house.admit(visit % 2 === 0 ? ada : bo))
    await synced(client)
    for (let before = 0; before < visit; before += 1)
      expect(textOf(client.doc)).toContain(`visite ${before}.`)
    typeParagraph(client.doc, `visite ${visit}.`)
    await until('it is saved', async () => (await storedText(name)).includes(`visite ${visit}.`))
    client.provider.destroy()
    if (visit % 3 === 0) await until('the room is closed', () => house.sync.stats().rooms === 0)
  }
  await house.close()
})
