import { randomBytes } from 'node:crypto'
import { chmod, link, open, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import type { Config } from './config.ts'
import { explainFolder, makeFolder } from './data-folder.ts'

/** Shortest secret that is taken, in characters; the one we make has 64. */
const SHORTEST = 32

/**
 * The secret that signs sessions and derives one-time codes: `PUPITRE_SECRET`, else `secret` in the data folder,
 * made on the first start. @returns errors as sentences.
 */
export async function readSecret(
  config: Pick<Config, 'secret' | 'dataFolder'>,
): Promise<Result<string, string>> {
  if (config.secret !== null) return ok(config.secret)
  const file = join(config.dataFolder, 'secret')
  try {
    const kept = await readKept(file)
    if (kept === null) await make(file)
    const secret = kept ?? (await readKept(file)) ?? ''
    if (secret.length >= SHORTEST) return ok(secret)
    return fail(`${file} is damaged: restore it, or delete it (everyone will have to sign in again).`)
  } catch (error) {
    return fail(explainFolder(config.dataFolder, error))
  }
}

/** @returns the secret where there is one, without making any; null also where it cannot be read */
export const findSecret = async (config: Pick<Config, 'secret' | 'dataFolder'>): Promise<string | null> =>
  config.secret ?? (await readKept(join(config.dataFolder, 'secret')).catch(() => null))

async function readKept(file: string): Promise<string | null> {
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** Written whole beside, then linked: of two processes one wins, and after a power cut there is all of it or none. */
async function make(file: string): Promise<void> {
  await makeFolder(dirname(file))
  const beside = `${file}.${randomBytes(4).toString('hex')}`
  const handle = await open(beside, 'wx', 0o600)
  try {
    await handle.writeFile(`${randomBytes(32).toString('hex')}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await chmod(beside, 0o600)
  await link(beside, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await rm(beside)
}
