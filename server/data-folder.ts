import { statSync } from 'node:fs'
import { mkdir, stat } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { dirname } from 'node:path'

/**
 * Makes the data folder where it is missing, closed to others: root leaves a way through for PostgreSQL's user.
 * Step by step, because the recursive `mkdir` of Node answers ENOENT on a read-only file system.
 */
export async function makeFolder(folder: string): Promise<void> {
  if (await stat(folder).catch(() => null)) return
  try {
    await mkdir(folder, process.getuid?.() === 0 ? 0o711 : 0o700)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    // Another process was quicker, or a folder above is missing too.
    if (code === 'EEXIST') return
    if (code !== 'ENOENT' || dirname(folder) === folder) throw error
    await makeFolder(dirname(folder))
    await makeFolder(folder)
  }
}

/** @returns a sentence that names the folder, what is wrong with it, and what to do. */
export function explainFolder(folder: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const place = `The data folder ${folder}`
  switch (code) {
    case 'EROFS':
      return `${place} is on a read-only file system: set PUPITRE_DATA to a folder that can be written.`
    case 'EACCES':
    case 'EPERM':
      return `${place} cannot be read and written by the user ${userInfo().username}${ownerOf(folder)}: give it to that user, or set PUPITRE_DATA to another folder.`
    case 'ENOTDIR':
    case 'EEXIST':
      return `${place} is not a folder: set PUPITRE_DATA to one.`
    case 'ENOSPC':
    case 'EDQUOT':
      return `${place} is on a full disk: make room, then start again.`
    default:
      return `${place} cannot be used: ${error instanceof Error ? error.message : String(error)}.`
  }
}

function ownerOf(folder: string): string {
  try {
    return ` (it belongs to user number ${statSync(folder).uid})`
  } catch {
    return ''
  }
}
