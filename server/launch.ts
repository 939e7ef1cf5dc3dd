import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ensureBuilt } from './build.ts'
import { loadConfig } from './config.ts'

/** `npm start` and `npm run dev`: checks what has to be there, builds the pages when they changed, serves. */

const ROOT = join(import.meta.dirname, '..')
const dev = process.argv.includes('--dev')

function stopWith(...sentences: readonly string[]): never {
  for (const sentence of sentences) console.error(sentence)
  process.exit(1)
}

/** @returns a sentence when what is installed is not what this version was written for. */
async function findMissing(): Promise<string | null> {
  const { dependencies } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'))
  if (process.versions.node.split('.')[0] !== dependencies.node.split('.')[0]) {
    return `Pupitre runs on Node ${dependencies.node}, which “npm ci” installs beside it; this is Node ${process.versions.node}. Start it with “npm start”.`
  }
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

const missing = await findMissing()
if (missing !== null) stopWith(missing)
const config = loadConfig(dev ? 'development' : 'production')
if (!config.ok) stopWith(...config.error)
const announce = () =>
  console.log('Building the pages of Pupitre: about a minute, after an install or an upgrade only.')
if (!dev && !(await ensureBuilt(ROOT, announce))) {
  stopWith('The pages could not be built; what is wrong stands above.')
}
// Only now: Next and React decide at their first import whether this is production.
const { main } = await import('./main.ts')
await main(config.value, (text) => console.log(text))
