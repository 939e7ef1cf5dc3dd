import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import * as schema from '#drizzle/schema/index.ts'

export type Orm = NodePgDatabase<typeof schema>
/** Inside a transaction only this may be used: the pool would be another connection. */
export type Transaction = Parameters<Parameters<Orm['transaction']>[0]>[0]

export type Database = {
  readonly orm: Orm
  readonly pool: pg.Pool
  readonly url: string
  close(): Promise<void>
}

/** A PostgreSQL that hangs keeps nobody waiting longer, in milliseconds: a page then says that something went wrong. */
const QUERY_TIMEOUT = 30_000

/** Opens a pool; connects at the first query. @param url a `postgres://` address. */
export function connect(url: string): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 5000,
    query_timeout: QUERY_TIMEOUT,
    keepAlive: true,
  })
  surviveBreaks(pool)
  return { orm: drizzle(pool, { schema }), pool, url, close: () => pool.end() }
}

/**
 * A connection that breaks is replaced, and the next query on it reports what is wrong. The event beside that would end
 * the process: of a connection that is idle in its pool, and of one that is lent out and between two queries.
 */
export function surviveBreaks(pool: pg.Pool): void {
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
}
