import pg from 'pg'
import { backUp, restore } from '#server/backup/use-cases.ts'
import type { Database } from '#server/db/database.ts'
import { addRows } from '#test/support/backup-rows.ts'
import { freshDatabase } from '#test/support/database.ts'

/** A database with a row in every table. */
export async function fullDatabase(): Promise<Database> {
  const database = await freshDatabase()
  await withClient(database, (client) => addRows(client, 3))
  return database
}

async function withClient<T>(
  { url }: Pick<Database, 'url'>,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** The whole file in memory. */
export async function fileOf(database: Database, key: Buffer | null = null): Promise<Buffer> {
  const chunks: Buffer[] = []
  const taken = await backUp({
    database,
    key,
    version: '0.1.0',
    onProgress() {},
    write: async (bytes) => {
      for await (const chunk of bytes) chunks.push(chunk)
      return chunks.reduce((sum, { length }) => sum + length, 0)
    },
  })
  if (!taken.ok) throw new Error(taken.error)
  return Buffer.concat(chunks)
}

export async function* streamOf(file: Buffer): AsyncGenerator<Buffer, void> {
  yield file
}

export const restoreFile = (database: Database, file: Buffer, key: Buffer | null = null) =>
  restore({ database, key, file: streamOf(file), shared: false })
