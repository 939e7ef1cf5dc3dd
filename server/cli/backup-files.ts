import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { addAbortSignal } from 'node:stream'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import { loadBackupKey } from '#server/config.ts'
import type { BackupWords } from './backup-words.ts'
import type { Context } from './command.ts'

/** Shortest key that is taken, in characters. */
const SHORTEST = 16

/** The key of `--key-file` or `PUPITRE_BACKUP_KEY`; null where there is neither. Never an argument: others see those. */
export async function readKey({ options, terminal, words }: Context): Promise<Result<Buffer | null, string>> {
  const { backup: say } = words
  const named = options['key-file']
  const given = loadBackupKey()
  if (named === undefined && given === null) return ok(null)
  if (named !== undefined && given !== null) return fail(say.keyTwice)
  const path = resolve(terminal.cwd, String(named))
  try {
    // Editors end a file with a line feed, which is no part of the key.
    const key = given ?? (await readFile(path, 'utf8')).replace(/\r?\n$/, '')
    return [...key].length < SHORTEST ? fail(say.keyShort) : ok(Buffer.from(key, 'utf8'))
  } catch (error) {
    return fail(say.keyUnreadable(path, codeOf(error)))
  }
}

type Source = { readonly bytes: AsyncIterable<Buffer>; readonly path: string; readonly size: number }

/** A backup to be read: a file, or `-` for standard input. The error is a sentence. */
export async function openSource(
  { terminal, words, interrupted }: Context,
  typed: string,
): Promise<Result<Source, string>> {
  if (typed === '-') return ok({ bytes: addAbortSignal(interrupted, process.stdin), path: typed, size: 0 })
  const path = resolve(terminal.cwd, typed)
  try {
    const found = await stat(path)
    if (found.isDirectory()) return fail(words.backup.folder(path))
    const bytes = createReadStream(path, { highWaterMark: 256 * 1024 })
    return ok({ bytes: addAbortSignal(interrupted, bytes), path, size: found.size })
  } catch (error) {
    return fail(explainFile(words.backup, path, error))
  }
}

/** The same bytes, told of as they pass. */
export async function* counted(
  bytes: AsyncIterable<Buffer>,
  onBytes: (sum: number) => void,
): AsyncGenerator<Buffer, void> {
  let sum = 0
  for await (const chunk of bytes) {
    sum += chunk.length
    onBytes(sum)
    yield chunk
  }
}

/** Writes to standard output, as fast as whoever reads it; an end that is gone is a failure, not an end. */
export async function writeOut(bytes: AsyncIterable<Buffer>, signal: AbortSignal): Promise<number> {
  const { stdout } = process
  // That of main.ts takes a reader who has seen enough for a success.
  stdout.removeAllListeners('error').on('error', () => {})
  let sum = 0
  for await (const chunk of bytes) {
    signal.throwIfAborted()
    await new Promise<void>((done, failed) => {
      // Whoever should read may have stopped to.
      signal.addEventListener('abort', () => failed(signal.reason), { once: true })
      stdout.write(chunk, (error) => (error ? failed(error) : done()))
    })
    sum += chunk.length
  }
  return sum
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : error instanceof Error ? error.message : ''

/** What keeps a file from being read or written, as a sentence. */
export function explainFile(words: BackupWords, path: string, error: unknown): string {
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return words.full(path)
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return words.denied(path)
    case 'ENOENT':
    case 'ENOTDIR':
      return words.missing(path)
    case 'EISDIR':
      return words.folder(path)
    default:
      return words.failed(path, codeOf(error))
  }
}
