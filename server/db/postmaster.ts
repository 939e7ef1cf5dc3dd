import { once } from 'node:events'
import { open, readFile, readlink, realpath, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import { isAlive } from '../processes.ts'
import { type Cluster, lastWords, ROLE } from './cluster.ts'
import { type PostgresUser, spawnAs } from './postgres-user.ts'

/** Where the server listens: a socket in the data folder, or a loopback port where its path would be too long. */
export type Place =
  | { readonly kind: 'socket'; readonly folder: string; readonly port: 5432 }
  | { readonly kind: 'loopback'; readonly port: number }

export const wrongPassword = (cluster: Cluster): string =>
  `the password in ${cluster.passwordFile} is not the one of its database: restore both together.`

/** What `postmaster.pid` says. The file may be left over, copied, or half written. */
type Postmaster = { readonly pid: number; readonly port: number }

/** Bytes of a socket's address, without its final NUL: sun_path of Linux and of the BSDs. */
const LONGEST_SOCKET_PATH = process.platform === 'linux' ? 107 : 103
const SOCKET_PORT = 5432

/** The socket’s place, or null where its path is too long for the system. */
export function socketIn(cluster: Cluster): Place | null {
  const path = join(cluster.folder, `.s.PGSQL.${SOCKET_PORT}`)
  if (Buffer.byteLength(path) > LONGEST_SOCKET_PATH) return null
  return { kind: 'socket', folder: cluster.folder, port: SOCKET_PORT }
}

export async function freeLoopback(): Promise<Place> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  return { kind: 'loopback', port: address.port }
}

export function urlOf(place: Place, password: string): string {
  const url = new URL(`postgres://${ROLE}:${password}@127.0.0.1:${place.port}/${ROLE}`)
  if (place.kind === 'socket') url.searchParams.set('host', place.folder)
  return url.href
}

export async function readPostmaster(cluster: Cluster): Promise<Postmaster | null> {
  const text = await readFile(join(cluster.directory, 'postmaster.pid'), 'utf8').catch(() => '')
  const lines = text.split('\n')
  const [pid, port] = [Number(lines[0]), Number(lines[3])]
  return Number.isInteger(pid) && pid > 0 ? { pid, port: Number.isInteger(port) ? port : 0 } : null
}

/** Whether a process is a server of this very folder: it works inside it, whatever number it was given. */
export async function runsHere(pid: number, cluster: Cluster): Promise<boolean> {
  if (!isAlive(pid)) return false
  if (process.platform !== 'linux') return true
  const folder = await readlink(`/proc/${pid}/cwd`).catch(() => null)
  if (folder !== null) return folder === (await realpath(cluster.directory))
  // Root in a container may not look at another user's processes that closely; their command lines are open.
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return command.includes(`\0-D\0${cluster.directory}\0`)
}

/**
 * Asks who is there. `ready`: ours, and it takes connections. `busy`: it starts, recovers or stops.
 * `stranger`: it does not know the password. `silent`: nobody answers.
 */
export async function ask(url: string): Promise<'ready' | 'busy' | 'stranger' | 'silent'> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return 'ready'
  } catch (error) {
    const code = error instanceof pg.DatabaseError ? (error.code ?? '') : ''
    if (/^(28|3D)/.test(code)) return 'stranger'
    return code === '' ? 'silent' : 'busy'
  } finally {
    await client.end().catch(() => {})
  }
}

/** Settings that the server always gets from us, so that an upgrade of Pupitre may change them. */
function settings(cluster: Cluster, place: Place): string[] {
  const wanted: Record<string, string> = {
    listen_addresses: place.kind === 'loopback' ? '127.0.0.1' : '',
    unix_socket_directories: place.kind === 'socket' ? `"${cluster.folder.replaceAll('"', '""')}"` : '',
    unix_socket_permissions: '0700',
    port: String(place.port),
    max_connections: '100',
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    // A week of logs, without statements or values: what people write never reaches a log.
    logging_collector: 'on',
    log_directory: 'log',
    log_filename: 'postgresql-%a.log',
    log_truncate_on_rotation: 'on',
    log_rotation_age: '1d',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
  }
  return Object.entries(wanted).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/**
 * Starts the server in a session of its own: Ctrl+C in our terminal is for us, and a kill -9 of ours
 * leaves it whole, to be adopted.
 * @returns once it answers. Errors: `taken`, the port is someone else’s; `raced`, another process is
 *   starting or ending a server here: look again; otherwise a sentence.
 */
export async function start(
  cluster: Cluster,
  place: Place,
  user: PostgresUser,
  url: string,
): Promise<Result<void, { readonly reason: 'taken' | 'raced' | 'failed'; readonly said: string }>> {
  await removeForeignLock(cluster)
  const path = join(cluster.folder, 'start.log')
  const output = await open(path, 'w', 0o600)
  const args = ['-D', cluster.directory, ...settings(cluster, place)]
  const child = spawnAs(user, user.binaries.postgres, args, {
    detached: true,
    stdio: ['ignore', output.fd, output.fd],
  })
  let ended = false
  child.once('exit', () => {
    ended = true
  })
  child.once('error', () => {
    ended = true
  })
  child.unref()
  await output.close()
  while (!ended) {
    const answer = await ask(url)
    if (ended) break
    if (answer === 'ready') return ok(undefined)
    if (answer === 'stranger') {
      await stop(cluster)
      return fail({ reason: 'failed', said: wrongPassword(cluster) })
    }
    await delay(15)
  }
  const said = await readFile(path, 'utf8').catch(() => '')
  if (/Address already in use/.test(said) && place.kind === 'loopback') return fail({ reason: 'taken', said })
  const raced = /lock file .* already exists|pre-existing shared memory|Address already in use/.test(said)
  return fail({ reason: raced ? 'raced' : 'failed', said: lastWords(said) })
}

/**
 * After a power cut the number in a left-over `postmaster.pid` may belong to another program by now, and
 * PostgreSQL would refuse to start. Only then is the file removed, and only if it still says the same.
 */
async function removeForeignLock(cluster: Cluster): Promise<void> {
  const files = [
    join(cluster.directory, 'postmaster.pid'),
    join(cluster.folder, `.s.PGSQL.${SOCKET_PORT}.lock`),
  ]
  for (const file of files) {
    const pid = Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10)
    if (!(pid > 0) || !isAlive(pid) || (await runsHere(pid, cluster))) continue
    const now = Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10)
    if (now === pid) await rm(file, { force: true })
  }
}

/** Ends the server in order: clients are cut, what is committed is written, and the next start needs no recovery. */
export async function stop(cluster: Cluster): Promise<void> {
  const running = await readPostmaster(cluster)
  if (running === null || !(await runsHere(running.pid, cluster))) return
  for (const [signal, patience] of [
    ['SIGINT', 6000],
    ['SIGQUIT', 2000],
  ] as const) {
    if (!send(running.pid, signal)) return
    for (const end = performance.now() + patience; performance.now() < end; await delay(10)) {
      if (!(await runsHere(running.pid, cluster))) return
    }
  }
}

/** @returns false where the process ended just now */
function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false
    throw error
  }
}
