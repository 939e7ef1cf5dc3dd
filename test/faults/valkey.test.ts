import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { actorNamed, addDocument, addPeople, until } from '#test/server/sync/harness.ts'
import { openNode, type TestNode, textInRows } from '#test/server/sync/nodes-harness.ts'
import { freshDatabase } from '#test/support/database.ts'
import { type RunningValkey, startValkey } from '#test/support/valkey.ts'
import { length, long } from './length.ts'
import { report } from './report.ts'
import { Typists } from './valkey-typists.ts'

const people = ['Ada', 'Bo', 'Cy', 'Di'].map(actorNamed)
const LASTS = length({ short: 700, long: 30_000 })
const CALM = length({ short: 400, long: 5000 })
const ROUNDS = length({ short: 12, long: 200 })
/** Milliseconds between two paragraphs of one person. */
const EVERY = length({ short: 20, long: 100 })
/** What issue and R13 promise. */
const CONVERGED_WITHIN = 10_000
let database: Database
let valkey: RunningValkey

beforeAll(async () => {
  database = await freshDatabase()
  await addPeople(database, people)
  valkey = await startValkey()
})
afterAll(() => valkey.stop())

type Fault = { begin(a: TestNode, b: TestNode): unknown; end(a: TestNode, b: TestNode): unknown }

const FAULTS: Readonly<Record<string, Fault>> = {
  'Valkey is killed': { begin: () => valkey.kill9(), end: () => valkey.restart() },
  'Valkey stands still': { begin: () => valkey.freeze(), end: () => valkey.thaw() },
  'one process is cut off from Valkey': { begin: (a) => a.line.cut(), end: (a) => a.line.heal() },
  'the network swallows what one process says and hears': {
    begin: (_, b) => b.line.swallow(),
    end: (_, b) => b.line.heal(),
  },
  'the network of one process stands still': { begin: (a) => a.line.pause(), end: (a) => a.line.heal() },
  'everything comes late': {
    begin: (a, b) => [a, b].map(({ line }) => line.delay(80)),
    end: (a, b) => [a, b].map(({ line }) => line.heal()),
  },
}

const nodesFor = () =>
  Promise.all([
    openNode({ database, valkey, unhurried: long }),
    openNode({ database, valkey, unhurried: long }),
  ])

async function typistsOn([a, b]: readonly [TestNode, TestNode], every: number) {
  const { name } = await addDocument(database)
  const pages = await Promise.all(people.map((actor, index) => (index % 2 ? a : b).page(name, actor)))
  return { name, pages, typists: new Typists(pages, every) }
}

async function nothingIsLost({ name, typists }: Awaited<ReturnType<typeof typistsOn>>): Promise<void> {
  const text = await textInRows(database, name)
  expect(typists.missingFrom(text)).toEqual([])
}

for (const [what, fault] of Object.entries(FAULTS)) {
  test(`R13: while ${what} others see what is typed, nothing is lost, and all converge`, {
    timeout: 60_000 + LASTS + 3 * CALM,
  }, async () => {
    const [a, b] = await nodesFor()
    const desk = await typistsOn([a, b], EVERY)
    const { typists } = desk
    const moments = [performance.now()]
    await pause(CALM)
    moments.push(performance.now())
    await fault.begin(a, b)
    await pause(LASTS)
    moments.push(performance.now())
    await fault.end(a, b)
    const healed = performance.now()
    typists.stop()
    await until('all have converged', () => typists.alike(), CONVERGED_WITHIN)
    const converged = performance.now() - healed
    await until('all is committed', () => a.sync.stats().waiting + b.sync.stats().waiting === 0)
    await nothingIsLost(desk)
    const [began = 0, broke = 0] = moments
    const [calm, during] = [typists.waits(began, broke), typists.waits(broke, healed)]
    report(what, {
      edits: typists.written,
      lost: 0,
      'seen by others after (ms, before)': `${calm.median}, at most ${calm.worst};`,
      'during it': `${during.median}, at most ${during.worst};`,
      'converged after (ms)': Math.round(converged),
    })
    expect(during.worst).toBeLessThan(CONVERGED_WITHIN)
    await until('they hear each other again', () => !a.bus.astray() && !b.bus.astray(), 2 * CONVERGED_WITHIN)
  })
}

test(`R13: through ${ROUNDS} faults one after the other nothing is lost, and all converge after each`, {
  timeout: 60_000 + ROUNDS * 12_000,
}, async () => {
  const [a, b] = await nodesFor()
  const desk = await typistsOn([a, b], 20)
  const kinds = Object.values(FAULTS)
  let worst = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    const fault = kinds[round % kinds.length]
    await fault?.begin(a, b)
    await pause(Math.random() * 600)
    await fault?.end(a, b)
    const typed = desk.typists.written
    await until('they go on', () => desk.typists.written > typed)
  }
  const healed = performance.now()
  desk.typists.stop()
  await until('all have converged', () => desk.typists.alike(), CONVERGED_WITHIN)
  worst = performance.now() - healed
  await until('all is committed', () => a.sync.stats().waiting + b.sync.stats().waiting === 0)
  await nothingIsLost(desk)
  report(`${ROUNDS} faults of Valkey in a row`, {
    edits: desk.typists.written,
    lost: 0,
    'converged after (ms)': Math.round(worst),
  })
})
