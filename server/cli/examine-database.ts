import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import type { Config } from '#server/config.ts'
import { clusterIn } from '#server/db/cluster.ts'
import type { Database } from '#server/db/database.ts'
import { isMigrated } from '#server/db/migrate.ts'
import { openDatabase } from '#server/db/open.ts'
import { createLog } from '#server/log.ts'
import type { DoctorWords } from './doctor-words.ts'
import { type Finding, good, problem, warning } from './finding.ts'

/** Milliseconds that an external PostgreSQL has to answer: nobody waits for a doctor. */
const PATIENCE = 3000

/** Without one of these a commit may not survive a power cut. */
const DURABLE = ['fsync', 'synchronous_commit', 'full_page_writes'] as const

/** Opens the database as the server does, but never creates one. */
export async function examineDatabase(config: Config, words: DoctorWords): Promise<readonly Finding[]> {
  const made = join(clusterIn(config.dataFolder).directory, 'PG_VERSION')
  const isMade = await access(made).then(
    () => true,
    // Where it cannot even be looked for, opening it says why.
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  )
  if (config.databaseUrl === null && !isMade)
    return [warning('database', words.noDatabaseYet, words.startOnce)]
  const open = await openDatabase({ config, log: createLog({ logLevel: 'silent' }), patience: PATIENCE })
  if (!open.ok)
    return [problem('database', open.error, config.databaseUrl ? words.otherDatabase : words.startOnce)]
  try {
    return await examine(open.value.database, words)
  } finally {
    await open.value.stop()
  }
}

async function examine(database: Database, words: DoctorWords): Promise<readonly Finding[]> {
  const { rows } = await database.orm.execute<Record<string, string | boolean>>(sql`
    select current_setting('server_version') as version, current_setting('server_encoding') as encoding,
      current_setting('fsync') as fsync, current_setting('synchronous_commit') as synchronous_commit,
      current_setting('full_page_writes') as full_page_writes,
      exists (select from pg_collation where collname = 'fr-x-icu') as collation,
      exists (select from pg_ts_config where cfgname = 'french') as search`)
  const found = rows[0] ?? {}
  const off = DURABLE.filter((setting) => found[setting] === 'off')
  const french = [
    ...(found.collation ? [] : [words.noCollation]),
    ...(found.search ? [] : [words.noFrenchSearch]),
    ...(found.encoding === 'UTF8' ? [] : [words.wrongEncoding(String(found.encoding))]),
  ]
  // Of a database without our tables it cannot even be asked.
  const migrated = await isMigrated(database).catch(() => false)
  return [
    good('database', words.database(String(found.version))),
    migrated ? good('tables', words.migrated) : warning('tables', words.notMigrated, words.migrateByStart),
    ...off.map((setting) => problem('durability', words.notDurable(setting), words.setOn(setting))),
    ...(off.length === 0 ? [good('durability', words.durable)] : []),
    ...french.map((message) => problem('french', message, words.rebuildDatabase)),
    ...(french.length === 0 ? [good('french', words.french)] : []),
  ]
}
