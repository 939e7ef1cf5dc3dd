import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { backUp } from '#server/backup/use-cases.ts'
import { startEmbedded } from '#server/db/embedded.ts'
import { applyWithin, ourMigrations } from '#server/db/migrate.ts'
import { createLog } from '#server/log.ts'
import { addRows } from './backup-rows.ts'

/**
 * Makes the backups of test/fixtures/backups: `node test/support/golden-backups.ts LEVEL…`, where 0 is the level of
 * migration 0000. To be run once for each level, by the version that has it as its newest, and kept for ever: they
 * are what older versions wrote. `--key TEXT` makes an encrypted one.
 */
const FOLDER = join(import.meta.dirname, '../fixtures/backups')

async function make(url: string, level: number, key: Buffer | null): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(`create schema drizzle;
      create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`)
    await applyWithin(client, ourMigrations().slice(0, level + 1))
    await addRows(client, level + 1)
  } finally {
    await client.end()
  }
  const path = join(FOLDER, `${String(level).padStart(4, '0')}${key === null ? '' : '-encrypted'}.backup`)
  const written = await backUp({
    database: { url },
    key,
    version: '0.1.0',
    onProgress() {},
    write: async (bytes) => {
      const chunks: Buffer[] = []
      for await (const chunk of bytes) chunks.push(chunk)
      await writeFile(path, Buffer.concat(chunks))
      return 0
    },
  })
  if (!written.ok) throw new Error(written.error)
  return path
}

const typed = process.argv.slice(2)
const at = typed.indexOf('--key')
const key = at === -1 ? null : Buffer.from(typed[at + 1] ?? '')
const levels = (at === -1 ? typed : typed.slice(0, at)).map(Number)
const dataFolder = await mkdtemp(join(tmpdir(), 'pupitre-golden-'))
const embedded = await startEmbedded({ dataFolder, log: createLog({ logLevel: 'silent' }) })
if (!embedded.ok) throw new Error(embedded.error)
for (const level of levels) {
  const admin = new pg.Client({ connectionString: embedded.value.url.replace('//pupitre:', '//postgres:') })
  await admin.connect()
  await admin.query(`create database golden_${level} owner pupitre`)
  await admin.end()
  const url = new URL(embedded.value.url)
  url.pathname = `/golden_${level}`
  console.log(await make(url.href, level, key))
}
await embedded.value.stop()
await rm(dataFolder, { recursive: true })
