import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Database } from '#server/db/database.ts'
import { readDocument } from '#server/sync/document-rows.ts'
import { createPostgresUpdateLog } from '#server/sync/postgres-update-log.ts'
import { actorNamed, addDocument, addPeople, until } from '#test/server/sync/harness.ts'
import { turns } from '#test/server/sync/room-harness.ts'
import { FIRST_SEED, runsOr } from '#test/support/chance.ts'
import { freshDatabase } from '#test/support/database.ts'
import { calm, FuzzClient, startProcess } from './fuzz-world.ts'
import { randomFrom } from './random.ts'

/**
 * Volunteers type at random into one document, over a network that delays and drops, into a process that
 * is killed and a database that fails, all as a seed decides. `npm run test:fuzz -- convergence` runs others, and more.
 */
const SEEDS = runsOr(200)
const FROM = FIRST_SEED
const STEPS = 60
/** So many worlds share the database at a time. */
const AT_ONCE = 8

const people = ['Ada', 'Bo', 'Cy', 'Di'].map(actorNamed)
let database: Database

beforeAll(async () => {
  database = await freshDatabase()
  await addPeople(database, people)
})
afterAll(() => database.close())

async function rowsOf(name: Parameters<typeof readDocument>[1]): Promise<Y.Doc> {
  const doc = await readDocument(database.orm, name)
  if (!doc) throw new Error('the document is gone')
  return doc
}

const readingOf = (doc: Y.Doc) =>
  JSON.stringify([doc.getXmlFragment('body').toString(), doc.getMap('meta').toJSON()])

/**
 * Whether updates would add nothing that a reader sees. Delete sets are not compared: whoever receives
 * formatted text also tidies up its markers, each copy for itself.
 */
function contains(rows: Y.Doc, updates: readonly Uint8Array[]): boolean {
  const both = new Y.Doc()
  Y.applyUpdate(both, Y.encodeStateAsUpdate(rows))
  const before = readingOf(both)
  for (const update of updates) Y.applyUpdate(both, update)
  return readingOf(both) === before && both.store.pendingStructs === null
}

async function live(seed: number): Promise<void> {
  const random = randomFrom(seed)
  // In a quarter of the worlds commits are overtaken: then what others saw may be lost with the process.
  const overtaking = seed % 4 === 0
  const limits = {
    overtakeAfter: overtaking ? 1 : 100_000,
    retryFirst: 1,
    retryLongest: 2,
    idleAfter: 2,
    compactClosing: 1 + random.below(20),
    compactOpen: 5 + random.below(40),
    projectAfter: 1,
  }
  const log = createPostgresUpdateLog(database.pool, database.pool)
  const address = await addDocument(database)
  const clients = people.slice(0, 2 + random.below(3)).map((actor) => new FuzzClient(actor))
  let running = startProcess(log, limits)

  async function checkRows(): Promise<void> {
    const rows = await rowsOf(address.name)
    for (const client of clients) {
      if (client.acknowledged)
        expect(contains(rows, [client.acknowledged]), 'what was acknowledged is in the rows').toBe(true)
      if (!overtaking) {
        expect(contains(rows, client.told), 'what anybody was shown is in the rows').toBe(true)
      }
    }
  }

  async function kill(): Promise<void> {
    // Its last batch may or may not have been committed before.
    if (random.chance(0.5)) await running.gate.fail(random.chance(0.5))
    running.house.appender.stop()
    for (const client of clients) client.disconnect()
    await checkRows()
    running = startProcess(log, limits)
  }

  for (let step = 0; step < STEPS; step += 1) {
    const client = random.pick(clients)
    const dice = random.below(100)
    if (dice < 30) client.edit(random)
    else if (dice < 45) client.deliverUp(1 + random.below(4))
    else if (dice < 60) client.deliverDown()
    else if (dice < 76) await running.gate.commit()
    else if (dice < 80) await running.gate.fail(random.chance(0.3))
    else if (dice < 86) client.askBarrier()
    else if (dice < 91) {
      if (client.online) client.disconnect()
    } else if (dice < 97) {
      if (!client.online) await client.connect(running, address)
    } else if (dice < 98) await log.compact(address.name)
    else await kill()
    await turns(1)
  }
  await running.gate.openWide()
  for (const client of clients) if (!client.online) await client.connect(running, address)
  await calm(clients)
  await until('all is saved', () => running.house.appender.waiting === 0)
  await calm(clients)
  const rows = await rowsOf(address.name)
  for (const client of clients) {
    expect(readingOf(client.doc)).toBe(readingOf(rows))
    expect(client.doc.store.pendingStructs).toBeNull()
    expect(contains(rows, [Y.encodeStateAsUpdate(client.doc)])).toBe(true)
  }
  await checkRows()
  for (const client of clients) client.disconnect()
  await until('the room is closed', () => running.house.rooms.size === 0)
  expect(readingOf(await rowsOf(address.name))).toBe(readingOf(rows))
}

const named = (seed: number) =>
  live(seed).catch((error) => Promise.reject(new Error(`seed ${seed}`, { cause: error })))

test(
  `${SEEDS} random histories from seed ${FROM} end in one text, and lose nothing that was saved or seen`,
  async () => {
    const seeds = Array.from({ length: SEEDS }, (_, index) => FROM + index)
    const workers = Array.from({ length: AT_ONCE }, async () => {
      for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) await named(seed)
    })
    await Promise.all(workers)
  },
  60_000 + SEEDS * 500,
)

test('seed 6: catching up with rows of another process shows no deletion that is not committed yet', () =>
  named(6))
