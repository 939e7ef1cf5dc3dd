import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { ensureBuilt } from '#server/build.ts'

/**
 * `npm test`: installs what the tests need, builds the pages once, runs all tests, and ends with a line
 * `N passed, N failed`. With the word `browser`, only those in a real browser.
 */

const ROOT = join(import.meta.dirname, '..')
const CHROMIUM = '/usr/bin/chromium'

type Tally = { readonly passed: number; readonly failed: number; readonly skipped: readonly string[] }

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })),
    }),
  ),
})

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
})

function stopWith(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}

/**
 * Programs that the tests run beside the product: real Chromium, from the system, where browsers get their security
 * updates; and the calendar programs that read the feed.
 */
const PROGRAMS: readonly { readonly path: string; readonly debian: string; readonly why: string }[] = [
  { path: CHROMIUM, debian: 'chromium', why: 'The browser tests need' },
  { path: '/usr/bin/vdirsyncer', debian: 'vdirsyncer', why: 'The tests of the calendar feed need' },
  { path: '/usr/bin/redis-server', debian: 'redis-server', why: 'The tests of several processes need' },
  { path: '/usr/bin/khal', debian: 'khal', why: 'The tests of the calendar feed need' },
  {
    path: '/usr/bin/strace',
    debian: 'strace',
    why: 'The test that fsync precedes the acknowledgement needs',
  },
  { path: '/usr/bin/faketime', debian: 'faketime', why: 'The tests of clocks that jump need' },
]

function needPrograms(): void {
  const missing = PROGRAMS.filter(({ path }) => !existsSync(path))
  if (missing.length === 0) return
  const packages = missing.map(({ debian }) => debian)
  const sentences = missing.map(
    ({ why, path, debian }) => `${why} ${path} (Debian: apt-get install ${debian}).`,
  )
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  if (!mayInstall) stopWith(sentences.join('\n'))
  console.log(`Installing for the tests: ${packages.join(', ')}…`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (...args: string[]) =>
    spawnSync('apt-get', [...args], { stdio: ['ignore', 'ignore', 'inherit'], env })
  apt('update', '-q')
  apt('install', '-y', '-q', '--no-install-recommends', ...packages)
  if (missing.some(({ path }) => !existsSync(path))) {
    stopWith(`apt-get could not install all of them.\n${sentences.join('\n')}`)
  }
}

async function run(
  program: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<boolean> {
  const child = spawn(process.execPath, [join(ROOT, 'node_modules', program), ...args], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  const [code] = await once(child, 'exit')
  return code === 0
}

async function report<S extends z.ZodType>(file: string, schema: S): Promise<z.infer<S> | null> {
  const text = await readFile(file, 'utf8').catch(() => null)
  return text === null ? null : schema.parse(JSON.parse(text))
}

async function unitTests(folder: string): Promise<Tally> {
  const file = join(folder, 'vitest.json')
  const good = await run('vitest/vitest.mjs', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ])
  const found = await report(file, vitestReport)
  if (found === null) return { passed: 0, failed: 1, skipped: [] }
  const tests = found.testResults.flatMap((suite) => suite.assertionResults)
  // A file that could not even be loaded has no test to count; nor has a run that broke outside its tests.
  const broken = found.testResults.filter(
    (suite) => suite.status === 'failed' && !suite.assertionResults.length,
  )
  const failed = found.numFailedTests + broken.length
  return {
    passed: found.numPassedTests,
    failed: !good && failed === 0 ? 1 : failed,
    skipped: tests.filter(({ status }) => /skipped|pending|todo/.test(status)).map((test) => test.fullName),
  }
}

async function browserTests(folder: string): Promise<Tally> {
  const specs = readdirSync(join(ROOT, 'test/browser')).filter((name) => name.endsWith('.spec.ts'))
  if (specs.length === 0) {
    console.log('There are no browser tests.')
    return { passed: 0, failed: 0, skipped: [] }
  }
  const file = join(folder, 'playwright.json')
  const good = await run(
    '@playwright/test/cli.js',
    ['test', '--config=test/browser/playwright.config.ts', '--reporter=list,json'],
    { PLAYWRIGHT_JSON_OUTPUT_NAME: file },
  )
  const stats = (await report(file, playwrightReport))?.stats
  if (stats === undefined) return { passed: 0, failed: 1, skipped: [] }
  const failed = stats.unexpected + stats.flaky
  return {
    passed: stats.expected,
    failed: !good && failed === 0 ? 1 : failed,
    skipped: stats.skipped > 0 ? [`${stats.skipped} browser tests`] : [],
  }
}

needPrograms()
const built = await ensureBuilt(ROOT, () => console.log('Building the pages…'))
if (!built.ok) stopWith(built.error)
const folder = await mkdtemp(join(tmpdir(), 'pupitre-reports-'))
const tallies = process.argv.includes('browser') ? [] : [await unitTests(folder)]
tallies.push(await browserTests(folder))
await rm(folder, { recursive: true })

const sum = (count: (tally: Tally) => number) => tallies.reduce((total, tally) => total + count(tally), 0)
const [passed, failed] = [sum((tally) => tally.passed), sum((tally) => tally.failed)]
for (const title of tallies.flatMap((tally) => tally.skipped)) console.log(`skipped: ${title}`)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1
