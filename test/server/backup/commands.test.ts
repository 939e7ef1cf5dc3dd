import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, open, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { connect, type Database } from '#server/db/database.ts'
import { type CliRun, spawnCli } from '#test/support/cli.ts'
import { everyRow } from '#test/support/compare-databases.ts'
import { freshDatabase } from '#test/support/database.ts'
import { answerOf, temporaryFolder } from '../cli/desk.ts'
import { fileOf, fullDatabase, restoreFile } from './harness.ts'

// Each call is a process of its own: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 90_000 })

const WAIT = { timeout: 60_000, interval: 50 }
const MAIN = join(import.meta.dirname, '../../../server/cli/main.ts')
const KEY = 'une clé bien assez longue'
const quiet = { LANG: 'en_CA.UTF-8', LC_ALL: '', LC_MESSAGES: '', PUPITRE_BACKUP_KEY: '' }

/** Whether the view of the whole server says something of the database of that name. */
async function isIn(
  view: 'pg_stat_progress_copy' | 'pg_stat_activity',
  database: string,
  { pool }: Database,
): Promise<boolean> {
  const { rowCount } = await pool.query(`select from ${view} where datname = $1`, [database])
  return rowCount !== 0
}

const errorOf = (run: CliRun): string => answerOf<{ error: string }>(run).error

it('backup and restore work on the database of DATABASE_URL, with a key that no list of processes shows', async () => {
  const [source, target, folder] = [await fullDatabase(), await freshDatabase(), await temporaryFolder()]
  await writeFile(join(folder, 'key'), `${KEY}\n`)
  const on = ({ url }: { url: string }, args: string[], more = {}) =>
    spawnCli(args, { dataFolder: folder, env: { ...quiet, DATABASE_URL: url, ...more } })
  const file = join(folder, 'a.backup')

  const taken = await on(source, ['backup', file, '--key-file', join(folder, 'key'), '--json'])
  expect(taken.code, taken.stderr).toBe(0)
  expect(taken.stderr).toBe('')
  const rows = Object.values(await everyRow(source)).flat().length
  expect(answerOf(taken)).toMatchObject({ path: file, encrypted: true, tables: 25, rows })
  expect((await readdir(folder)).sort()).toEqual(['a.backup', 'key'])

  const verified = await on(source, ['backup', '--verify', file, '--json'], { PUPITRE_BACKUP_KEY: KEY })
  expect(answerOf(verified)).toMatchObject({ documents: 2, rows, tables: 25 })
  const again = await on(source, ['backup', file])
  expect([again.code, again.stderr]).toEqual([1, `${file} exists already. To replace it: --force.\n`])

  // As a server does, which listens for news.
  const held = await target.pool.connect()
  const occupied = await on(target, ['restore', file, '--key-file', join(folder, 'key'), '--json'])
  expect(errorOf(occupied)).toMatch(
    /^Another program uses this database: stop the server first.\nNothing was restored/,
  )
  held.release()
  const { url } = target
  await target.close()
  const restored = await on({ url }, ['restore', file, '--json'], { PUPITRE_BACKUP_KEY: KEY })
  expect(restored.code, restored.stderr).toBe(0)
  expect(answerOf(restored)).toMatchObject({ rows, documents: 2, sessionsEnded: 1 })
})

it('a disk that is full, a reader that left and a place with no newsroom are failures with a sentence', async () => {
  const [source, folder] = [await fullDatabase(), await temporaryFolder()]
  const env = { ...process.env, ...quiet, PUPITRE_DATA: join(folder, 'absent') }
  const shell = async (script: string, url: string): Promise<CliRun> => {
    const child = spawn('bash', ['-c', script, process.execPath, MAIN], {
      cwd: folder,
      env: { ...env, DATABASE_URL: url },
    })
    const [out, err]: [string[], string[]] = [[], []]
    child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text))
    const [code] = await once(child, 'close')
    return { code, stdout: out.join(''), stderr: err.join('') }
  }
  const full = await shell('"$0" "$1" backup - > /dev/full', source.url)
  expect(full).toMatchObject({ code: 1, stderr: expect.stringContaining('The disk is full') })
  const limited = await shell('ulimit -f 1; "$0" "$1" backup big.backup', source.url)
  expect(limited).toMatchObject({ code: 1, stderr: expect.stringContaining('The disk is full') })
  const left = await shell('set -o pipefail; "$0" "$1" backup - | true', source.url)
  expect(left.code).toBe(1)
  const nowhere = await shell('"$0" "$1" backup a.backup', '')
  expect(nowhere).toMatchObject({ code: 1, stderr: expect.stringContaining('There is no newsroom here') })
  expect(await readdir(folder)).toEqual([])
})

it('a restore that is interrupted or killed in its middle leaves an empty database, and the next one works', async () => {
  const [source, target, folder] = [await fullDatabase(), await freshDatabase(), await temporaryFolder()]
  const { url } = target
  const name = new URL(url).pathname.slice(1)
  await target.close()
  // Of more than one piece: something is in the tables before its end has come.
  await source.pool.query(
    "insert into throttles select encode(sha256(n::text::bytea), 'hex'), 1, now() from generate_series(1, 6000) n",
  )
  const file = await fileOf(source)
  expect(file.length).toBeGreaterThan(200_000)
  const begin = async (signal: NodeJS.Signals) => {
    const child = spawn(process.execPath, [MAIN, 'restore', '-'], {
      env: { ...process.env, ...quiet, PUPITRE_DATA: folder, DATABASE_URL: url },
    })
    const said: string[] = []
    child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text))
    child.stdin.write(file.subarray(0, file.length - 10))
    await vi.waitUntil(() => isIn('pg_stat_progress_copy', name, source), WAIT)
    child.kill(signal)
    await once(child, 'close')
    // PostgreSQL finds out later that nobody listens, and a restore wants the database for itself.
    await vi.waitUntil(async () => !(await isIn('pg_stat_activity', name, source)), WAIT)
    return said.join('')
  }
  expect(await begin('SIGINT')).toBe(
    'Interrupted. Nothing was kept.\nNothing was restored; the database is as before.\n',
  )
  await begin('SIGKILL')
  const reopened = connect(url)
  expect(Object.values(await everyRow(reopened)).flat()).toEqual([])
  expect(await restoreFile(reopened, file)).toMatchObject({ ok: true })
  await reopened.close()
})

it('a backup that is killed leaves nothing under its name, and the next one clears up', async () => {
  const [source, folder] = [await fullDatabase(), await temporaryFolder()]
  const file = join(folder, 'a.backup')
  const env = { ...process.env, ...quiet, PUPITRE_DATA: folder, DATABASE_URL: source.url }
  const child = spawn(process.execPath, [MAIN, 'backup', file], { env })
  // It waits for a table, with what came before it written already.
  const other = await source.pool.connect()
  await other.query('begin; lock table volunteers in access exclusive mode')
  const isWaiting = async () => {
    const { rows } = await source.pool.query<{ waiting: boolean }>(
      `select exists (select from pg_locks where not granted and relation = 'volunteers'::regclass
         and database = (select oid from pg_database where datname = current_database())) as waiting`,
    )
    return rows[0]?.waiting === true
  }
  await vi.waitUntil(isWaiting, WAIT)
  child.kill('SIGKILL')
  await once(child, 'close')
  other.release(true)
  expect((await readdir(folder)).filter((name) => name === 'a.backup')).toEqual([])
  const next = await spawnCli(['backup', file, '--json'], {
    dataFolder: folder,
    env: { ...quiet, DATABASE_URL: source.url },
  })
  expect(next.code, next.stderr).toBe(0)
  expect(await readdir(folder)).toEqual(['a.backup'])
})

it('a backup is verified without a database, and what is wrong with one is said', async () => {
  const folder = await temporaryFolder()
  const golden = join(import.meta.dirname, '../../fixtures/backups/0002.backup')
  const file = join(folder, 'old.backup')
  await copyFile(golden, file)
  const env = { ...quiet, DATABASE_URL: 'postgres://nobody:nothing@127.0.0.1:1/none' }
  const verify = () => spawnCli(['backup', '--verify', file], { dataFolder: join(folder, 'absent'), env })
  const good = await verify()
  expect(good).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('The backup is whole: 29 rows of 25 tables'),
  })
  const handle = await open(file, 'r+')
  await handle.write(Buffer.from('x'), 0, 1, 900)
  await handle.close()
  const bad = await verify()
  expect(bad).toMatchObject({ code: 1, stderr: 'The backup is damaged or cut off (near byte 64).\n' })
})
