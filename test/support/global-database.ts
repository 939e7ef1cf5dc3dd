import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { connect } from '#server/db/database.ts'
import { startEmbedded } from '#server/db/embedded.ts'
import { migrate } from '#server/db/migrate.ts'
import { createLog } from '#server/log.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The superuser’s address of the test run’s PostgreSQL. */
    postgresUrl: string
  }
}

export const TEMPLATE = 'pupitre_template'

/** One embedded PostgreSQL for the whole run, with one migrated database that every test clones. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'pupitre-test-'))
  const embedded = await startEmbedded({ dataFolder, log: createLog({ logLevel: 'silent' }) })
  if (!embedded.ok) throw new Error(embedded.error)
  const superuser = new URL(embedded.value.url)
  superuser.username = 'postgres'
  await makeTemplate(embedded.value.url, superuser)
  project.provide('postgresUrl', superuser.href)
  return async () => {
    await embedded.value.stop()
    await rm(dataFolder, { recursive: true, force: true })
  }
}

async function makeTemplate(roleUrl: string, superuser: URL): Promise<void> {
  const admin = new pg.Client({ connectionString: superuser.href })
  await admin.connect()
  await admin.query(`create database ${TEMPLATE} owner pupitre`)
  await admin.end()
  const url = new URL(roleUrl)
  url.pathname = `/${TEMPLATE}`
  const template = connect(url.href)
  await migrate(template)
  await template.close()
}
