import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { freshDatabase } from '#test/support/database.ts'
import { SECRET } from '#test/support/people.ts'
import { type RunningServer, startServer } from '#test/support/server.ts'

let database: Database
let server: RunningServer

beforeAll(async () => {
  database = await freshDatabase()
  server = await startServer({ env: { DATABASE_URL: database.url, PUPITRE_SECRET: SECRET } })
}, 240_000)
afterAll(async () => {
  await server?.stop()
})

test('a page that fails shows a code, and the log has what it was under that code, without the address', async () => {
  await database.pool.query('alter table newsroom rename to elsewhere')
  const response = await fetch(`${server.url}/sign-in?next=%2Fa-marker-of-somebody`)
  const page = await response.text()
  expect(response.status).toBe(500)
  // The log comes by a pipe of its own, in pieces, and maybe later than the page.
  const line = () => /^.*a page failed.*$(?=\n)/m.exec(server.output())?.[0]
  await expect.poll(line).toBeDefined()
  const told = JSON.parse(line() ?? '{}')
  expect(told).toMatchObject({ level: 50, what: 'render', route: '/sign-in' })
  expect(told.reference).toMatch(/^\d+$/)
  expect(page).toContain(told.reference)
  expect(JSON.stringify(told.err)).toContain('42P01')
  expect(server.output()).not.toContain('a-marker-of-somebody')
})
