import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

const ROOT = join(import.meta.dirname, '../..')
const AT_LENGTH = join(import.meta.dirname, 'at-length.ts')

/** Tests that draw anything: they say so by what they import. */
const DRAWS = /from '(fast-check|[^']*arbitrar[^']*|[^']*\/random\.ts)'/

const drawing = readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
  .map((path) => join('test', path))
  .filter((path) => path.endsWith('.test.ts') && DRAWS.test(readFileSync(join(ROOT, path), 'utf8')))

/** `npm run test:fuzz`, which test/fuzz/run.ts repeats with seeds of its own. */
export default defineConfig({
  plugins: [
    {
      name: 'properties at length',
      enforce: 'pre',
      resolveId: (source, importer) =>
        source === 'fast-check' && importer !== AT_LENGTH ? AT_LENGTH : undefined,
    },
  ],
  test: {
    root: ROOT,
    include: drawing,
    testTimeout: 10 * 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    globalSetup: ['test/support/global-database.ts'],
    setupFiles: ['test/support/same-seed.ts'],
    maxWorkers: 2,
  },
})
