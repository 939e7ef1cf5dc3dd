import pg from 'pg'
import { surviveBreaks } from '#server/db/database.ts'

/**
 * Longer than any commit that will succeed, in milliseconds: then PostgreSQL is to give up, and where it does not answer
 * either, the connection is. The batch is sent again. A statement that waited for ever for somebody’s lock would leave
 * one more connection behind with each attempt, until PostgreSQL has none left.
 */
const PATIENCE = { statement: 9000, answer: 10_000 }

/** A connection of its own for appends: saving never waits behind pages that query. */
export function createAppendPool(url: string, { statement, answer } = PATIENCE): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: 2,
    connectionTimeoutMillis: 5000,
    statement_timeout: statement,
    query_timeout: answer,
    // The first letter after a quiet hour should not wait for a connection.
    idleTimeoutMillis: 0,
    keepAlive: true,
  })
  surviveBreaks(pool)
  return pool
}
