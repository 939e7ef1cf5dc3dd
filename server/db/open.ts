import { setTimeout as delay } from 'node:timers/promises'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import type { Config } from '../config.ts'
import type { Logger } from '../log.ts'
import { connect, type Database } from './database.ts'
import { startEmbedded } from './embedded.ts'

export type OpenDatabase = { readonly database: Database; stop(): Promise<void> }

type Options = {
  readonly config: Pick<Config, 'databaseUrl' | 'dataFolder'>
  readonly log: Logger
  /** True for the server; false for a command beside it, which attaches to the same PostgreSQL. */
  readonly claim?: boolean
  /** Milliseconds to wait for an external PostgreSQL that is still starting. */
  readonly patience?: number
  readonly onLost?: (sentence: string) => void
}

/**
 * Opens the database that the settings name: connected, not migrated.
 * @returns errors as sentences to print; `stop` closes the pool, and the embedded PostgreSQL when nobody else uses it.
 */
export async function openDatabase(options: Options): Promise<Result<OpenDatabase, string>> {
  const { config, log } = options
  if (config.databaseUrl !== null) return openExternal(config.databaseUrl, log, options.patience ?? 15_000)
  const embedded = await startEmbedded({ ...options, dataFolder: config.dataFolder })
  if (!embedded.ok) return embedded
  const database = connect(embedded.value.url)
  const stop = async () => {
    await database.close()
    await embedded.value.stop()
  }
  return ok({ database, stop })
}

async function openExternal(
  url: string,
  log: Logger,
  patience: number,
): Promise<Result<OpenDatabase, string>> {
  const database = connect(url)
  const end = performance.now() + patience
  for (;;) {
    const problem = await database.pool.query('select 1').then(
      () => null,
      (error: NodeJS.ErrnoException) => error,
    )
    if (problem === null) return ok({ database, stop: () => database.close() })
    // 57P03 and the like: it is there and still starting. A wrong password or name does not mend by waiting.
    const mayMend = !/^(28|3D)/.test(problem.code ?? '')
    if (!mayMend || performance.now() > end) {
      await database.close()
      return fail(`DATABASE_URL: ${addressOf(url)} cannot be used: ${problem.message || problem.code}.`)
    }
    log.warn({ err: problem }, 'PostgreSQL does not answer yet')
    await delay(500)
  }
}

/** Without the password. */
function addressOf(url: string): string {
  const { host, pathname } = new URL(url)
  return `PostgreSQL at ${host}${pathname}`
}
