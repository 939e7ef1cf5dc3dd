import { constants } from 'node:fs'
import { type FileHandle, lstat, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Why a file cannot be there: the name is taken, or by what cannot be replaced, or its folder is missing. */
export type InTheWay = 'exists' | 'folder' | 'special' | 'noFolder'

/** @returns null where a backup may be written under this name */
export async function whatIsInTheWay(path: string, force: boolean): Promise<InTheWay | null> {
  const parent = await lstat(join(dirname(path), '.')).catch(() => null)
  if (!parent?.isDirectory()) return 'noFolder'
  // Not followed: what a link leads to is not what the operator named.
  const found = await lstat(path).catch(() => null)
  if (found === null) return null
  if (found.isDirectory()) return 'folder'
  if (!found.isFile() && !found.isSymbolicLink()) return 'special'
  return force ? null : 'exists'
}

/**
 * Writes a file that is there whole or not at all, for its owner alone: beside, to the disk, then renamed. A link of
 * its name is replaced, never followed. Whatever is thrown, nothing is left.
 */
export async function writeWhole(
  path: string,
  bytes: AsyncIterable<Buffer>,
  signal: AbortSignal,
): Promise<number> {
  const partial = join(dirname(path), `${basename(path)}.partial`)
  // What a killed one left. Another one under way loses its name, notices, and gives up.
  await rm(partial, { force: true })
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants
  const handle = await open(partial, O_WRONLY | O_CREAT | O_EXCL | (O_NOFOLLOW ?? 0), 0o600)
  try {
    const size = await writeAll(handle, bytes, signal)
    await handle.sync()
    if (!(await isStill(handle, partial))) throw new Error(`${partial} was replaced by another process`)
    signal.throwIfAborted()
    await rename(partial, path)
    await syncFolder(dirname(path))
    return size
  } catch (error) {
    if (await isStill(handle, partial)) await rm(partial, { force: true })
    throw error
  } finally {
    await handle.close()
  }
}

async function writeAll(
  handle: FileHandle,
  bytes: AsyncIterable<Buffer>,
  signal: AbortSignal,
): Promise<number> {
  let size = 0
  for await (const chunk of bytes) {
    signal.throwIfAborted()
    await handle.writeFile(chunk)
    size += chunk.length
  }
  return size
}

async function isStill(handle: FileHandle, path: string): Promise<boolean> {
  const [ours, named] = await Promise.all([handle.stat(), lstat(path).catch(() => null)])
  return named !== null && ours.ino === named.ino && ours.dev === named.dev
}

/** The name is on the disk too, and not only what it names. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder)
  await handle.sync().finally(() => handle.close())
}
