import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import { buildEnvironment } from './config.ts'
import { isAlive } from './processes.ts'

/** What the pages are built from; the rest of the repository runs as it is. */
const INPUTS = [
  'app',
  'lib',
  'public',
  'instrumentation.ts',
  'next.config.mjs',
  'postcss.config.mjs',
  'package-lock.json',
]
const STAMP = join('.next', 'pupitre-build')

/** @returns whether the pages in `.next` were built from the files as they are now. */
async function isBuilt(root: string): Promise<boolean> {
  const stamp = await readFile(join(root, STAMP), 'utf8').catch(() => null)
  return stamp !== null && stamp === (await hashOfInputs(root))
}

/**
 * Builds the pages unless they are built, with Next's own progress on the console. Of several processes that
 * start together one builds, the others wait for it. @returns errors as sentences.
 */
export async function ensureBuilt(root: string, onBegin: () => void): Promise<Result<void, string>> {
  const lock = join(root, '.next-building')
  while (!(await isBuilt(root))) {
    const taken = await takeLock(lock).catch((error: Error) => error)
    if (taken instanceof Error) {
      return fail(
        `The pages have to be built, and this user may not write in ${root} (${taken.message}): run “npm run build” as its owner.`,
      )
    }
    if (!taken) {
      await delay(250)
      continue
    }
    try {
      if (await isBuilt(root)) break
      onBegin()
      if (!(await build(root))) return fail('The pages could not be built; what is wrong stands above.')
    } finally {
      await rm(lock, { force: true })
    }
  }
  return ok(undefined)
}

/** The lock holds its owner's process number: one that was left behind by a kill -9 is nobody's. */
async function takeLock(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  const owner = Number(await readFile(lock, 'utf8').catch(() => ''))
  if (owner > 0 && !isAlive(owner)) await rm(lock, { force: true })
  return false
}

/** @returns whether it succeeded. */
async function build(root: string): Promise<boolean> {
  // Taken before: a file that changes meanwhile makes the next start build again.
  const hash = await hashOfInputs(root)
  const program = join(root, 'node_modules', 'next', 'dist', 'bin', 'next')
  const child = spawn(process.execPath, [program, 'build'], {
    cwd: root,
    stdio: 'inherit',
    env: buildEnvironment(hash),
  })
  const stop = () => child.kill()
  process.once('SIGTERM', stop)
  const [code] = await once(child, 'exit')
  process.off('SIGTERM', stop)
  if (code !== 0) return false
  await writeFile(join(root, STAMP), hash)
  return true
}

async function hashOfInputs(root: string): Promise<string> {
  const hash = createHash('sha256')
  for (const file of await filesOf(root)) {
    const content = createHash('sha256')
      .update(await readFile(join(root, file)))
      .digest('hex')
    hash.update(`${content} ${file}\n`)
  }
  return hash.digest('hex')
}

/** @returns paths from the root, in one order on every machine. */
async function filesOf(root: string): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true })
  const found = entries.filter(({ name }) => INPUTS.includes(name))
  const files = found.filter((entry) => entry.isFile()).map(({ name }) => name)
  for (const folder of found.filter((entry) => entry.isDirectory())) {
    const inside = await readdir(join(root, folder.name), { recursive: true, withFileTypes: true })
    files.push(
      ...inside
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => relative(root, join(parentPath, name))),
    )
  }
  return files.map((file) => file.split(sep).join('/')).sort()
}
