import { beforeAll, expect, onTestFinished, test } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { addPeople } from '#test/server/sync/harness.ts'
import { freshDatabase } from '#test/support/database.ts'
import { dieOften, people, type Toll } from './deaths-harness.ts'
import { length, long } from './length.ts'
import { ownPostgres } from './own-postgres.ts'
import { report } from './report.ts'

const DEATHS = length({ short: 5, long: 200 })
const NEVER = 600_000
/** Of each death, on the slowest machine. */
const PATIENCE = 30_000

let database: Database

beforeAll(async () => {
  database = await freshDatabase()
  await addPeople(database, people)
})

function told(what: string, { lost, ...figures }: Toll): void {
  report(what, { ...figures, lost: lost.length })
}

test(`R4: after each of ${DEATHS} deaths by kill -9 under load, all that was acknowledged or seen is there`, {
  timeout: 60_000 + DEATHS * PATIENCE,
}, async () => {
  const limits = { overtakeAfter: NEVER }
  const atMost = length({ short: 600, long: 2800 })
  const toll = await dieOften({ database, count: DEATHS, limits, atMost, seenToo: true })
  told('kill -9 of the process', toll)
  expect(toll.lost).toEqual([])
  expect(toll.acknowledged).toBeGreaterThan(long ? 100_000 : DEATHS)
  expect(toll.seen).toBeGreaterThan(DEATHS)
})

const AT_ONCE = length({ short: 2, long: 60 })

test(`R4: ${AT_ONCE} times killed in the turn of a «durable», with every page gone for ever: it is there`, {
  timeout: 60_000 + AT_ONCE * PATIENCE,
}, async () => {
  const toll = await dieOften({ database, count: AT_ONCE, atMost: 10_000, onDurable: true, seenToo: false })
  told('kill -9 upon «durable»', toll)
  expect(toll.lost).toEqual([])
  expect(toll.acknowledged).toBeGreaterThanOrEqual(AT_ONCE)
})

const OVERTAKEN = length({ short: 1, long: 40 })

test(`R4: also where every commit is overtaken, ${OVERTAKEN} deaths lose nothing that was acknowledged`, {
  timeout: 60_000 + OVERTAKEN * PATIENCE,
}, async () => {
  const limits = { overtakeAfter: 0 }
  const toll = await dieOften({ database, count: OVERTAKEN, limits, atMost: 1000, seenToo: false })
  told('kill -9, every commit overtaken', toll)
  expect(toll.lost).toEqual([])
  expect(toll.acknowledged).toBeGreaterThanOrEqual(OVERTAKEN)
})

const CUTS = length({ short: 1, long: 40 })

test(`R4: ${CUTS} times killed together with PostgreSQL, which recovers: nothing acknowledged or seen is lost`, {
  timeout: 60_000 + CUTS * PATIENCE,
}, async () => {
  const postgres = await ownPostgres()
  onTestFinished(postgres.remove)
  await addPeople(postgres.database, people)
  const toll = await dieOften({
    database: postgres.database,
    count: CUTS,
    limits: { overtakeAfter: NEVER },
    atMost: 1500,
    seenToo: true,
    alsoEnd: () => {
      postgres.kill()
      return { back: postgres.start }
    },
  })
  told('kill -9 of process and PostgreSQL', toll)
  expect(toll.lost).toEqual([])
  expect(toll.acknowledged).toBeGreaterThanOrEqual(CUTS)
})
