import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { type CliRun, spawnCli } from '#test/support/cli.ts'
import { freshDatabase } from '#test/support/database.ts'

const folders: string[] = []

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pupitre-cli-'))
  folders.push(folder)
  return folder
}

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
})

/** A newsroom with its own database and data folder, and `pupitre` in a process of its own for each call. */
export async function makeNewsroom() {
  const database = await freshDatabase()
  const dataFolder = await temporaryFolder()
  const env = { DATABASE_URL: database.url, LANG: 'C.UTF-8', LC_ALL: '', LC_MESSAGES: '', PORT: '1' }
  const run = (args: readonly string[], input = '', more: Record<string, string> = {}): Promise<CliRun> =>
    spawnCli(args, { dataFolder, input, env: { ...env, ...more } })
  return { database, dataFolder, run }
}

export const passphrase = 'trois chats gris au soleil'

/** What `--json` printed: exactly one value. */
export const answerOf = <T>(run: CliRun): T => JSON.parse(run.stdout) as T
