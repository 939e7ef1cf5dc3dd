import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import type { Database } from './database.ts'

const FOLDER = join(import.meta.dirname, '../../drizzle/migrations')
/** PostgreSQL advisory lock: processes that start together migrate one after the other. */
export const MIGRATING = 5_787_010

/** The database was written by a later version of Pupitre; running this one on it could lose what it does not know. */
export class NewerDatabaseError extends Error {
  override readonly name = 'NewerDatabaseError'
  constructor() {
    super(
      'The database was written by a newer version of Pupitre: install that version, or restore a backup.',
    )
  }
}

/** Brings the tables up to this version. @throws NewerDatabaseError before anything is changed. */
export async function migrate(database: Database): Promise<void> {
  // A connection of its own: it ends with its lock, also when this process is killed.
  const client = new pg.Client({ connectionString: database.url })
  // The query under way reports what is wrong.
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATING])
    await refuseNewer(client)
    await applyMigrations(drizzle(client), { migrationsFolder: FOLDER })
  } finally {
    await client.end()
  }
}

/** Whether every migration of this version is in the database. */
export async function isMigrated(database: Database): Promise<boolean> {
  const { rows } = await database.orm.execute<{ at: string | null }>(
    sql`select max(created_at) as at from drizzle.__drizzle_migrations`,
  )
  return Number(rows[0]?.at ?? 0) >= newestOfOurs()
}

async function refuseNewer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ table: string | null }>(
    "select to_regclass('drizzle.__drizzle_migrations') as table",
  )
  if (rows[0]?.table == null) return
  const newest = await client.query<{ at: string | null }>(
    'select max(created_at) as at from drizzle.__drizzle_migrations',
  )
  if (Number(newest.rows[0]?.at ?? 0) > newestOfOurs()) throw new NewerDatabaseError()
}

const newestOfOurs = (): number => Math.max(...ourMigrations().map(({ folderMillis }) => folderMillis))

/** Those of this version, the oldest first. */
export const ourMigrations = () => readMigrationFiles({ migrationsFolder: FOLDER })

/**
 * Applies migrations within the transaction of the caller, and notes them down where Drizzle does. What no
 * migration has made yet is `migrate`’s to begin: the table of them has to be there.
 */
export async function applyWithin(
  client: pg.ClientBase,
  migrations: ReturnType<typeof ourMigrations>,
): Promise<void> {
  for (const { sql: statements, hash, folderMillis } of migrations) {
    for (const statement of statements) await client.query(statement)
    await client.query('insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)', [
      hash,
      folderMillis,
    ])
  }
}
