import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { documents } from '#drizzle/schema/index.ts'
import type { DocumentName } from '#lib/documents/registry.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import { createAppendPool } from '#server/sync/log/append-pool.ts'
import { createDocument } from '#server/sync/log/document-rows.ts'
import { createPostgresUpdateLog } from '#server/sync/log/postgres-update-log.ts'
import type { UpdateLog } from '#server/sync/log/update-log.ts'
import { applyAll } from '#server/sync/room/document-state.ts'
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

  test('R7: an append that waits for a lock too long is given up by PostgreSQL too, and works when sent again', async () => {
    const database = await opened
    const { name } = await addDocument(database)
    const [hasty, patient] = [
      createAppendPool(database.url, { statement: 100, answer: 60_000 }),
      createAppendPool(database.url),
    ]
    const other = await database.pool.connect()
    await other.query('begin')
    await other.query('select from documents where name = $1 for update', [name])
    const refused = writeAs(createPostgresUpdateLog(hasty, database.pool), name, [ada])
    await expect(refused).rejects.toMatchObject({ code: '57014' })
    const waiting = await other.query(`select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`)
    expect(waiting.rowCount).toBe(0)
    await other.query('rollback')
    other.release()
    const sentAgain = writeAs(createPostgresUpdateLog(patient, database.pool), name, [ada])
    expect(await sentAgain).toEqual([2])
    await Promise.all([hasty.end(), patient.end()])
  })

  test('a deleted document takes its rows along, and one of the same name begins anew', async () => {
    const database = await opened
    const log = createPostgresUpdateLog(database.pool, database.pool)
    const address = await addDocument(database)
    await writeAs(log, address.name, [ada, null])
    await database.orm.delete(documents).where(eq(documents.name, address.name))
    const { rows } = await database.pool.query('select from document_updates where document = $1', [
      address.name,
    ])
    expect(rows).toEqual([])
    await database.orm.transaction((tx) => createDocument(tx, address, Uint8Array.of(0, 0), null))
    expect(await log.load(address.name)).toMatchObject({ headSeq: 1, rows: 1 })
  })

  /** Who wrote what compaction deleted, and the number of their last update of it. */
  async function editorsOf(name: DocumentName): Promise<Record<string, number>> {
    const { pool } = await opened
    const { rows } = await pool.query<{ volunteer_id: string; last_seq: string }>(
      'select volunteer_id, last_seq from document_editors where document = $1',
      [name],
    )
    return Object.fromEntries(rows.map((row) => [row.volunteer_id, Number(row.last_seq)]))
  }

  /** Writes one update for each, in this order, from number 2 on; null: the server. */
  async function writeAs(log: UpdateLog, document: DocumentName, authors: readonly (Actor | null)[]) {
    const data = Y.encodeStateAsUpdate(new Y.Doc())
    const entries = authors.map((author) => ({
      document,
      data,
      author: author?.volunteerId ?? null,
      clients: [],
      suggestions: [],
    }))
    return log.append(entries)
  }

  test('R8: who wrote the rows that compaction deletes stays known, with the last one of each', async () => {
    const database = await opened
    const log = createPostgresUpdateLog(database.pool, database.pool)
    const { name } = await addDocument(database)
    await writeAs(log, name, [ada, bo, ada, null])
    expect(await editorsOf(name)).toEqual({})
    await log.compact(name)
    expect(await editorsOf(name)).toEqual({ [ada.volunteerId]: 4, [bo.volunteerId]: 3 })
    await writeAs(log, name, [bo])
    await log.compact(name)
    expect(await editorsOf(name)).toEqual({ [ada.volunteerId]: 4, [bo.volunteerId]: 6 })
  })

  test('R8: whoever only took something out is known to have written, after compaction too', async () => {
    const database = await opened
    const log = createPostgresUpdateLog(database.pool, database.pool)
    const { name } = await addDocument(database, 'Bonjour')
    const doc = new Y.Doc()
    applyAll(doc, (await log.load(name))?.updates ?? [])
    const before = Y.encodeStateVector(doc)
    doc.getXmlFragment('body').delete(0, 1)
    const data = Y.encodeStateAsUpdate(doc, before)
    await log.append([{ document: name, data, author: bo.volunteerId, clients: [], suggestions: [] }])
    await log.compact(name)
    expect(await editorsOf(name)).toEqual({ [bo.volunteerId]: 2 })
  })

  test('R5: a compaction that fails leaves both the rows and who wrote them as they were', async () => {
    const database = await opened
    const log = createPostgresUpdateLog(database.pool, database.pool)
    const { name } = await addDocument(database)
    await writeAs(log, name, [ada])
    await database.pool.query(`create function refuse() returns trigger language plpgsql as
      $$ begin if old.document = '${name}' then raise exception 'not now'; end if; return old; end $$;
      create trigger refuse before delete on document_updates for each row execute function refuse()`)
    await expect(log.compact(name)).rejects.toThrow('not now')
    await database.pool.query('drop trigger refuse on document_updates; drop function refuse')
    expect(await editorsOf(name)).toEqual({})
    expect(await log.load(name)).toMatchObject({ rows: 2, lastEdit: { author: ada.volunteerId } })
  })

  test('R5: a compaction that takes rows out while others write loses nobody', async () => {
    const database = await opened
    const log = createPostgresUpdateLog(database.pool, database.pool)
    const { name } = await addDocument(database)
    const jobs: Promise<unknown>[] = []
    for (let index = 0; index < 40; index += 1) {
      jobs.push(writeAs(log, name, [index % 2 === 0 ? ada : bo]))
      if (index % 5 === 0) jobs.push(log.compact(name))
    }
    await Promise.all(jobs)
    await log.compact(name)
    const { headSeq } = (await log.load(name)) ?? {}
    const last = await editorsOf(name)
    expect(Object.keys(last).toSorted()).toEqual([ada.volunteerId, bo.volunteerId].toSorted())
    expect(Math.max(...Object.values(last))).toBe(headSeq)
  })
})
