import pg from 'pg'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import type { Database } from '#server/db/database.ts'
import { readArchive, writeArchive } from './archive.ts'
import type { Part } from './parts.ts'
import { type Refusal, Refused } from './refusal.ts'
import { type Restored, restoreBackup } from './restore.ts'
import { type Taken, takeBackup } from './take.ts'
import { Unreadable } from './unreadable.ts'

type Taking = {
  readonly database: Pick<Database, 'url'>
  /** Null: not encrypted. */
  readonly key: Buffer | null
  /** Of Pupitre. */
  readonly version: string
  readonly onProgress: (done: number, total: number) => void
  /** Puts the bytes where they belong. @returns how many; whatever it throws ends the backup */
  readonly write: (bytes: AsyncIterable<Buffer>) => Promise<number>
}

/** Takes a backup of what `database` holds now, while others write to it. */
export async function backUp(options: Taking): Promise<Result<Taken & { bytes: number }, 'notFounded'>> {
  return onOneConnection(options.database, async (client) => {
    const taking = await takeBackup(client, options)
    if (!taking.ok) return taking
    const bytes = await options.write(writeArchive(taking.value.parts, options.key))
    return ok({ ...taking.value.soFar(), bytes })
  })
}

export type Verified = Taken & { readonly version: string; readonly documents: number }

/** Reads a backup to its end, without a database. */
export function verifyBackup(
  file: AsyncIterable<Buffer>,
  key: Buffer | null,
): Promise<Result<Verified, Unreadable>> {
  return reading(async () => {
    let [name, tables, rows, documents] = ['', 0, 0, 0]
    let header = { version: '', takenAt: '' }
    for await (const part of readArchive(file, key)) {
      if (part.kind === 'header') header = part.value
      if (part.kind === 'section') name = part.value.kind === 'table' ? part.value.name : ''
      if (part.kind === 'end' && name !== '') {
        tables += 1
        rows += part.value.rows
        if (name === 'documents') documents = part.value.rows
      }
    }
    return { version: header.version, takenAt: header.takenAt, tables, rows, documents }
  })
}

type Restoring = {
  readonly database: Database
  readonly key: Buffer | null
  readonly file: AsyncIterable<Buffer>
  /** Whether others may be connected to the database without our having kept them out. */
  readonly shared: boolean
}

/** Puts a backup into an empty database: all of it, or nothing. */
export async function restore(options: Restoring): Promise<Result<Restored, Unreadable | Refusal>> {
  const { database, key, file, shared } = options
  try {
    return await onOneConnection(database, async (client) => {
      if (shared && (await othersAt(client, database))) return fail({ why: 'inUse' } as const)
      const parts: AsyncGenerator<Part, void> = readArchive(file, key)
      return reading(() => restoreBackup(client, parts).finally(() => parts.return()))
    })
  } catch (error) {
    if (error instanceof Refused) return fail(error.refusal)
    throw error
  }
}

async function reading<T>(read: () => Promise<T>): Promise<Result<T, Unreadable>> {
  try {
    return ok(await read())
  } catch (error) {
    if (error instanceof Unreadable) return fail(error)
    throw error
  }
}

/** A connection of its own: what is under way on it ends with it, on both sides. */
async function onOneConnection<T>(
  { url }: Pick<Database, 'url'>,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: url, keepAlive: true, application_name: 'pupitre backup' })
  // What is under way on a connection that breaks is told of it.
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}

/** Whether anybody but us is connected: a server keeps several connections for as long as it runs. */
async function othersAt(client: pg.Client, { pool }: Database): Promise<boolean> {
  // The pool has the one connection that it was opened with.
  const mine = await pool.query<{ pid: number }>('select pg_backend_pid() as pid')
  const { rows } = await client.query<{ others: boolean }>(
    `select exists (select from pg_stat_activity where datname = current_database()
       and backend_type = 'client backend' and pid not in (pg_backend_pid(), $1)) as others`,
    [mine.rows[0]?.pid],
  )
  return rows[0]?.others === true
}
