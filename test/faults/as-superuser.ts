import pg from 'pg'
import type { OwnPostgres } from './own-postgres.ts'

/** Runs statements that the application’s own role may not. */
export async function asSuperuserOf<T>(
  { database }: OwnPostgres,
  work: (admin: pg.Client) => Promise<T>,
): Promise<T> {
  const url = new URL(database.url)
  url.username = 'postgres'
  const admin = new pg.Client({ connectionString: url.href })
  admin.on('error', () => {})
  await admin.connect()
  try {
    return await work(admin)
  } finally {
    await admin.end().catch(() => {})
  }
}
