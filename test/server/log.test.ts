import { randomUUID } from 'node:crypto'
import { Writable } from 'node:stream'
import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { volunteers } from '#drizzle/schema/people.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import type { Database } from '#server/db/database.ts'
import { createLog } from '#server/log.ts'
import { freshDatabase } from '#test/support/database.ts'

const MARKER = 'moineau'

let database: Database
beforeAll(async () => {
  database = await freshDatabase()
})

/** What the log writes of `error`, one line. */
function logged(error: unknown, more: object = {}): string {
  let lines = ''
  const to = new Writable({
    write(chunk, _encoding, done) {
      lines += chunk
      done()
    },
  })
  createLog({ logLevel: 'info' }, to).error({ err: error, ...more }, 'it failed')
  return lines
}

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => {
      throw new Error('this was to fail')
    },
    (error: unknown) => error,
  )

const person = (email: string) => ({
  id: randomUUID() as VolunteerId,
  email,
  name: MARKER,
  color: '#336699',
  locale: 'fr' as const,
  role: 'editor' as const,
  passwordHash: MARKER,
})

test('a broken constraint is logged with its name and its table, and with nothing of the row', async () => {
  const { orm } = database
  await orm.insert(volunteers).values(person(`${MARKER}@exemple.quebec`))
  const error = await failureOf(orm.insert(volunteers).values(person(`${MARKER}@exemple.quebec`)))
  expect(String(error)).toContain(MARKER)
  const line = logged(error)
  expect(line).not.toContain(MARKER)
  expect(JSON.parse(line).err).toMatchObject({
    message: expect.stringContaining('insert into "volunteers"'),
    cause: {
      code: '23505',
      table: 'volunteers',
      constraint: 'volunteers_email',
      message: expect.stringContaining('duplicate key value'),
    },
  })
})

test.each([
  ['a value of the wrong type', () => database.pool.query('select $1::uuid', [MARKER])],
  ['a literal of the wrong type', () => database.pool.query(`select '${MARKER}'::int`)],
  ['a statement that is none', () => database.pool.query(`select 1 '${MARKER}' '${MARKER}'`)],
  ['what a function raised', () => database.pool.query(`do $$ begin raise '${MARKER}'; end $$`)],
  [
    'literals in a statement of Drizzle’s',
    () => database.orm.execute(sql.raw(`select 'l’${MARKER}' from x`)),
  ],
  ['a null', () => database.orm.execute(sql`insert into drafts (id, title) values (null, ${MARKER})`)],
])('%s is logged without it', async (_what, fail) => {
  const line = logged(await failureOf(fail()))
  expect(line).not.toContain(MARKER)
  expect(line).toMatch(/"code":"[0-9A-Z]{5}"/)
})

test.each([
  ['JSON', () => JSON.parse(`${MARKER} { "title": "${MARKER}" }`)],
  [
    'a form',
    () =>
      z
        .object({ a: z.literal('x'), b: z.string() })
        .strict()
        .parse({ a: MARKER, [MARKER]: 1 }),
  ],
  ['an address', () => new URL(`nowhere ${MARKER}`)],
  ['a node', () => fail(`Invalid content for node paragraph: <text("${MARKER}\n    at ${MARKER} (a:1:1)")>`)],
  ['a quote in a quote', () => fail(`no such title: "the "${MARKER}" of yore"`)],
  ['a quote that was cut', () => fail(`no such title: "the ${MARKER} of yo…`)],
  ['a mailbox', () => fail(`550 5.1.1 <${MARKER}@exemple.quebec> user unknown`)],
  ['a secret address', () => fail(`connect postgres://pupitre:${MARKER}@localhost:5432/pupitre`)],
  ['a cause', () => fail('outer', { cause: new Error(`inner "${MARKER}"`) })],
])('%s that could not be read is logged without what was in it', (_what, read) => {
  const line = logged(thrownBy(read))
  expect(line).not.toContain(MARKER)
  expect(JSON.parse(line).err.stack).toContain('at ')
})

test('what is no error is logged as what it is, and as nothing of what it says', () => {
  expect(JSON.parse(logged(MARKER)).err).toEqual({ type: 'string' })
  expect(JSON.parse(logged({ name: MARKER })).err).toEqual({ type: 'object' })
})

test('an error of the system keeps its code and its words', () => {
  const error = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' })
  expect(JSON.parse(logged(error)).err).toMatchObject({
    code: 'ECONNREFUSED',
    message: 'connect ECONNREFUSED 127.0.0.1:5432',
  })
})

test('an error that is its own cause is told a few times, and ends', () => {
  const error = new Error('round')
  error.cause = error
  expect(logged(error).length).toBeLessThan(20_000)
})

function fail(message: string, options?: ErrorOptions): never {
  throw new Error(message, options)
}

function thrownBy(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  throw new Error('this was to throw')
}
