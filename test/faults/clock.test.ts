import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { draftDocument } from '#lib/documents/registry.ts'
import type { DraftId } from '#lib/domain/ids.ts'
import { readDocument } from '#server/sync/log/document-rows.ts'
import { until } from '#test/server/sync/harness.ts'
import { atDesk } from '#test/support/desk.ts'
import { type RunningServer, startServer } from '#test/support/server.ts'
import { signIn } from '#test/support/sign-in.ts'
import { textOf } from '#test/support/sync-client.ts'
import { length } from './length.ts'
import { MarkWriter, marksIn } from './mark-writer.ts'
import { type OwnPostgres, ownPostgres } from './own-postgres.ts'
import { report } from './report.ts'

/** Milliseconds of typing after each jump. */
const BETWEEN = length({ short: 300, long: 10_000 })
/** What the clock of the server’s process says, against that of PostgreSQL and of the pages. */
const JUMPS = ['+10m', '-10m', '+1d', '-1d', '+20d', '+0']
const PATIENCE = 30_000
const account = { email: 'ada@exemple.quebec', password: 'une longue phrase de passe' }

let folder: string
let postgres: OwnPostgres
let server: RunningServer
let draft: DraftId

/** Its monotonic clock goes on as it should: that is what a corrected clock does. */
const setClock = (offset: string) => writeFileSync(join(folder, 'clock'), `${offset}\n`)

function libfaketime(): string {
  const [library] = globSync('/usr/lib/*/faketime/libfaketimeMT.so.1')
  if (library !== undefined) return library
  throw new Error('The tests of clocks that jump need libfaketime (Debian: apt-get install faketime).')
}

beforeAll(async () => {
  folder = mkdtempSync('/tmp/pupitre-clock-')
  setClock('+0')
  postgres = await ownPostgres()
  const settings = { DATABASE_URL: postgres.database.url }
  server = await startServer({
    env: {
      ...settings,
      LD_PRELOAD: libfaketime(),
      FAKETIME_TIMESTAMP_FILE: join(folder, 'clock'),
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    },
  })
  draft = await atDesk(
    server.dataFolder,
    async ({ volunteers, drafts }) => {
      await volunteers.add({ ...account, name: 'Ada', role: 'editor', locale: 'fr' })
      const made = await drafts.create('operator', { title: 'Horloge' })
      if (!made.ok) throw new Error(made.error)
      return made.value
    },
    settings,
  )
}, 240_000)
afterAll(async () => {
  await server?.stop()
  await postgres?.remove()
  rmSync(folder, { recursive: true })
})

/** What the server’s own clock says, from the date of its answers. */
async function serverSays(): Promise<number> {
  const { headers } = await fetch(`${server.url}/healthz`)
  return Date.parse(headers.get('date') ?? '')
}

test('clocks jump by minutes and by days, both ways: nobody is cut off, signed out or kept waiting, nothing is lost', {
  timeout: 60_000 + JUMPS.length * (PATIENCE + BETWEEN),
}, async () => {
  const port = Number(new URL(server.url).port)
  const cookie = await signIn(server.url, account)
  const document = draftDocument(draft)
  const [one, other] = [
    new MarkWriter({ name: 'a', cookie, document, every: 10 }),
    new MarkWriter({ name: 'b', cookie, document, every: 10 }),
  ]
  for (const writer of [one, other]) writer.open(port)
  for (const jump of JUMPS) {
    setClock(jump)
    const hours = /d$/.test(jump) ? 20 : jump === '+0' ? -1 : 0.1
    await until(
      `the clock says ${jump}`,
      async () => Math.abs((await serverSays()) - Date.now()) > hours * 3_600_000,
      PATIENCE,
    )
    const goals = [one, other].map(({ written }) => written + 3)
    await until(
      `edits are saved and seen after ${jump}`,
      () => [one, other].every(({ saved, seen }, at) => saved.size > (goals[at] ?? 0) && seen.size > 3),
      PATIENCE,
    )
    await delay(BETWEEN)
    // Who was signed in is, and who signs in now is too.
    expect((await fetch(`${server.url}/drafts`, { headers: { cookie }, redirect: 'manual' })).status).toBe(
      200,
    )
    const newcomer = new MarkWriter({
      name: 'c',
      cookie: await signIn(server.url, account),
      document,
      every: null,
    })
    newcomer.open(port)
    await until(`somebody comes in after ${jump}`, () => newcomer.synced, PATIENCE)
    newcomer.close()
  }
  expect([one, other].map(({ closedWith }) => closedWith)).toEqual([null, null])
  // What is acknowledged from now on is not in the rows that are read now.
  for (const writer of [one, other]) writer.close()
  const kept = new Set(marksIn(textOf((await readDocument(postgres.database.orm, document)) ?? missing())))
  const owed = [one, other].flatMap(({ saved, seen }) => [...saved, ...seen])
  expect(owed.filter((text) => !kept.has(text))).toEqual([])
  report('clock jumps', { jumps: JUMPS.length, acknowledged: one.saved.size + other.saved.size, lost: 0 })
  expect(server.output()).not.toMatch(/unheard|nothing caught/)
})

function missing(): never {
  throw new Error('the document is gone')
}
