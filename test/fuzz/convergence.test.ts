import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Actor } from '#lib/domain/permissions.ts'
import type { Database } from '#server/db/database.ts'
import { personWho, saysOf } from '#test/server/sync/guard-harness.ts'
import { addPeople, until } from '#test/server/sync/harness.ts'
import { turns } from '#test/server/sync/room-harness.ts'
import { FIRST_SEED, runsOr } from '#test/support/chance.ts'
import { freshDatabase } from '#test/support/database.ts'
import { honestEdits, hostileEdit } from './calendar-edits.ts'
import { FaultyBus } from './faulty-bus.ts'
import { editAtRandom } from './fuzz-edits.ts'
import { calm, FuzzClient, type FuzzProcess, startProcess } from './fuzz-world.ts'
import { type Random, randomFrom } from './random.ts'
import { calendarInMemory, draftInMemory, draftInPostgres, type Store } from './stores.ts'

/**
 * Volunteers write at random into one document, a draft or the calendar, and readers look on: over networks that
 * delay, drop and tear, into one process or several, between which messages are lost, repeated and reordered, which
 * are killed, whose commits are slow or fail, while rooms close, rest and compact, all as a seed decides.
 * `npm run test:fuzz -- convergence` runs others, and more.
 */
const SEEDS = runsOr(500)
const FROM = FIRST_SEED
const STEPS = 70
/** So many worlds go on at a time. */
const AT_ONCE = 8
/** How long the last messages of a world may take, in milliseconds. */
const PATIENCE = 20_000

const people = {
  draft: [
    personWho('editor', 'Ada'),
    personWho('editor', 'Bo'),
    personWho('contributor', 'Cy'),
    personWho('editor', 'Di'),
  ],
  calendar: [
    personWho('editor', 'Ada'),
    personWho('contributor', 'Bo'),
    personWho('contributor', 'Cy'),
    personWho('editor', 'Di'),
  ],
  reader: personWho('reader', 'Eve'),
}
let database: Database

beforeAll(async () => {
  database = await freshDatabase()
  await addPeople(database, people.draft)
})
afterAll(() => database.close())

/** What of a document a reader sees. */
const readingOf = ({ address }: Store, doc: Y.Doc): string =>
  address.kind === 'calendar'
    ? saysOf(doc)
    : JSON.stringify([doc.getXmlFragment('body').toString(), doc.getMap('meta').toJSON()])

/**
 * Whether updates would add nothing that a reader sees. Delete sets are not compared: whoever receives
 * formatted text also tidies up its markers, each copy for itself.
 */
function contains(store: Store, rows: Y.Doc, updates: readonly Uint8Array[]): boolean {
  const both = new Y.Doc()
  Y.applyUpdate(both, Y.encodeStateAsUpdate(rows))
  const before = readingOf(store, both)
  for (const update of updates) Y.applyUpdate(both, update)
  return readingOf(store, both) === before && both.store.pendingStructs === null
}

async function storeFor(seed: number): Promise<Store> {
  if (seed % 8 === 0) return draftInPostgres(database)
  return seed % 5 === 3 ? calendarInMemory() : draftInMemory()
}

function clientsOf(store: Store, random: Random): readonly FuzzClient[] {
  const { kind } = store.address
  const id = () => 1 + random.below(2 ** 32 - 1)
  const writer = (actor: Actor, index: number) => {
    const planning = index < 2 ? honestEdits() : hostileEdit
    const edit = kind === 'calendar' ? planning : editAtRandom
    return new FuzzClient(actor, edit, { id: id(), atLeast: store.seed })
  }
  const reader = new FuzzClient(people.reader, () => {}, { id: id(), atLeast: store.seed })
  return [...people[kind].slice(0, 2 + random.below(3)).map(writer), reader]
}

/** So many processes as there are, each of which can be killed and is replaced at once. */
function processesOf(store: Store, random: Random, overtaking: boolean) {
  const bus = new FaultyBus(random)
  let started = 0
  const limits = {
    overtakeAfter: overtaking ? 1 : 100_000,
    retryFirst: 1,
    retryLongest: 2,
    idleAfter: 2,
    restAfter: random.pick([1, 5, 100_000]),
    gapPatience: 1 + random.below(5),
    compactClosing: 1 + random.below(20),
    compactOpen: 5 + random.below(40),
    projectAfter: 1,
  }
  const start = () => {
    started += 1
    const node = `node ${started}`
    return { ...startProcess(store.log, limits, bus.node(node)), node }
  }
  const running = Array.from({ length: 1 + random.below(3) }, start)
  return {
    bus,
    running,
    any: (): FuzzProcess => random.pick(running),
    kill: async () => {
      const at = random.below(running.length)
      const killed = running[at]
      if (!killed) return null
      // Its last batch may or may not have been committed before.
      if (random.chance(0.5)) await killed.gate.fail(random.chance(0.5))
      killed.house.appender.stop()
      bus.lose(killed.node)
      running[at] = start()
      return killed
    },
  }
}

async function live(seed: number): Promise<void> {
  const random = randomFrom(seed)
  // In a quarter of the worlds commits are overtaken: then what others saw may be lost with the process.
  const overtaking = seed % 4 === 0
  const store = await storeFor(seed)
  const clients = clientsOf(store, random)
  const { bus, running, any, kill } = processesOf(store, random, overtaking)
  const reading = (doc: Y.Doc) => readingOf(store, doc)

  async function checkRows(): Promise<void> {
    const rows = await store.read()
    for (const client of clients) {
      if (client.acknowledged) {
        expect(contains(store, rows, [client.acknowledged]), 'what was acknowledged is in the rows').toBe(
          true,
        )
      }
      if (!overtaking)
        expect(contains(store, rows, client.told), 'what anybody was shown is in the rows').toBe(true)
    }
    const { snapshot, rows: numbers, head } = await store.numbers()
    const expected = Array.from({ length: head - snapshot }, (_, index) => snapshot + 1 + index)
    expect(numbers, 'no number is missing and none is there twice').toEqual(expected)
  }

  for (let step = 0; step < STEPS; step += 1) {
    const client = random.pick(clients)
    const dice = random.below(100)
    if (dice < 28) client.edit(random)
    else if (dice < 42) client.deliverUp(1 + random.below(4))
    else if (dice < 56) client.deliverDown()
    else if (dice < 68) await any().gate.commit()
    else if (dice < 72) await any().gate.fail(random.chance(0.3))
    else if (dice < 78) client.askBarrier()
    else if (dice < 83) bus.deliver(1 + random.below(4))
    else if (dice < 86) client.tear(random)
    else if (dice < 89) client.disconnect()
    else if (dice < 96) {
      if (!client.online) await client.connect(any(), store.address)
    } else if (dice < 98) await store.log.compact(store.address.name)
    else {
      const killed = await kill()
      for (const one of clients) if (killed && one.isOn(killed)) one.disconnect()
      await checkRows()
    }
    await turns(1)
  }

  bus.heal()
  for (const { gate } of running) await gate.openWide()
  for (const client of clients) if (!client.online) await client.connect(any(), store.address)
  for (const { house } of running) house.rooms.get(store.address.name)?.catchUp()
  const settle = async () => {
    while ((await calm(clients)) || bus.deliver(1000)) await turns(2)
  }
  const deadline = Date.now() + PATIENCE
  for (let alike = false; !alike && Date.now() < deadline; ) {
    await settle()
    await until('all is saved', () => running.every(({ house }) => house.appender.waiting === 0))
    await settle()
    const truth = reading(await store.read())
    alike = clients.every(({ doc }) => reading(doc) === truth)
  }
  const rows = await store.read()
  for (const client of clients) {
    expect(reading(client.doc)).toBe(reading(rows))
    expect(client.doc.store.pendingStructs).toBeNull()
    expect(contains(store, rows, [Y.encodeStateAsUpdate(client.doc)])).toBe(true)
  }
  await checkRows()
  for (const client of clients) client.disconnect()
  await until('the rooms are closed', () => running.every(({ house }) => house.rooms.size === 0))
  expect(reading(await store.read())).toBe(reading(rows))
}

const named = (seed: number) =>
  live(seed).catch((error) => Promise.reject(new Error(`seed ${seed}`, { cause: error })))

test(
  `R1, R4, R7: ${SEEDS} random histories from seed ${FROM} end in one text, and lose nothing that was saved or seen`,
  async () => {
    const seeds = Array.from({ length: SEEDS }, (_, index) => FROM + index)
    const workers = Array.from({ length: AT_ONCE }, async () => {
      for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) await named(seed)
    })
    await Promise.all(workers)
  },
  60_000 + SEEDS * 500,
)
