import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { connect, type Database } from '#server/db/database.ts'
import { TEMPLATE } from './global-database.ts'

const made: { name: string; database: Database }[] = []

/** A new migrated database for the caller alone, closed and dropped after the last test of its file. */
export async function freshDatabase(): Promise<Database> {
  const name = `test_${randomBytes(8).toString('hex')}`
  await asSuperuser((admin) => admin.query(`create database ${name} template ${TEMPLATE} owner pupitre`))
  const url = new URL(inject('postgresUrl'))
  url.username = 'pupitre'
  url.pathname = `/${name}`
  const database = connect(url.href)
  made.push({ name, database })
  return database
}

/** Runs statements that the application’s own role may not, such as ending a connection. */
export async function asSuperuser<T>(work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: inject('postgresUrl') })
  await admin.connect()
  try {
    return await work(admin)
  } finally {
    await admin.end()
  }
}

afterAll(async () => {
  for (const { name, database } of made) {
    if (!database.pool.ended) await database.close()
    await asSuperuser((admin) => admin.query(`drop database if exists ${name} with (force)`))
  }
})
