import { setTimeout as delay } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { connect, type Database } from '#server/db/database.ts'
import { startEmbedded } from '#server/db/embedded.ts'
import { migrate } from '#server/db/migrate.ts'
import { isAlive } from '#server/processes.ts'
import { silent } from '#test/server/sync/harness.ts'
import { cutPower, postmasterOf, signalPostgres } from '#test/support/postmaster.ts'
import { scratchFolder } from '#test/support/tenant.ts'

/** A migrated PostgreSQL of one test, that nobody keeps alive but the test. */
export type OwnPostgres = {
  readonly folder: string
  readonly database: Database
  /** Ends it as a power cut would. */
  kill(): void
  start(): Promise<void>
  /** Ends it in order: connections are cut. */
  stop(): Promise<void>
  /** All its processes hang, their connections stay open; its socket takes new ones, and nobody answers. */
  pause(): void
  resume(): void
}

/** @param parent a directory on the disk where its files are to be */
export async function ownPostgres(parent?: string): Promise<OwnPostgres> {
  const folder = await scratchFolder(parent)
  const start = async () => {
    const embedded = await startEmbedded({ dataFolder: folder, log: silent })
    if (!embedded.ok) throw new Error(embedded.error)
    return embedded.value.url
  }
  const database = connect(await start())
  onTestFinished(() => database.close())
  await migrate(database)
  return {
    folder,
    database,
    kill: () => cutPower(folder),
    start: async () => void (await start()),
    stop: async () => {
      const pid = postmasterOf(folder)
      if (pid === null) return
      process.kill(pid, 'SIGINT')
      while (isAlive(pid)) await delay(5)
    },
    pause: () => signalPostgres(folder, 'SIGSTOP'),
    resume: () => signalPostgres(folder, 'SIGCONT'),
  }
}
