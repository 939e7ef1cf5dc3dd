import { afterAll, beforeAll, expect, test } from 'vitest'
import type { House } from '#test/server/sync/harness.ts'
import { length } from './length.ts'
import { type OwnPostgres, ownPostgres } from './own-postgres.ts'
import { report } from './report.ts'
import { openSuffering, suffer } from './two-writers.ts'

const AWAY = length({ short: 1500, long: 60_000 })
const HANGS = length({ short: 10_000, long: 60_000 })
const TIMEOUT = 240_000

let postgres: OwnPostgres
let house: House

beforeAll(async () => {
  postgres = await ownPostgres()
  house = await openSuffering(postgres)
})
afterAll(async () => {
  await house?.close()
  await postgres?.remove()
})

test(`R7: PostgreSQL is stopped in order and comes back after ${AWAY} ms`, { timeout: TIMEOUT }, async () => {
  const suffered = await suffer(house, postgres, {
    begin: () => postgres.stop(),
    lasts: AWAY,
    end: () => postgres.start(),
  })
  report('PostgreSQL stopped and started', suffered)
  expect(house.sync.stats().waiting).toBeLessThan(10)
})

test(`R7: PostgreSQL is killed and comes back after ${AWAY} ms`, { timeout: TIMEOUT }, async () => {
  const suffered = await suffer(house, postgres, {
    begin: () => postgres.kill(),
    lasts: AWAY,
    end: () => postgres.start(),
  })
  report('PostgreSQL killed', suffered)
})

test(`R7: PostgreSQL hangs for ${HANGS} ms`, { timeout: TIMEOUT }, async () => {
  const suffered = await suffer(house, postgres, {
    begin: () => postgres.pause(),
    lasts: HANGS,
    end: () => postgres.resume(),
  })
  report('PostgreSQL paused', suffered)
})
