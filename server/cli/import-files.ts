import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { progress } from '@clack/prompts'
import { MAX_FILE_BYTES } from '#server/drafts/formats/decode.ts'
import { type ImportProblem, readDraftFile } from '#server/drafts/formats/import.ts'
import type { Drafts } from '#server/drafts/types.ts'
import type { Context } from './command.ts'

/** Files on their way at once: while one is read, another waits for its commit. */
const AT_ONCE = 4

type Problem = ImportProblem | 'missing' | 'unreadable'

/** A file as it was named or found, and where it is. */
type Source = { readonly source: string; readonly path: string }
type Failed = { readonly source: string; readonly problem: Problem }
type Made = { readonly id: string; readonly title: string; readonly source: string }
export type Imported = {
  readonly drafts: readonly Made[]
  readonly failed: readonly Failed[]
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : ''
const problemOf = (error: unknown): Problem => (codeOf(error) === 'ENOENT' ? 'missing' : 'unreadable')

/** Files below a folder in the order of their names; hidden ones and links are not followed. */
async function walk({ source, path }: Source, found: Source[], failed: Failed[]): Promise<void> {
  try {
    const entries = await readdir(path, { withFileTypes: true })
    for (const entry of entries.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
      if (entry.name.startsWith('.')) continue
      const child = { source: join(source, entry.name), path: join(path, entry.name) }
      if (entry.isDirectory()) await walk(child, found, failed)
      else if (entry.isFile()) found.push(child)
    }
  } catch (error) {
    failed.push({ source, problem: problemOf(error) })
  }
}

/** Every file that was meant, each once, and what could not even be found. */
export async function collectFiles(
  typed: readonly string[],
  cwd: string,
): Promise<{ readonly files: readonly Source[]; readonly failed: readonly Failed[] }> {
  const found: Source[] = []
  const failed: Failed[] = []
  for (const source of typed) {
    const path = resolve(cwd, source)
    try {
      if ((await stat(path)).isDirectory()) await walk({ source, path }, found, failed)
      else found.push({ source, path })
    } catch (error) {
      failed.push({ source, problem: problemOf(error) })
    }
  }
  const once = new Map(found.toReversed().map((file) => [file.path, file]))
  return { files: found.filter((file) => once.get(file.path) === file), failed }
}

async function importOne(
  drafts: Drafts,
  { source, path }: Source,
  title: string | null,
): Promise<Made | Failed> {
  let bytes: Buffer
  try {
    const { size } = await stat(path)
    if (size > MAX_FILE_BYTES) return { source, problem: 'tooLarge' }
    bytes = await readFile(path)
  } catch (error) {
    return { source, problem: problemOf(error) }
  }
  const content = readDraftFile(basename(path), bytes)
  if (!content.ok) return { source, problem: content.error }
  const draft = { title: title ?? content.value.title, body: content.value.body.toJSON() }
  const created = await drafts.create('operator', draft)
  if (!created.ok) throw new Error('The operator was refused a draft.')
  return { id: created.value, title: draft.title, source }
}

/** Each file is a transaction of its own: what went in stays, whatever the next one holds. */
export async function importFiles(
  drafts: Drafts,
  files: readonly Source[],
  title: string | null,
  { words, interrupted }: Pick<Context, 'words' | 'interrupted'>,
): Promise<Imported> {
  const made: Made[] = []
  const failed: Failed[] = []
  const bar =
    files.length > 1 && process.stderr.isTTY ? progress({ max: files.length, output: process.stderr }) : null
  bar?.start(words.importing)
  for (let at = 0; at < files.length && !interrupted.aborted; at += AT_ONCE) {
    const group = files.slice(at, at + AT_ONCE)
    for (const outcome of await Promise.all(group.map((file) => importOne(drafts, file, title)))) {
      if ('problem' in outcome) failed.push(outcome)
      else made.push(outcome)
    }
    bar?.advance(group.length, `${words.importing} ${made.length + failed.length}/${files.length}`)
  }
  bar?.stop(words.imported(made.length))
  return { drafts: made, failed }
}
