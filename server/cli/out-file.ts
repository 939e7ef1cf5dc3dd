import { stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import type { Context } from './command.ts'

/** A folder takes the file under its own name. */
async function destination(out: string, filename: string): Promise<string> {
  const isFolder = await stat(out).then(
    (entry) => entry.isDirectory(),
    () => false,
  )
  return isFolder ? join(out, filename) : out
}

/** Writes where `--out` says. @returns the path, or the sentence that says why not */
export async function writeOut(
  { terminal, words }: Context,
  out: string,
  file: { readonly filename: string; readonly text: string },
): Promise<Result<string, string>> {
  const path = await destination(resolve(terminal.cwd, out), file.filename)
  try {
    await writeFile(path, file.text)
    return ok(path)
  } catch (error) {
    return fail(words.cannotWrite(path, error instanceof Error && 'code' in error ? String(error.code) : ''))
  }
}
