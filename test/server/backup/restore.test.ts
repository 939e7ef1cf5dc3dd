import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { getTableName, is } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import { describe, expect, it } from 'vitest'
import * as schema from '#drizzle/schema/index.ts'
import { draftDocument } from '#lib/documents/registry.ts'
import { parseDraftId } from '#lib/domain/ids.ts'
import { readArchive } from '#server/backup/archive.ts'
import { foundCalendar } from '#server/calendar/found.ts'
import type { Database } from '#server/db/database.ts'
import { isMigrated, ourMigrations } from '#server/db/migrate.ts'
import { readDocument } from '#server/sync/document-rows.ts'
import { AWKWARD, DRAFT, SAYS } from '#test/support/backup-rows.ts'
import { everyDefinition, everyRow } from '#test/support/compare-databases.ts'
import { freshDatabase } from '#test/support/database.ts'
import { fileOf, fullDatabase, restoreFile, streamOf } from './harness.ts'

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

describe('what a backup holds', () => {
  it('is every table of the schema, and one that was added a moment ago', async () => {
    const database = await fullDatabase()
    const ours = Object.values(schema).flatMap((table) => (is(table, PgTable) ? [getTableName(table)] : []))
    expect(await tablesIn(await fileOf(database))).toEqual([...ours].sort())
    await database.pool.query(
      'create table next_year (id int primary key, made int generated always as (id * 2) stored)',
    )
    expect(await tablesIn(await fileOf(database))).toContain('next_year')
  })

  it('comes from a newsroom in these tests with a row in every table', async () => {
    const rows = await everyRow(await fullDatabase())
    expect(Object.entries(rows).flatMap(([name, { length }]) => (length === 0 ? [name] : []))).toEqual([])
  })
})

describe('a restored newsroom', () => {
  it('has every row, every definition, every document and every sequence of the one backed up', async () => {
    const [source, target] = [await fullDatabase(), await freshDatabase()]
    // A server that was started once and never set up.
    await foundCalendar(target.orm)
    const restored = await restoreFile(target, await fileOf(source))
    expect(restored).toMatchObject({ ok: true, value: { documents: 2, migrated: 0, sessionsEnded: 1 } })
    expect(await everyRow(target)).toEqual(await everyRow(source))
    expect(await everyDefinition(target)).toEqual(await everyDefinition(source))
    expect(await paragraphsOf(target)).toEqual(await paragraphsOf(source))
    const next = "insert into decisions (action, detail) values ('x.y', '{}') returning id"
    expect((await target.pool.query(next)).rows).toEqual((await source.pool.query(next)).rows)
  })

  it('still refuses to change a decision, and ends every session', async () => {
    const target = await freshDatabase()
    await restoreFile(target, await fileOf(await fullDatabase()))
    await expect(target.pool.query('delete from decisions')).rejects.toThrow('decisions are written once')
    const open = await target.pool.query('select from login_sessions where revoked_at is null')
    expect(open.rowCount).toBe(0)
  })

  it('is restored from an encrypted backup with its key, and with no other', async () => {
    const [source, target] = [await fullDatabase(), await freshDatabase()]
    const key = Buffer.from('une clé bien assez longue')
    const file = await fileOf(source, key)
    expect(await restoreFile(target, file, Buffer.from('une autre clé bien longue'))).toMatchObject({
      error: { fault: 'wrongKey' },
    })
    expect(await restoreFile(target, file, key)).toMatchObject({ ok: true })
    expect(await everyRow(target)).toEqual(await everyRow(source))
  })

  it('is one that a backup is not restored into again', async () => {
    const [source, target] = [await fullDatabase(), await freshDatabase()]
    const file = await fileOf(source)
    await restoreFile(target, file)
    const before = await everyRow(target)
    expect(await restoreFile(target, file)).toMatchObject({ ok: false, error: { why: 'notEmpty' } })
    expect(await everyRow(target)).toEqual(before)
  })
})

describe('a backup of an older version', () => {
  it.each([0, 1, 2])('of migration 000%i is restored, and brought up to date', async (level) => {
    const target = await freshDatabase()
    const file = await readFile(join(GOLDEN, `000${level}.backup`))
    const migrated = ourMigrations().length - level - 1
    expect(await restoreFile(target, file)).toMatchObject({ ok: true, value: { documents: 2, migrated } })
    expect(await isMigrated(target)).toBe(true)
    expect(await everyDefinition(target)).toEqual(await everyDefinition(await freshDatabase()))
    expect(await paragraphsOf(target)).toEqual(SAYS)
    const drafts = await target.pool.query(
      "select title, stage, search @@ 'une'::tsquery as found from drafts",
    )
    expect(drafts.rows).toEqual([{ title: AWKWARD, stage: 'drafting', found: true }])
  })

  it('that is encrypted is restored too', async () => {
    const file = await readFile(join(GOLDEN, '0002-encrypted.backup'))
    const restored = await restoreFile(
      await freshDatabase(),
      file,
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
    const target = await freshDatabase()
    const file = await fileOf(await fullDatabase())
    const damaged = Buffer.from(file)
    damaged[file.length - 40] = (damaged[file.length - 40] ?? 0) ^ 1
    for (const wrong of [file.subarray(0, file.length - 1), damaged, file.subarray(0, 64), Buffer.from('x')])
      expect(await restoreFile(target, wrong)).toMatchObject({ ok: false, error: { name: 'Unreadable' } })
    const rows = await everyRow(target)
    expect(Object.values(rows).flat()).toEqual([])
    expect(await everyDefinition(target)).toEqual(await everyDefinition(await freshDatabase()))
    expect(await restoreFile(target, file)).toMatchObject({ ok: true })
  })

  it('rows that do not refer to one another as they should', async () => {
    const [source, target] = [await fullDatabase(), await freshDatabase()]
    await source.pool.query('alter table drafts drop constraint drafts_created_by_volunteers_id_fk')
    await source.pool.query("update drafts set created_by = '99999999-9999-4999-8999-999999999999'")
    await expect(restoreFile(target, await fileOf(source))).rejects.toThrow('violates foreign key')
    expect(Object.values(await everyRow(target)).flat()).toEqual([])
  })

  it('a newer version of Pupitre, by its tables or by its documents', async () => {
    const [source, target] = [await fullDatabase(), await freshDatabase()]
    await source.pool.query('update documents set schema_version = 99')
    expect(await restoreFile(target, await fileOf(source))).toMatchObject({ error: { why: 'newer' } })
    await source.pool.query(
      "insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 99999999999999)",
    )
    expect(await restoreFile(target, await fileOf(source))).toMatchObject({ error: { why: 'newer' } })
    expect(Object.values(await everyRow(target)).flat()).toEqual([])
  })

  it('tables of somebody else, here or in the backup', async () => {
    const [source, target] = [await fullDatabase(), await freshDatabase()]
    await target.pool.query('create table shop (id int)')
    const refused = await restoreFile(target, await fileOf(source))
    expect(refused).toEqual({ ok: false, error: { why: 'foreign', names: ['shop'] } })
    await target.pool.query('drop table shop')
    await source.pool.query('create table shop (id int)')
    const differs = await restoreFile(target, await fileOf(source))
    expect(differs).toEqual({ ok: false, error: { why: 'differs', names: ['shop'] } })
  })

  it('a single person, draft or edit that is there already', async () => {
    const file = await fileOf(await fullDatabase())
    const id = '77777777-7777-4777-8777-777777777777'
    for (const statement of [
      `insert into volunteers (id, email, name, color, locale, role, password_hash) values ('${id}', 'x', 'x', '#000000', 'fr', 'reader', '-')`,
      "insert into documents (name, schema_version, head_seq) values ('calendar/main', 1, 1)",
      "insert into newsroom (name) values ('x')",
    ]) {
      const target = await freshDatabase()
      await target.pool.query(statement)
      expect(await restoreFile(target, file)).toMatchObject({ error: { why: 'notEmpty' } })
    }
  })

  it('another process that is migrating, or that keeps a table locked', async () => {
    const target = await freshDatabase()
    const file = await fileOf(await fullDatabase())
    const other = await target.pool.connect()
    await other.query('select pg_advisory_lock(5787010)')
    expect(await restoreFile(target, file)).toMatchObject({ error: { why: 'inUse' } })
    other.release(true)
    expect(await restoreFile(target, file)).toMatchObject({ ok: true })
  })
})
