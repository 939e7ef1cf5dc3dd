import { expect, test } from 'vitest'
import { openDatabase } from '#server/db/open.ts'
import { createLog } from '#server/log.ts'
import { freshDatabase } from '#test/support/database.ts'

const log = createLog({ logLevel: 'silent' })
const open = (databaseUrl: string) =>
  openDatabase({ config: { databaseUrl, dataFolder: '/nonexistent' }, log, patience: 0 })

test('an external PostgreSQL is used as it is, and no data folder is made', async () => {
  const { url } = await freshDatabase()
  const opened = await open(url)
  if (!opened.ok) throw new Error(opened.error)
  expect((await opened.value.database.pool.query('select count(*)::int as n from newsroom')).rows).toEqual([
    { n: 0 },
  ])
  await opened.value.stop()
})

test('an external PostgreSQL that is not there is named, without its password', async () => {
  expect(await open('postgres://pupitre:very-secret@127.0.0.1:1/pupitre')).toEqual({
    ok: false,
    error: expect.stringMatching(
      /^DATABASE_URL: PostgreSQL at 127\.0\.0\.1:1\/pupitre cannot be used: (?!.*very-secret)/,
    ),
  })
})

test('a wrong password and a missing database are refused at once', async () => {
  const { url } = await freshDatabase()
  const patient = (databaseUrl: string) =>
    openDatabase({ config: { databaseUrl, dataFolder: '/nonexistent' }, log, patience: 60_000 })
  const wrong = new URL(url)
  wrong.password = 'wrong'
  expect(await patient(wrong.href)).toMatchObject({ ok: false, error: expect.stringContaining('password') })
  const missing = new URL(url)
  missing.pathname = '/no_such_database'
  expect(await patient(missing.href)).toMatchObject({
    ok: false,
    error: expect.stringContaining('no_such_database'),
  })
})
