import pg from 'pg'

/** Longer than any commit that will succeed: then the connection is given up, and the batch sent again. */
const APPEND_TIMEOUT = 10_000

/** A connection of its own for appends: saving never waits behind pages that query. */
export function createAppendPool(url: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: 2,
    connectionTimeoutMillis: 5000,
    query_timeout: APPEND_TIMEOUT,
    // The first letter after a quiet hour should not wait for a connection.
    idleTimeoutMillis: 0,
    keepAlive: true,
  })
  // A connection that breaks while idle is replaced at the next append, which says what is wrong.
  pool.on('error', () => {})
  return pool
}
