import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { getTableName, is } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import * as schema from '#drizzle/schema/index.ts'
import { draftDocument } from '#lib/documents/registry.ts'
import { parseDraftId } from '#lib/domain/ids.ts'
import { readArchive } from '#server/backup/archive.ts'
import { backUp } from '#server/backup/use-cases.ts'
import { foundCalendar } from '#server/calendar/found.ts'
import type { Database } from '#server/db/database.ts'
import { isMigrated, MIGRATING, ourMigrations } from '#server/db/migrate.ts'
import { readDocument } from '#server/sync/log/document-rows.ts'
import { AWKWARD, DRAFT, SAYS } from '#test/support/backup-rows.ts'
import { everyDefinition, everyRow } from '#test/support/compare-databases.ts'
import { freshDatabase } from '#test/support/database.ts'
import { fileOf, fullDatabase, restoreFile, streamOf } from './harness.ts'

// Databases are made and dropped: slow where a machine has much else to do.
vi.setConfig({ testTimeout: 60_000 })

const GOLDEN = join(import.meta.dirname, '../../fixtures/backups')

async function paragraphsOf(database: Database): Promise<string[]> {
  const id = parseDraftId(DRAFT)
  const doc = id && (await readDocument(database.orm, draftDocument(id)))
  const body = doc?.getXmlFragment('body').toArray() ?? []
  return body.map((node) => node.toString().replace(/<\/?paragraph>/g, ''))
}

const tablesIn = async (file: Buffer): Promise<string[]> => {
  const names: string[] = []
  for await (const part of readArchive(streamOf(file), null))
    if (part.kind === 'section' && part.value.kind === 'table') names.push(part.value.name)
  return names
}

/** One that nothing is changed in, a backup of it, and one that nothing gets into. */
let source: Database
let file: Buffer
let empty: Database
beforeAll(async () => {
  source = await fullDatabase()
  file = await fileOf(source)
  empty = await freshDatabase()
})

/** Not a row, and the definitions of a database that was just made. */
async function expectEmpty(): Promise<void> {
  expect(Object.values(await everyRow(empty)).flat()).toEqual([])
  expect(await everyDefinition(empty)).toEqual(await everyDefinition(source))
}

describe('what a backup holds', () => {
  it('is every table of the schema, and one that was added a moment ago', async () => {
    const ours = Object.values(schema).flatMap((table) => (is(table, PgTable) ? [getTableName(table)] : []))
    expect(await tablesIn(file)).toEqual([...ours].sort())
    const database = await fullDatabase()
    await database.pool.query(
      'create table next_year (id int primary key, made int generated always as (id * 2) stored)',
    )
    expect(await tablesIn(await fileOf(database))).toContain('next_year')
  })

  it('comes from a newsroom in these tests with a row in every table', async () => {
    const rows = await everyRow(source)
    expect(Object.entries(rows).flatMap(([name, { length }]) => (length === 0 ? [name] : []))).toEqual([])
  })
})

describe('a newsroom of any size', () => {
  it('takes the memory of a small one to back up', async () => {
    const large = await fullDatabase()
    // Almost sixty megabytes that do not compress; twice that in PostgreSQL’s text format.
    await large.pool.query(
      "insert into documents select 'draft/' || n, 1, 1, 1 from generate_series(1, 30) n",
    )
    // Each the same, but farther apart than compression looks back.
    await large.pool.query(`
      insert into document_snapshots select 'draft/' || d, 1, data from generate_series(1, 30) d, (
        select string_agg(sha256(n::text::bytea), ''::bytea) as data from generate_series(1, 60000) n
      ) once`)
    setFlagsFromString('--expose-gc')
    const collect: () => void = runInNewContext('gc')
    const held = () => {
      collect()
      return process.memoryUsage().arrayBuffers
    }
    const before = held()
    let [bytes, looked] = [0, 0]
    const late: number[] = []
    const taken = await backUp({
      database: large,
      key: null,
      version: '0.1.0',
      onProgress() {},
      write: async (file) => {
        for await (const chunk of file) {
          bytes += chunk.length
          if (bytes - looked < 5e6) continue
          looked = bytes
          if (bytes > 30e6) late.push(held() - before)
        }
        return bytes
      },
    })
    expect(taken).toMatchObject({ ok: true })
    expect(bytes).toBeGreaterThan(50e6)
    // What is collected is freed a little later: the least of several looks is what is held.
    expect(late.length).toBeGreaterThan(3)
    expect(Math.min(...late)).toBeLessThan(8e6)
  })
})

describe('a restored newsroom', () => {
  it('has every row, definition, document and sequence, ends sessions, keeps decisions, and is restored once', async () => {
    const target = await freshDatabase()
    // A server that was started once and never set up.
    await foundCalendar(target.orm)
    const restored = await restoreFile(target, file)
    expect(restored).toMatchObject({ ok: true, value: { documents: 2, migrated: 0, sessionsEnded: 1 } })
    expect(await everyRow(target)).toEqual(await everyRow(source))
    expect(await everyDefinition(target)).toEqual(await everyDefinition(source))
    expect(await paragraphsOf(target)).toEqual(await paragraphsOf(source))
    // After those of the backup, by nobody who was in it.
    const told = await target.pool.query(
      "select id, volunteer_id, detail from decisions where action = 'newsroom.restored'",
    )
    const detail = { version: '0.1.0', takenAt: expect.stringMatching(/^\d{4}-/) }
    expect(told.rows).toEqual([{ id: '3', volunteer_id: null, detail }])
    await expect(target.pool.query('delete from decisions')).rejects.toThrow('decisions are written once')
    const open = await target.pool.query('select from login_sessions where revoked_at is null')
    expect(open.rowCount).toBe(0)
    const before = await everyRow(target)
    expect(await restoreFile(target, file)).toMatchObject({ ok: false, error: { why: 'notEmpty' } })
    expect(await everyRow(target)).toEqual(before)
  })

  it('is restored from an encrypted backup with its key, and with no other', async () => {
    const target = await freshDatabase()
    const key = Buffer.from('une clé bien assez longue')
    const sealed = await fileOf(source, key)
    expect(await restoreFile(empty, sealed, Buffer.from('une autre clé bien longue'))).toMatchObject({
      error: { fault: 'wrongKey' },
    })
    expect(await restoreFile(target, sealed, key)).toMatchObject({ ok: true })
    expect(await everyRow(target)).toEqual(await everyRow(source))
  })
})

describe('a backup of an older version', () => {
  it.each([0, 1, 2])('of migration 000%i is restored, and brought up to date', async (level) => {
    const target = await freshDatabase()
    const old = await readFile(join(GOLDEN, `000${level}.backup`))
    const migrated = ourMigrations().length - level - 1
    expect(await restoreFile(target, old)).toMatchObject({ ok: true, value: { documents: 2, migrated } })
    expect(await isMigrated(target)).toBe(true)
    expect(await everyDefinition(target)).toEqual(await everyDefinition(source))
    expect(await paragraphsOf(target)).toEqual(SAYS)
    const drafts = await target.pool.query(
      "select title, stage, search @@ 'une'::tsquery as found from drafts",
    )
    expect(drafts.rows).toEqual([{ title: AWKWARD, stage: 'drafting', found: true }])
  })

  it('that is encrypted is restored too', async () => {
    const old = await readFile(join(GOLDEN, '0002-encrypted.backup'))
    const restored = await restoreFile(
      await freshDatabase(),
      old,
      Buffer.from('la clé des vieilles sauvegardes'),
    )
    expect(restored).toMatchObject({ ok: true, value: { documents: 2 } })
  })

  it('is kept for every level of migrations but the newest', async () => {
    const kept = await readdir(GOLDEN)
    for (let level = 0; level < ourMigrations().length - 1; level += 1)
      expect(kept, 'node test/support/golden-backups.ts LEVEL').toContain(
        `${String(level).padStart(4, '0')}.backup`,
      )
  })
})

describe('what keeps a backup from being restored leaves an empty database as it was', () => {
  it('a file that is cut or damaged', async () => {
    const damaged = Buffer.from(file)
    damaged[file.length - 40] = (damaged[file.length - 40] ?? 0) ^ 1
    for (const wrong of [file.subarray(0, file.length - 1), damaged, file.subarray(0, 64), Buffer.from('x')])
      expect(await restoreFile(empty, wrong)).toMatchObject({ ok: false, error: { name: 'Unreadable' } })
    await expectEmpty()
  })

  it('what a newer version wrote, rows that refer to nothing, and tables that are not ours', async () => {
    const wrong = await fullDatabase()
    const restoreWrong = async () => restoreFile(empty, await fileOf(wrong))
    await wrong.pool.query('create table shop (id int)')
    expect(await restoreWrong()).toEqual({ ok: false, error: { why: 'differs', names: ['shop'] } })
    await wrong.pool.query('drop table shop; update documents set schema_version = 99')
    expect(await restoreWrong()).toMatchObject({ error: { why: 'newer' } })
    await wrong.pool.query('alter table drafts drop constraint drafts_created_by_volunteers_id_fk')
    await wrong.pool.query("update drafts set created_by = '99999999-9999-4999-8999-999999999999'")
    await expect(restoreWrong()).rejects.toThrow('violates foreign key')
    await wrong.pool.query(
      "insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 1e14)",
    )
    expect(await restoreWrong()).toMatchObject({ error: { why: 'newer' } })
    await expectEmpty()
  })

  it('tables of somebody else', async () => {
    await empty.pool.query('create table shop (id int)')
    expect(await restoreFile(empty, file)).toEqual({ ok: false, error: { why: 'foreign', names: ['shop'] } })
    await empty.pool.query('drop table shop')
    await expectEmpty()
  })

  it.each([
    [
      'person',
      `insert into volunteers (id, email, name, color, locale, role, password_hash)
       values ('77777777-7777-4777-8777-777777777777', 'x', 'x', '#000000', 'fr', 'reader', '-')`,
      'delete from volunteers',
    ],
    ['newsroom', "insert into newsroom (name) values ('x')", 'delete from newsroom'],
    [
      'edit of the calendar',
      "insert into documents (name, schema_version, head_seq) values ('calendar/main', 1, 1)",
      'delete from documents',
    ],
  ])('a single %s that is there already', async (_what, add, remove) => {
    await empty.pool.query(add)
    expect(await restoreFile(empty, file)).toMatchObject({ error: { why: 'notEmpty' } })
    await empty.pool.query(remove)
    await expectEmpty()
  })

  it('another process that makes the tables at that moment', async () => {
    const other = await empty.pool.connect()
    await other.query('select pg_advisory_lock($1)', [MIGRATING])
    expect(await restoreFile(empty, file)).toMatchObject({ error: { why: 'inUse' } })
    other.release(true)
    await expectEmpty()
  })

  it('and then it can be restored into', async () => {
    expect(await restoreFile(empty, file)).toMatchObject({ ok: true })
  })
})
