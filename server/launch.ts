import { readFile } from 'node:fs/promises'
import { enableCompileCache, flushCompileCache } from 'node:module'
import { join } from 'node:path'
import { stopWithParent } from './orphan.ts'
import './quick-imports.ts'

/**
 * `npm start`, `npm run dev` and `npm run build`: checks what has to be there, builds the pages when they changed,
 * serves. Imports nothing that is installed before it knows that it is.
 */

const ROOT = join(import.meta.dirname, '..')
const dev = process.argv.includes('--dev')
// `npm start` says so: not what it was started by, but who is to be followed when they go.
const byNpm = process.argv.includes('--by-npm')
const buildOnly = process.argv.includes('--build')

function stopWith(...sentences: readonly string[]): never {
  for (const sentence of sentences) console.error(sentence)
  process.exit(1)
}

/** @returns a sentence when what is installed is not what this version was written for. */
async function findMissing(): Promise<string | null> {
  const { dependencies } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'))
  for (const [name, wanted] of Object.entries(dependencies)) {
    const file = join(ROOT, 'node_modules', name, 'package.json')
    const found = await readFile(file, 'utf8').then(
      (text) => JSON.parse(text).version,
      () => null,
    )
    if (found !== wanted) return `${name} ${wanted} is not installed: run “npm ci”, then start again.`
  }
  return null
}

if (byNpm) stopWithParent()
// Halves the time from a crash to being there again; where the folder cannot be written it does nothing.
enableCompileCache(join(ROOT, 'node_modules', '.cache', 'pupitre'))
const missing = await findMissing()
if (missing !== null) stopWith(missing)
const { loadConfig } = await import('./config.ts')
const config = loadConfig(dev ? 'development' : 'production')
if (!config.ok) stopWith(...config.error)
// Next and its plugins take the working folder for the project’s; the settings are read by now.
process.chdir(ROOT)
const announce = () =>
  console.log('Building the pages of Pupitre: about a minute, after an install or an upgrade only.')
if (!dev) {
  const { ensureBuilt } = await import('./build.ts')
  const built = await ensureBuilt(ROOT, announce)
  if (!built.ok) stopWith(built.error)
}
if (!buildOnly) {
  // Only now: Next and React decide at their first import whether this is production.
  const { main } = await import('./main.ts')
  await main(config.value, (text) => console.log(text))
  // Now, and not at the exit: there may be none in order.
  flushCompileCache()
}
