import { type ChildProcess, execFile, type SpawnOptions, spawn } from 'node:child_process'
import { chown, cp, mkdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import { type Binaries, binariesIn } from './postgres-binaries.ts'

const run = promisify(execFile)
const SYSTEM_USER = 'pupitre-pg'
/** Copies of the programs, for when their own folder is closed to PostgreSQL's user. */
const PROGRAM_CACHE = '/var/cache/pupitre'

/**
 * The user PostgreSQL runs as. `ids` is null where that is ourselves; it is set when we are root, since
 * PostgreSQL refuses to be. `capability` lets it pass through folders closed to it, such as /root.
 */
export type PostgresUser = {
  readonly ids: { readonly uid: number; readonly gid: number } | null
  readonly capability: 'dac_read_search' | 'dac_override' | null
  readonly binaries: Binaries
}

type Ids = { readonly uid: number; readonly gid: number }

/** Chooses the user, and makes sure that it can reach the data folder and the programs. */
export async function choosePostgresUser(
  folder: string,
  binaries: Binaries,
): Promise<Result<PostgresUser, string>> {
  if (process.getuid?.() !== 0) return ok({ ids: null, capability: null, binaries })
  const ids = await idsFor(folder)
  if (!ids.ok) return ids
  const reachable = (await canPassThrough(dirname(folder), ids.value)) || null
  const readable = await canPassThrough(dirname(binaries.postgres), ids.value)
  const capability = reachable ? null : await usableCapability()
  if (!reachable && capability === null) {
    return fail(
      `Started as root, PostgreSQL has to run as an ordinary user, and that user cannot enter ${dirname(folder)}. ` +
        'Set PUPITRE_DATA to a folder such as /var/lib/pupitre, or start Pupitre as an ordinary user.',
    )
  }
  return ok({ ids: ids.value, capability, binaries: readable ? binaries : await copyOf(binaries) })
}

/** Nothing of our own environment: it may hold secrets, and PGDATA and its like would mislead PostgreSQL. */
const ENVIRONMENT = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC' } as Record<
  string,
  string
> as NodeJS.ProcessEnv

/** Starts one of PostgreSQL's programs as its user. */
export function spawnAs(
  user: PostgresUser,
  program: string,
  args: string[],
  more: SpawnOptions,
): ChildProcess {
  const options = { cwd: '/', env: ENVIRONMENT, ...more }
  if (user.ids === null) return spawn(program, args, options)
  if (user.capability === null) return spawn(program, args, { ...options, ...user.ids })
  const { uid, gid } = user.ids
  const only = `-all,+${user.capability}`
  const sets = [`--bounding-set=${only}`, `--inh-caps=${only}`, `--ambient-caps=${only}`]
  return spawn(
    'setpriv',
    [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', ...sets, program, ...args],
    options,
  )
}

/** A folder that already belongs to an ordinary user stays that user's; otherwise a system user is found or made. */
async function idsFor(folder: string): Promise<Result<Ids, string>> {
  for (const place of [join(folder, 'cluster'), folder, dirname(folder)]) {
    const owner = await stat(place).catch(() => null)
    if (owner !== null && owner.uid !== 0) return ok({ uid: owner.uid, gid: owner.gid })
  }
  const existing = (await systemUser(SYSTEM_USER)) ?? (await systemUser('postgres'))
  if (existing !== null) return ok(existing)
  const made = await run('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    SYSTEM_USER,
  ]).then(
    () => systemUser(SYSTEM_USER),
    () => null,
  )
  return made === null
    ? fail(
        `Started as root, PostgreSQL has to run as an ordinary user, and the user ${SYSTEM_USER} could not be created ` +
          '(useradd failed). Create it, or start Pupitre as an ordinary user.',
      )
    : ok(made)
}

async function systemUser(name: string): Promise<Ids | null> {
  const users = await readFile('/etc/passwd', 'utf8').catch(() => '')
  const fields = users
    .split('\n')
    .find((line) => line.startsWith(`${name}:`))
    ?.split(':')
  const [uid, gid] = [Number(fields?.[2]), Number(fields?.[3])]
  return uid > 0 && gid > 0 ? { uid, gid } : null
}

/** Whether these ids may traverse a folder and every folder above it. */
async function canPassThrough(folder: string, ids: Ids): Promise<boolean> {
  const { uid, gid, mode } = await stat(folder)
  const bit = uid === ids.uid ? 0o100 : gid === ids.gid ? 0o010 : 0o001
  if ((mode & bit) === 0) return false
  return dirname(folder) === folder || canPassThrough(dirname(folder), ids)
}

/**
 * Root may hand PostgreSQL the right to pass through closed folders, where the kernel and setpriv allow it.
 * That opens no file to what people send: the application's database role is not a superuser, so SQL cannot
 * reach the file system.
 */
async function usableCapability(): Promise<PostgresUser['capability']> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '')
  const held = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0'}`)
  const works = await run('setpriv', ['--version']).then(
    () => true,
    () => false,
  )
  if (!works) return null
  if ((held & (1n << 2n)) !== 0n) return 'dac_read_search'
  return (held & (1n << 1n)) !== 0n ? 'dac_override' : null
}

/** PostgreSQL checks its own program with access(2), which knows no capabilities: it needs a path open to all. */
async function copyOf(binaries: Binaries): Promise<Binaries> {
  const { version } = JSON.parse(await readFile(join(dirname(binaries.native), 'package.json'), 'utf8'))
  const copy = join(PROGRAM_CACHE, `postgresql-${version}-${process.arch}`)
  if (await stat(copy).catch(() => null)) return binariesIn(copy)
  const building = `${copy}.${process.pid}`
  await mkdir(PROGRAM_CACHE, { recursive: true, mode: 0o755 })
  await cp(binaries.native, building, { recursive: true, verbatimSymlinks: true })
  await chown(building, 0, 0)
  await rename(building, copy).catch(() => rm(building, { recursive: true, force: true }))
  return binariesIn(copy)
}
