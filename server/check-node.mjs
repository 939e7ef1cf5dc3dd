// Loaded before every program of ours (`node --import`), in plain JavaScript: an older Node cannot even read the
// others, and would stop at their first type without saying why.
import { readFileSync } from 'node:fs'

const { dependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const major = (version) => version.split('.')[0]

if (major(process.versions.node) !== major(dependencies.node)) {
  process.stderr.write(
    `Pupitre runs on Node ${dependencies.node}, which “npm ci” installs beside it; this is Node ${process.versions.node}.\n` +
      'Start it with npm (“npm start”). If you did, npm’s install scripts were off: run “npm rebuild --ignore-scripts=false”.\n',
  )
  process.exit(1)
}

await import('./quick-imports.ts')
