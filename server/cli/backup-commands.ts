import { access, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { whatIsInTheWay, writeWhole } from '#server/backup/file.ts'
import { Unreadable } from '#server/backup/unreadable.ts'
import { backUp, restore as restoreFrom, verifyBackup } from '#server/backup/use-cases.ts'
import type { Config } from '#server/config.ts'
import { clusterIn } from '#server/db/cluster.ts'
import { openDatabase } from '#server/db/open.ts'
import { createLog } from '#server/log.ts'
import { counted, explainFile, openSource, readKey, writeOut } from './backup-files.ts'
import { type Context, failed, type Outcome, usage } from './command.ts'
import { howFar, megabytes } from './how-far.ts'

const MANIFEST = join(import.meta.dirname, '../../package.json')

export async function backup(context: Context): Promise<Outcome> {
  const { config, options, positionals, words } = context
  const [typed = ''] = positionals
  if (options.verify && options.force) return usage(words.backup.verifyFile)
  const key = await readKey(context)
  if (!key.ok) return failed(key.error)
  if (options.verify) return verify(context, typed, key.value)
  if (!config.ok) return failed(config.error.join('\n'))
  if (typed === '-') {
    if (process.stdout.isTTY) return usage(words.backup.terminal)
    const outcome = await take(context, config.value, key.value, null)
    // Standard output is the backup, whole or not.
    return { ...outcome, aside: true }
  }
  const path = resolve(context.terminal.cwd, typed)
  const way = await whatIsInTheWay(path, options.force === true)
  return way === null ? take(context, config.value, key.value, path) : failed(words.backup[way](path))
}

/** @param path null: standard output */
async function take(
  context: Context,
  config: Config,
  key: Buffer | null,
  path: string | null,
): Promise<Outcome> {
  const { words, interrupted } = context
  const { backup: say } = words
  const place = config.databaseUrl === null ? config.dataFolder : 'DATABASE_URL'
  // Opening would make one, and a backup of nothing looks like one of something.
  if (config.databaseUrl === null && !(await isMade(config))) return failed(say.noNewsroom(place))
  const open = await openDatabase({ config, log: createLog({ logLevel: 'silent' }) })
  if (!open.ok) return failed(open.error)
  const bar = howFar(say.taking, say, context.json)
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(await readFile(MANIFEST, 'utf8')))
  try {
    const taken = await backUp({
      database: open.value.database,
      key,
      version,
      onProgress: bar.show,
      write: (bytes) => (path === null ? writeOut(bytes, interrupted) : writeWhole(path, bytes, interrupted)),
    })
    bar.stop()
    if (!taken.ok) return failed(say.noNewsroom(place))
    const shown = path ?? '-'
    return {
      kind: 'done',
      clean: true,
      json: { path: shown, encrypted: key !== null, ...taken.value },
      text: say.taken(shown, taken.value, megabytes(taken.value.bytes)),
      remarks: context.json ? [] : [key === null ? say.notEncrypted : say.keepKey],
    }
  } catch (error) {
    bar.stop()
    if (interrupted.aborted) return failed(say.interrupted)
    if (isOfFiles(error)) return failed(explainFile(say, path ?? '-', error))
    throw error
  } finally {
    await open.value.stop()
  }
}

async function verify(context: Context, typed: string, key: Buffer | null): Promise<Outcome> {
  const { backup: say } = context.words
  const source = await openSource(context, typed)
  if (!source.ok) return failed(source.error)
  const { bytes, path, size } = source.value
  const bar = howFar(say.verifying, say, context.json)
  const file = counted(bytes, (sum) => bar.show(sum, size))
  try {
    const read = await verifyBackup(file, key)
    bar.stop()
    if (!read.ok) return failed(say.faults[read.error.fault](nearOf(read.error)))
    return { kind: 'done', clean: true, json: { path, ...read.value }, text: say.whole(read.value) }
  } catch (error) {
    bar.stop()
    if (context.interrupted.aborted) return failed(say.interrupted)
    if (isOfFiles(error)) return failed(explainFile(say, path, error))
    throw error
  }
}

export async function restore(context: Context): Promise<Outcome> {
  const { config, words } = context
  const key = await readKey(context)
  if (!key.ok) return failed(key.error)
  if (!config.ok) return failed(config.error.join('\n'))
  const source = await openSource(context, context.positionals[0] ?? '')
  if (!source.ok) return failed(source.error)
  const log = createLog({ logLevel: 'silent' })
  // As the server: of an embedded PostgreSQL, there is one.
  const open = await openDatabase({ config: config.value, log, claim: true })
  if (!open.ok) return failed(open.error)
  try {
    const outcome = await put(context, open.value.database, key.value, source.value)
    if (outcome.kind !== 'failed') return outcome
    return failed(`${outcome.message}\n${words.backup.nothingRestored}`)
  } finally {
    await open.value.stop()
  }
}

type Opened = Extract<Awaited<ReturnType<typeof openDatabase>>, { ok: true }>['value']
type Source = Extract<Awaited<ReturnType<typeof openSource>>, { ok: true }>['value']

async function put(
  context: Context,
  database: Opened['database'],
  key: Buffer | null,
  { bytes, path, size }: Source,
): Promise<Outcome> {
  const { backup: say } = context.words
  const shared = context.config.ok && context.config.value.databaseUrl !== null
  const bar = howFar(say.restoring, say, context.json)
  const file = counted(bytes, (sum) => bar.show(sum, size))
  try {
    const restored = await restoreFrom({ database, key, file, shared })
    bar.stop()
    if (!restored.ok) {
      const { error } = restored
      if (error instanceof Unreadable) return failed(say.faults[error.fault](nearOf(error)))
      return failed(say.refusals[error.why]('names' in error ? error.names.join(', ') : ''))
    }
    const { value } = restored
    const lines = [say.restored(value), ...(value.migrated > 0 ? [say.migrated(value.migrated)] : [])]
    return { kind: 'done', clean: true, json: value, text: [...lines, say.signInAgain].join('\n') }
  } catch (error) {
    bar.stop()
    if (context.interrupted.aborted) return failed(say.interrupted)
    if (isOfFiles(error)) return failed(explainFile(say, path, error))
    throw error
  }
}

const nearOf = ({ near }: Unreadable): string | null => (near === null ? null : String(near))

/** What the system says of a file; PostgreSQL’s errors have codes of another form. */
const isOfFiles = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  /^E(?!CONN)[A-Z]+$/.test(String(error.code)) &&
  'syscall' in error

const isMade = (config: Config): Promise<boolean> =>
  access(join(clusterIn(config.dataFolder).directory, 'PG_VERSION')).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  )
