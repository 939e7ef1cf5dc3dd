import type { Logger } from 'pino'
import type { Config } from '#server/config.ts'
import type { Database } from '#server/db/database.ts'
import { type DocumentBus, NO_BUS } from './bus.ts'
import { createValkeyBus } from './valkey/valkey-bus.ts'

type Parts = {
  readonly config: Pick<Config, 'valkeyUrl'>
  readonly database: Database
  readonly secret: string
  readonly log: Logger
}

/** Opens what the settings say; it need not be there yet. */
export async function openBus({ config, database, secret, log }: Parts): Promise<DocumentBus> {
  if (config.valkeyUrl === null) return NO_BUS
  const identity = await identify(database)
  return createValkeyBus({ url: config.valkeyUrl, secret, database: identity, logger: log })
}

/**
 * What tells this database from a copy of it, which has the same documents and may have the same secret: two
 * processes hear each other only on the same one. A standby that takes over has the same identity.
 */
async function identify({ pool }: Database): Promise<string> {
  const { rows } = await pool.query<{ name: string; oid: string }>(
    'select datname as name, oid::text from pg_database where datname = current_database()',
  )
  const cluster = await pool
    .query<{ id: string }>('select system_identifier::text as id from pg_control_system()')
    .then(({ rows: [row] }) => row?.id)
    // A role may be forbidden to ask.
    .catch(() => 'unknown')
  return `${cluster} ${rows[0]?.oid} ${rows[0]?.name}`
}
