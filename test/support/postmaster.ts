import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'

/** The process number of the server of a folder, or null when none runs. */
export function postmasterOf(folder: string): number | null {
  const directory = join(folder, 'postgres', 'cluster')
  const file = join(directory, 'postmaster.pid')
  if (!existsSync(file)) return null
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  return existsSync(`/proc/${pid}/cwd`) && readlinkSync(`/proc/${pid}/cwd`) === directory ? pid : null
}

/** Ends every process of the folder’s PostgreSQL at once, as a power cut would; its files stay as they are. */
export const cutPower = (folder: string): void => signalPostgres(folder, 'SIGKILL')

/** Signals every process of the folder’s PostgreSQL: SIGSTOP and SIGCONT make it hang, and go on. */
export function signalPostgres(folder: string, signal: NodeJS.Signals): void {
  const directory = join(folder, 'postgres', 'cluster')
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      if (readlinkSync(`/proc/${name}/cwd`) === directory) process.kill(Number(name), signal)
    } catch {
      // Another process that ended meanwhile, or that is not ours to look at.
    }
  }
}
