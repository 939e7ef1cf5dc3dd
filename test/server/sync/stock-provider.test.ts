import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { readDocument } from '#server/sync/log/document-rows.ts'
import { freshDatabase } from '#test/support/database.ts'
import { stockClient, synced, textOf, typeParagraph } from '#test/support/sync-client.ts'
import { actorNamed, addDocument, addPeople, type House, openHouse, until } from './harness.ts'

const ada = actorNamed('Ada')
const bo = actorNamed('Bo')
let database: Database
let house: House

beforeAll(async () => {
  database = await freshDatabase()
  await addPeople(database, [ada, bo])
  house = await openHouse({ database, limits: { projectAfter: 20 } })
})
afterAll(() => house.close())

test('two unmodified providers write one document, which its rows then hold', async () => {
  const { name } = await addDocument(database)
  const one = stockClient(house.url, name, house.admit(ada))
  const two = stockClient(house.url, name, house.admit(bo))
  await Promise.all([synced(one), synced(two)])
  expect(textOf(one.doc)).toContain('Bonjour')
  typeParagraph(one.doc, 'de la part d’Ada')
  typeParagraph(two.doc, 'de la part de Bo')
  two.meta.set('title', 'À deux')
  await until('both have all', () =>
    [one, two].every(({ doc }) => /d’Ada/.test(textOf(doc)) && /de Bo/.test(textOf(doc))),
  )
  expect(textOf(one.doc)).toBe(textOf(two.doc))
  await until('all is saved', () => house.sync.stats().waiting === 0)
  const stored = await readDocument(database.orm, name)
  expect(stored && textOf(stored)).toBe(textOf(one.doc))
  await until('the rows are derived', () => house.projections.at(-1)?.facts.title === 'À deux')
  one.provider.destroy()
  two.provider.destroy()
})
