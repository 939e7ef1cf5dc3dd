import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { atDesk } from '#test/support/desk.ts'
import { type RunningServer, startServer } from '#test/support/server.ts'
import { signIn } from '#test/support/sign-in.ts'
import { length, long } from './length.ts'
import { type OwnPostgres, ownPostgres } from './own-postgres.ts'

const AWAY = length({ short: 1000, long: 60_000 })
const account = { email: 'ada@exemple.quebec', password: 'une longue phrase de passe' }

let postgres: OwnPostgres
let server: RunningServer
let cookie: string

beforeAll(async () => {
  postgres = await ownPostgres()
  const env = { DATABASE_URL: postgres.database.url }
  server = await startServer({ env })
  await atDesk(
    server.dataFolder,
    ({ volunteers }) => volunteers.add({ ...account, name: 'Ada', role: 'editor', locale: 'fr' }),
    env,
  )
  cookie = await signIn(server.url, account)
}, 240_000)
afterAll(async () => {
  await server?.stop()
  await postgres?.remove()
})

const statusOf = async (path: string) => (await fetch(`${server.url}${path}`)).status

async function page(path: string): Promise<{ readonly status: number; readonly text: string }> {
  const answer = await fetch(`${server.url}${path}`, { headers: { cookie }, redirect: 'manual' })
  return { status: answer.status, text: await answer.text() }
}

/** Everything is served again, by the process that was there before. */
async function servesAgain(pid: number): Promise<void> {
  await vi.waitFor(async () => expect(await statusOf('/readyz')).toBe(200), { timeout: 30_000, interval: 50 })
  expect((await page('/drafts')).status).toBe(200)
  expect(server.pid).toBe(pid)
  expect(server.output()).not.toMatch(/unheard|nothing caught/)
}

test('while PostgreSQL is away pages say that something went wrong, nobody is signed out, and it mends by itself', {
  timeout: 240_000,
}, async () => {
  const { pid } = server
  expect((await page('/drafts')).status).toBe(200)
  postgres.kill()
  expect(await statusOf('/readyz')).toBe(503)
  expect(await statusOf('/healthz')).toBe(200)
  const broken = await page('/drafts')
  expect(broken.status).toBe(500)
  expect(broken.text).toMatch(/réessay|Réessay/)
  expect((await page('/api/auth/session')).status).toBe(503)
  await new Promise((resolve) => setTimeout(resolve, AWAY))
  await postgres.start()
  await servesAgain(pid)
})

test('while PostgreSQL hangs the process says that it is not ready, and pages are answered within half a minute', {
  timeout: 240_000,
}, async () => {
  const { pid } = server
  postgres.pause()
  try {
    expect(await statusOf('/readyz')).toBe(503)
    expect(await statusOf('/healthz')).toBe(200)
    if (long) {
      const begun = performance.now()
      const answers = await Promise.all(Array.from({ length: 30 }, () => page('/drafts')))
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 500))
      expect(performance.now() - begun).toBeLessThan(45_000)
    }
  } finally {
    postgres.resume()
  }
  await servesAgain(pid)
})
