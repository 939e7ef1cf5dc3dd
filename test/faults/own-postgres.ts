import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { connect, type Database } from '#server/db/database.ts'
import { startEmbedded } from '#server/db/embedded.ts'
import { migrate } from '#server/db/migrate.ts'
import { isAlive } from '#server/processes.ts'
import { silent } from '#test/server/sync/harness.ts'
import { cutPower, postmasterOf, signalPostgres } from '#test/support/postmaster.ts'

/** A migrated PostgreSQL that only the test keeps alive, as one on another machine, or that is `kept`. */
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
  /** What was said when nobody looked after it any more; null as long as somebody does. */
  lost(): string | null
  /** Ends it, and removes its files. */
  remove(): Promise<void>
}

/**
 * @param parent a directory on the disk where its files are to be
 * @param kept whether it is kept alive, as the embedded one of a server is
 */
export async function ownPostgres(parent = '/tmp', kept = false): Promise<OwnPostgres> {
  const folder = await mkdtemp(join(parent, 'pupitre-faults-'))
  let lost: string | null = null
  let leave = async () => {}
  const start = async () => {
    const embedded = await startEmbedded({
      dataFolder: folder,
      log: silent,
      claim: kept,
      onLost: (sentence) => {
        lost = sentence
      },
    })
    if (!embedded.ok) throw new Error(embedded.error)
    leave = embedded.value.stop
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
    lost: () => lost,
    remove: async () => {
      process.off('exit', abandon)
      if (kept) await leave()
      cutPower(folder)
      await Promise.race([database.close(), delay(1000)])
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
    },
  }
}
