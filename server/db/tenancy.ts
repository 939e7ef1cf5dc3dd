import pg from 'pg'

/** Keys of PostgreSQL advisory locks. They belong to connections: a process that dies leaves none behind. */
const PRESENCE = 5_787_001
const SERVER = 5_787_002

/** A process’s place in an embedded PostgreSQL: held by one connection for as long as the process uses it. */
export type Tenancy = {
  /** Settles when the connection is gone, by whatever way. */
  readonly ended: Promise<void>
  /** Gives the place up; calls `whenLast` when nobody is left, so that the caller stops the server. */
  leave(whenLast: () => Promise<void>): Promise<void>
}

/**
 * Enters. Everyone shares `PRESENCE`; whoever leaves tries to take it alone, and the last one can: exactly
 * one process stops the server, and never under somebody’s feet. `SERVER` is for one process only.
 * @returns `stopping` when the last one is about to stop it: come back; `occupied` when another server has it.
 */
export async function enter(url: string, claim: boolean): Promise<Tenancy | 'stopping' | 'occupied'> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000, keepAlive: true })
  const ended = new Promise<void>((resolve) => client.once('end', () => resolve()))
  client.on('error', () => {})
  await client.connect()
  const take = async (call: string, key: number) => {
    const { rows } = await client.query<{ taken: boolean }>(`select ${call}($1) as taken`, [key])
    return rows[0]?.taken === true
  }
  const refuse = async <T>(why: T) => {
    await client.end()
    return why
  }
  if (!(await take('pg_try_advisory_lock_shared', PRESENCE))) return refuse('stopping' as const)
  if (claim && !(await take('pg_try_advisory_lock', SERVER))) return refuse('occupied' as const)
  const isLast = async () => {
    await client.query('select pg_advisory_unlock_all()')
    return take('pg_try_advisory_lock', PRESENCE)
  }
  return {
    ended,
    leave: async (whenLast) => {
      // The last one keeps the lock until the server is gone: whoever comes meanwhile is told `stopping`.
      if (await isLast().catch(() => false)) await whenLast()
      await client.end().catch(() => {})
    },
  }
}
