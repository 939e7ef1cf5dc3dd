import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

/**
 * `npm run test:fuzz`: all tests that draw anything, with seeds of their own, until one fails or the time is over.
 *
 *     --runs 10000    so many histories of each fuzz test, and so many tries of each property
 *     --seed 7        these very numbers again; the histories are those of the seeds 7, 8, 9 …
 *     --minutes 30    again and again, each time with another seed
 *     convergence     only files with this word in their path
 */

const ROOT = join(import.meta.dirname, '../..')
const RUNS = 1000
const SEEDS = 2 ** 31

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string' }, seed: { type: 'string' }, minutes: { type: 'string' } },
})

function numberOr<T>(text: string | undefined, otherwise: T): number | T {
  if (text === undefined) return otherwise
  const number = Number(text)
  if (Number.isFinite(number) && number >= 0) return number
  console.error(`«${text}» is not a number.`)
  process.exit(2)
}

const runs = numberOr(values.runs, RUNS)
const given = numberOr(values.seed, null)
const until = Date.now() + numberOr(values.minutes, 0) * 60_000

async function round(seed: number): Promise<boolean> {
  console.log(`\nSeed ${seed}, ${runs} runs`)
  const child = spawn(
    process.execPath,
    [
      join(ROOT, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--config=test/fuzz/vitest.config.ts',
      ...positionals,
    ],
    {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...process.env, FUZZ_SEED: String(seed), FUZZ_RUNS: String(runs) },
    },
  )
  const [code] = await once(child, 'exit')
  return code === 0
}

do {
  const seed = given ?? randomInt(SEEDS)
  if (!(await round(seed))) {
    const again = ['--seed', seed, '--runs', runs, ...positionals].join(' ')
    console.error(`\nThe same again: npm run test:fuzz -- ${again}`)
    console.error(
      'What failed says its own seed above. Once it is mended, that seed stays as a test with a name.',
    )
    process.exit(1)
  }
} while (given === null && Date.now() < until)
