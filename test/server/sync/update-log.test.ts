import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { documents } from '#drizzle/schema/index.ts'
import { createDocument } from '#server/sync/document-rows.ts'
import { createPostgresUpdateLog } from '#server/sync/postgres-update-log.ts'
import { freshDatabase } from '#test/support/database.ts'
import { actorNamed, addDocument, addPeople, draftAddress } from './harness.ts'
import { MemoryUpdateLog } from './memory-update-log.ts'
import { updateLogContract } from './update-log-contract.ts'

const ada = actorNamed('Ada')
const bo = actorNamed('Bo')

describe('in memory', () => {
  updateLogContract(async () => {
    const log = new MemoryUpdateLog()
    return {
      log,
      ada,
      bo,
      create: async (seed) => {
        const address = draftAddress()
        log.create(address.name, seed)
        return address
      },
      remove: async (name) => void log.documents.delete(name),
      clientsOf: async (name) => log.documents.get(name)?.clients ?? new Map(),
      suggestionsOf: async (name) => log.documents.get(name)?.suggestions ?? new Map(),
    }
  })
})

describe('in PostgreSQL', () => {
  const opened = freshDatabase().then(async (database) => {
    await addPeople(database, [ada, bo])
    return database
  })

  updateLogContract(async () => {
    const database = await opened
    return {
      log: createPostgresUpdateLog(database.pool, database.pool),
      ada,
      bo,
      create: async (seed) => {
        const address = draftAddress()
        await database.orm.transaction((tx) => createDocument(tx, address, seed, null))
        return address
      },
      remove: async (name) => void (await database.orm.delete(documents).where(eq(documents.name, name))),
      clientsOf: async (name) => {
        const { rows } = await database.pool.query<{ client_id: string; volunteer_id: string }>(
          'select client_id, volunteer_id from document_clients where document = $1',
          [name],
        )
        return new Map(rows.map((row) => [Number(row.client_id), row.volunteer_id]))
      },
      suggestionsOf: async (name) => {
        const { rows } = await database.pool.query<{ id: string; volunteer_id: string }>(
          'select id, volunteer_id from document_suggestions where document = $1',
          [name],
        )
        return new Map(rows.map((row) => [row.id, row.volunteer_id]))
      },
    }
  })

  test('R5: while one process compacts a document, another one leaves it alone', async () => {
    const database = await opened
    const log = createPostgresUpdateLog(database.pool, database.pool)
    const { name } = await addDocument(database)
    const client = await database.pool.connect()
    await client.query('begin')
    await client.query(`select pg_advisory_xact_lock(hashtextextended('compact ' || $1, 0))`, [name])
    expect(await log.compact(name)).toBe('busy')
    await client.query('rollback')
    client.release()
    expect(await log.compact(name)).toBe('done')
  })

  test('R4: a commit is flushed to disk even where the database was set not to wait for it', async () => {
    const database = await opened
    const { name } = await addDocument(database)
    const client = await database.pool.connect()
    await client.query('begin')
    await client.query('set local synchronous_commit to off')
    const log = createPostgresUpdateLog(
      { query: client.query.bind(client) } as unknown as typeof database.pool,
      database.pool,
    )
    const data = Uint8Array.of(0, 0)
    await log.append([{ document: name, data, author: null, clients: [], suggestions: [] }])
    const { rows } = await client.query('show synchronous_commit')
    await client.query('commit')
    client.release()
    expect(rows).toEqual([{ synchronous_commit: 'on' }])
  })
})
