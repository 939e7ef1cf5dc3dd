import type pg from 'pg'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import type { Part, Section } from './parts.ts'
import { RowDigest, type RowTally } from './row-digest.ts'
import {
  checks,
  migrationsOf,
  readRows,
  sequencesOf,
  type Table,
  tableOf,
  tablesOf,
  useFormat,
} from './store.ts'

/** Of the newsroom as it stood at one moment. */
export type Taken = { readonly takenAt: string; readonly tables: number; readonly rows: number }

export type Taking = {
  readonly parts: AsyncGenerator<Part, void>
  /** What was taken so far; all of it once `parts` has ended. */
  soFar(): Taken
}

type Options = {
  /** Of Pupitre. */
  readonly version: string
  /** Told how far it is, about: bytes of all. */
  readonly onProgress: (done: number, total: number) => void
}

/**
 * Begins a backup: from here on it sees the newsroom as it is now, whatever is written meanwhile, and holds up
 * nobody but migrations. @returns `notFounded` where there is no newsroom to be backed up
 */
export async function takeBackup(
  client: pg.ClientBase,
  options: Options,
): Promise<Result<Taking, 'notFounded'>> {
  await useFormat(client)
  const tables = await beginSnapshot(client)
  const migrations = await migrationsOf(client)
  const isFounded = tables.some(({ name }) => name === 'newsroom')
  const founded = isFounded && (await client.query('select from newsroom')).rowCount === 1
  if (!founded || migrations === null) return fail('notFounded')
  const { rows } = await client.query<{ at: Date }>('select now() as at')
  const takenAt = (rows[0]?.at ?? new Date()).toISOString()
  const tally = { rows: 0, all: 0 }
  async function* parts(): AsyncGenerator<Part, void> {
    yield {
      kind: 'header',
      value: { version: options.version, takenAt, migrations: [...(migrations ?? [])] },
    }
    const sections = [...tables.map(sectionOf), ...checks()]
    yield* takeSections(client, sections, { tables, tally, onProgress: options.onProgress })
    yield { kind: 'sequences', value: await sequencesOf(client) }
    yield { kind: 'close', value: { sections: sections.length, rows: tally.all } }
    await client.query('commit')
  }
  return ok({ parts: parts(), soFar: () => ({ takenAt, tables: tables.length, rows: tally.rows }) })
}

const sectionOf = ({ name, columns }: Table): Section => ({ kind: 'table', name, columns: [...columns] })

/**
 * The tables are locked before the snapshot is taken, as pg_dump does: a migration that alters one comes before it
 * or after the backup, and not in between.
 */
async function beginSnapshot(client: pg.ClientBase): Promise<readonly Table[]> {
  for (;;) {
    const known = (await tablesOf(client)).map(({ name }) => name)
    await client.query('begin isolation level repeatable read, read only')
    if (known.length > 0)
      await client.query(`lock table ${known.map(tableOf).join(', ')} in access share mode`)
    const tables = await tablesOf(client)
    if (tables.map(({ name }) => name).join('\n') === known.join('\n')) return tables
    await client.query('rollback')
  }
}

type Watch = Pick<Options, 'onProgress'> & {
  readonly tables: readonly Table[]
  /** Rows of tables, and those of checks too. */
  readonly tally: { rows: number; all: number }
}

async function* takeSections(
  client: pg.ClientBase,
  sections: readonly Section[],
  { tables, tally, onProgress }: Watch,
): AsyncGenerator<Part, void> {
  const total = tables.reduce((sum, { size }) => sum + size, 0)
  let before = 0
  for (const section of sections) {
    const size = section.kind === 'table' ? (tables.find(({ name }) => name === section.name)?.size ?? 0) : 0
    yield { kind: 'section', value: section }
    const digest = new RowDigest()
    let bytes = 0
    for await (const chunk of readRows(client, section) ?? []) {
      digest.update(chunk)
      bytes += chunk.length
      onProgress(before + Math.min(bytes, size), total)
      yield { kind: 'rows', value: chunk }
    }
    const end: RowTally = digest.tally()
    tally.all += end.rows
    if (section.kind === 'table') tally.rows += end.rows
    before += size
    yield { kind: 'end', value: end }
  }
}
