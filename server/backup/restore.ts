import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { kindOf, parseDocumentName } from '#lib/documents/registry.ts'
import type { DecisionAction } from '#lib/domain/audit/decision.ts'
import { applyWithin, MIGRATING } from '#server/db/migrate.ts'
import { rebuild, setAside, splitMigrations } from './ground.ts'
import type { Header, Part, Section } from './parts.ts'
import { Refused } from './refusal.ts'
import { RowDigest, type RowTally } from './row-digest.ts'
import { list, readRows, tableOf, tablesOf, useFormat } from './store.ts'
import { Unreadable } from './unreadable.ts'

export type Restored = {
  /** Of the version that took the backup, and when. */
  readonly version: string
  readonly takenAt: string
  readonly tables: number
  readonly rows: number
  readonly documents: number
  /** Migrations that were applied afterwards. */
  readonly migrated: number
  /** Sign-ins that are worth nothing any more. */
  readonly sessionsEnded: number
}

type Filled = { readonly section: Section; readonly tally: RowTally }

/**
 * Puts a backup into an empty database, in one transaction: after whatever happens there is the whole newsroom, or
 * what there was before. @throws Refused, Unreadable
 */
export async function restoreBackup(
  client: pg.ClientBase,
  parts: AsyncGenerator<Part, void>,
): Promise<Restored> {
  await useFormat(client)
  // Whoever starts meanwhile waits for it before it reads anything; see migrate().
  const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [
    MIGRATING,
  ])
  if (!rows[0]?.mine) throw new Refused({ why: 'inUse' })
  await client.query('begin; set local synchronous_commit = on; set constraints all immediate')
  try {
    const restored = await fill(client, parts)
    await client.query('commit')
    return restored
  } catch (error) {
    // A connection that broke has rolled back by itself.
    await client.query('rollback').catch(() => {})
    throw isLockTimeout(error) ? new Refused({ why: 'inUse' }) : error
  }
}

async function fill(client: pg.ClientBase, parts: AsyncGenerator<Part, void>): Promise<Restored> {
  const header = await readHeader(parts)
  const { upTo, after } = splitMigrations(header.migrations)
  await rebuild(client, upTo)
  const putBack = await setAside(client)
  const filled = await fillTables(client, parts)
  await putBack()
  await compare(client, filled)
  await applyWithin(client, after)
  await refuseNewerDocuments(client)
  // As every decision, in the transaction that carries it out: what was decided after the backup is not in the log.
  await client.query('insert into decisions (action, detail) values ($1, $2)', [
    'newsroom.restored' satisfies DecisionAction,
    { takenAt: header.takenAt, version: header.version },
  ])
  const ended = await client.query('update login_sessions set revoked_at = now() where revoked_at is null')
  const tables = filled.filter(({ section }) => section.kind === 'table')
  return {
    version: header.version,
    takenAt: header.takenAt,
    tables: tables.length,
    rows: tables.reduce((sum, { tally }) => sum + tally.rows, 0),
    documents: tables.find(({ section }) => section.name === 'documents')?.tally.rows ?? 0,
    migrated: after.length,
    sessionsEnded: ended.rowCount ?? 0,
  }
}

async function readHeader(parts: AsyncGenerator<Part, void>): Promise<Header> {
  const { value: first } = await parts.next()
  if (first?.kind !== 'header') throw new Unreadable('damaged')
  return first.value
}

/** Reads the file to its end. @throws Refused where its tables are not those of its level */
async function fillTables(
  client: pg.ClientBase,
  parts: AsyncGenerator<Part, void>,
): Promise<readonly Filled[]> {
  const missing = new Map((await tablesOf(client)).map(({ name, columns }) => [name, columns]))
  const filled: Filled[] = []
  // `for await` would end the reader with the first section.
  for (let next = await parts.next(); !next.done; next = await parts.next()) {
    const part = next.value
    if (part.kind === 'section') {
      if (part.value.kind === 'table') {
        refuseOther(part.value, missing.get(part.value.name))
        missing.delete(part.value.name)
      }
      filled.push({ section: part.value, tally: await fillSection(client, part.value, parts) })
    }
    if (part.kind === 'sequences') {
      for (const { name, value, called } of part.value)
        await client.query('select setval($1::regclass, $2, $3)', [tableOf(name), value, called])
    }
  }
  if (missing.size > 0) throw new Refused({ why: 'differs', names: [...missing.keys()] })
  return filled
}

function refuseOther({ name, columns }: Section, ours: readonly string[] | undefined): void {
  const same = ours !== undefined && [...ours].sort().join('\n') === [...columns].sort().join('\n')
  if (!same) throw new Refused({ why: 'differs', names: [name] })
}

/** @returns what the file says was in it; the reader has checked that it was */
async function fillSection(
  client: pg.ClientBase,
  section: Section,
  parts: AsyncGenerator<Part, void>,
): Promise<RowTally> {
  let tally: RowTally | null = null
  async function* rows() {
    for (let next = await parts.next(); !next.done; next = await parts.next()) {
      if (next.value.kind === 'rows') yield next.value.value
      else if (next.value.kind === 'end') {
        tally = next.value.value
        return
      }
    }
  }
  if (section.kind === 'table') {
    const copy = client.query(copyFrom(`copy ${tableOf(section.name)} (${list(section.columns)}) from stdin`))
    await pipeline(Readable.from(rows(), { objectMode: false }), copy)
  } else for await (const _ of rows());
  if (tally === null) throw new Unreadable('damaged')
  return tally
}

/** Reads everything back. @throws Refused where the database does not hold what the file does */
async function compare(client: pg.ClientBase, filled: readonly Filled[]): Promise<void> {
  const different: string[] = []
  for (const { section, tally } of filled) {
    const digest = new RowDigest()
    const rows = readRows(client, section)
    if (rows === null) continue
    for await (const chunk of rows) digest.update(chunk)
    if (digest.tally().digest !== tally.digest) different.push(section.name)
  }
  if (different.length > 0) throw new Refused({ why: 'differs', names: different })
}

/** No migration of tables tells of the versions of the documents in them (SPEC R1). */
async function refuseNewerDocuments(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string; version: number }>(
    `select distinct on (split_part(name, '/', 1), schema_version) name, schema_version as version from documents`,
  )
  for (const { name, version } of rows) {
    const address = parseDocumentName(name)
    if (address === null || version > kindOf(address).schemaVersion) throw new Refused({ why: 'newer' })
  }
}

/** 55P03: somebody else holds one of the tables, and does not let go. */
const isLockTimeout = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '55P03'
