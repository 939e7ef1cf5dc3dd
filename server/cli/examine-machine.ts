import { access, constants, readFile, stat, statfs } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import type { Config } from '#server/config.ts'
import type { DoctorWords } from './doctor-words.ts'
import { type Finding, good, problem, warning } from './finding.ts'

const MANIFEST = join(import.meta.dirname, '../../package.json')
const MIB = 1024 * 1024
/** Below the first a save may fail any moment; below the second within weeks. */
const SPACE_NEEDED = 200 * MIB
const SPACE_WANTED = 1024 * MIB

export async function examineNode(words: DoctorWords): Promise<Finding> {
  const { dependencies } = JSON.parse(await readFile(MANIFEST, 'utf8')) as { dependencies: { node: string } }
  const major = (version: string) => version.split('.')[0]
  const running = process.versions.node
  if (major(running) === major(dependencies.node)) return good('node', words.node(running))
  return problem('node', words.otherNode(running, dependencies.node), words.useNpm)
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )

async function nearestExisting(path: string): Promise<string> {
  return (await exists(path)) || path === dirname(path) ? path : nearestExisting(dirname(path))
}

async function examineSpace(folder: string, words: DoctorWords): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  const message = words.space(folder, `${Math.floor(free / MIB)}\u00a0MiB`)
  if (free < SPACE_NEEDED) return problem('space', message, words.makeRoom)
  return free < SPACE_WANTED ? warning('space', message, words.makeRoom) : good('space', message)
}

/** The data folder, and the disk it is or would be on. */
export async function examineFolder({ dataFolder }: Config, words: DoctorWords): Promise<readonly Finding[]> {
  const place = await nearestExisting(dataFolder)
  const user = userInfo().username
  try {
    await access(place, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch {
    return [problem('folder', words.folderDenied(place, user), words.giveFolder(place, user))]
  }
  const folder =
    place === dataFolder
      ? good('folder', words.folder(dataFolder))
      : good('folder', words.folderMissing(dataFolder))
  return [folder, await examineSpace(place, words)]
}

export async function examineSecret(config: Config, words: DoctorWords): Promise<Finding> {
  if (config.secret !== null) return good('secret', words.secretGiven)
  const path = join(config.dataFolder, 'secret')
  const file = await stat(path).catch(() => null)
  if (!file) return good('secret', words.secretMissing)
  const mode = file.mode & 0o777
  if ((mode & 0o077) === 0) return good('secret', words.secretKept(path))
  return problem('secret', words.secretOpen(path, mode.toString(8)), words.closeSecret(path))
}
