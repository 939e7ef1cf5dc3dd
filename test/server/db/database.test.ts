import { expect, test } from 'vitest'
import { createAppendPool } from '#server/sync/log/append-pool.ts'
import { until } from '#test/server/sync/harness.ts'
import { asSuperuser, freshDatabase } from '#test/support/database.ts'

// An error that nobody hears is an uncaught exception, which fails the run of the tests, and ends a server.
test('a connection that breaks while it is lent out, between two queries, ends no process', async () => {
  const database = await freshDatabase()
  const appends = createAppendPool(database.url)
  for (const pool of [database.pool, appends]) {
    const client = await pool.connect()
    let ended = false
    client.once('end', () => {
      ended = true
    })
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    await asSuperuser((admin) => admin.query('select pg_terminate_backend($1)', [rows[0]?.pid]))
    await until('the connection is gone', () => ended)
    await expect(client.query('select 1')).rejects.toThrow()
    client.release(true)
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  }
  await appends.end()
})
