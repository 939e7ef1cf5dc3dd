import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { connect, type Database } from '#server/db/database.ts'
import { startEmbedded } from '#server/db/embedded.ts'
import { migrate } from '#server/db/migrate.ts'
import { isAlive } from '#server/processes.ts'
import { silent } from '#test/server/sync/harness.ts'
import { cutPower, postmasterOf, signalPostgres } from '#test/support/postmaster.ts'

/** A migrated PostgreSQL that nobody keeps alive but the test, as one on another machine. */
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
  /** Ends it, and removes its files. */
  remove(): Promise<void>
}

/** @param parent a directory on the disk where its files are to be */
export async function ownPostgres(parent = '/tmp'): Promise<OwnPostgres> {
  const folder = await mkdtemp(join(parent, 'pupitre-faults-'))
  const start = async () => {
    const embedded = await startEmbedded({ dataFolder: folder, log: silent })
    if (!embedded.ok) throw new Error(embedded.error)
    return embedded.value.url
  }
  // A run that is cut short leaves no server behind.
  const abandon = () => cutPower(folder)
  process.once('exit', abandon)
  const database = connect(await start())
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
    remove: async () => {
      process.off('exit', abandon)
      cutPower(folder)
      await Promise.race([database.close(), delay(1000)])
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
    },
  }
}
