import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmod,
  chown,
  lchown,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import { isAlive } from '../processes.ts'
import { type PostgresUser, spawnAs } from './postgres-user.ts'

/** The major version of the programs in the package; a folder of another one is not opened. */
const MAJOR = '18'
const SUPERUSER = 'postgres'
export const ROLE = 'pupitre'

/** The files of the embedded PostgreSQL: everything is under `folder`, so that a backup of it is whole. */
export type Cluster = {
  readonly folder: string
  /** PostgreSQL's own data directory. */
  readonly directory: string
  readonly passwordFile: string
}

export function clusterIn(dataFolder: string): Cluster {
  const folder = join(dataFolder, 'postgres')
  return { folder, directory: join(folder, 'cluster'), passwordFile: join(folder, 'password') }
}

/** @returns the password of both roles; the error is a sentence. Throws what the file system throws. */
export async function openCluster(cluster: Cluster, user: PostgresUser): Promise<Result<string, string>> {
  if (!(await exists(join(cluster.directory, 'PG_VERSION')))) {
    const made = await makeCluster(cluster, user)
    if (!made.ok) return made
  }
  const version = (await readFile(join(cluster.directory, 'PG_VERSION'), 'utf8')).trim()
  if (version !== MAJOR) {
    return fail(
      `${cluster.directory} was written by PostgreSQL ${version}, and this version of Pupitre brings PostgreSQL ${MAJOR}: ` +
        'see “Upgrades” in docs/OPERATIONS.md.',
    )
  }
  // PostgreSQL refuses a directory of root’s, or one that others may enter: what a copy made by root looks like.
  const { mode, uid } = await stat(cluster.directory)
  if (user.ids !== null && uid === 0) await giveTo(user.ids, cluster.folder)
  if ((mode & 0o077) !== 0) await chmod(cluster.directory, 0o700)
  const password = await readFile(cluster.passwordFile, 'utf8').catch(() => '')
  return password === ''
    ? fail(`The password of the embedded PostgreSQL is missing: ${cluster.passwordFile} has to be restored.`)
    : ok(password.trim())
}

/**
 * Everything is made in a folder beside, then renamed: after a power cut, and when two processes start
 * together, there is a whole database or none.
 */
async function makeCluster(cluster: Cluster, user: PostgresUser): Promise<Result<void, string>> {
  const parent = dirname(cluster.folder)
  await removeAbandoned(parent)
  const building = clusterIn(join(parent, `.making.${process.pid}`))
  for (const path of [dirname(building.folder), building.folder, building.directory]) await mkdir(path, 0o700)
  const password = randomBytes(24).toString('hex')
  await writeFile(building.passwordFile, `${password}\n`, { mode: 0o600 })
  if (user.ids !== null) {
    for (const path of [
      dirname(building.folder),
      building.folder,
      building.directory,
      building.passwordFile,
    ]) {
      await chown(path, user.ids.uid, user.ids.gid)
    }
  }
  const outcome = await initialise(building, user, password)
  if (outcome.ok) await moveIntoPlace(building.folder, cluster.folder)
  await rm(dirname(building.folder), { recursive: true, force: true })
  if (!outcome.ok || (await exists(join(cluster.directory, 'PG_VERSION')))) return outcome
  return fail(`${cluster.folder} is in the way: it is not empty, and it is not a database of Pupitre.`)
}

async function initialise(
  cluster: Cluster,
  user: PostgresUser,
  password: string,
): Promise<Result<void, string>> {
  // The builtin locale: sorting never depends on the C library, whose updates corrupt indexes.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const access = ['--auth=scram-sha-256', `--username=${SUPERUSER}`, `--pwfile=${cluster.passwordFile}`]
  const made = await finish(
    spawnAs(user, user.binaries.initdb, ['-D', cluster.directory, ...locale, ...access], {}),
  )
  if (!made.ok) return made
  const single = spawnAs(user, user.binaries.postgres, ['--single', '-D', cluster.directory, 'postgres'], {})
  single.stdin?.end(
    `CREATE ROLE ${ROLE} LOGIN PASSWORD '${password}';\nCREATE DATABASE ${ROLE} OWNER ${ROLE};\n`,
  )
  return finish(single)
}

/** Waits for a program that ends by itself. */
function finish(child: ChildProcess): Promise<Result<void, string>> {
  let said = ''
  child.stdout?.resume()
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  return new Promise((resolve) => {
    child.on('error', (error) =>
      resolve(fail(`The embedded PostgreSQL could not be started: ${error.message}.`)),
    )
    child.on('close', (code) => {
      const failed = code !== 0 || /\b(FATAL|PANIC)\b/.test(said)
      resolve(
        failed ? fail(`The embedded PostgreSQL could not be set up: ${lastWords(said)}`) : ok(undefined),
      )
    })
  })
}

export const lastWords = (text: string): string =>
  text.trim().split('\n').slice(-3).join(' ') || 'it said nothing.'

/** Another process that was quicker has put a whole database there: then its one stays. */
async function moveIntoPlace(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && /^(ENOTEMPTY|EEXIST)$/.test(String(error.code))))
      throw error
  }
  const parent = await open(dirname(to))
  await parent.sync().finally(() => parent.close())
}

async function removeAbandoned(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const pid = /^\.making\.(\d+)$/.exec(name)?.[1]
    if (pid !== undefined && !isAlive(Number(pid)))
      await rm(join(parent, name), { recursive: true, force: true })
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false
      throw error
    },
  )

async function giveTo(ids: { uid: number; gid: number }, folder: string): Promise<void> {
  await lchown(folder, ids.uid, ids.gid)
  for (const entry of await readdir(folder, { recursive: true })) {
    await lchown(join(folder, entry), ids.uid, ids.gid)
  }
}
