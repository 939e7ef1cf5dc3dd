import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt } from '#server/build.ts'
import { type Tally, tallyOfPlaywright, tallyOfVitest } from './support/tally.ts'

/**
 * `npm test`: installs what the tests need, builds the pages once, runs all tests, and ends with a line
 * `N passed, N failed`, above it what failed. With the word `browser`, only those in a real browser.
 */

const ROOT = join(import.meta.dirname, '..')
const CHROMIUM = '/usr/bin/chromium'

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

async function report(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch(() => null)
  return text === null ? null : JSON.parse(text)
}

async function unitTests(folder: string): Promise<Tally> {
  const file = join(folder, 'vitest.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const good = await run('vitest/vitest.mjs', ['run', ...reporters])
  return tallyOfVitest(await report(file), good, ROOT)
}

async function browserTests(folder: string): Promise<Tally> {
  const file = join(folder, 'playwright.json')
  const good = await run(
    '@playwright/test/cli.js',
    ['test', '--config=test/browser/playwright.config.ts', '--reporter=list,json'],
    { PLAYWRIGHT_JSON_OUTPUT_NAME: file },
  )
  return tallyOfPlaywright(await report(file), good)
}

needPrograms()
const built = await ensureBuilt(ROOT, () => console.log('Building the pages…'))
if (!built.ok) stopWith(built.error)
const folder = await mkdtemp(join(tmpdir(), 'pupitre-reports-'))
const tallies = process.argv.includes('browser') ? [] : [await unitTests(folder)]
tallies.push(await browserTests(folder))
await rm(folder, { recursive: true })

const passed = tallies.reduce((total, tally) => total + tally.passed, 0)
const failed = tallies.flatMap((tally) => tally.failed)
for (const title of tallies.flatMap((tally) => tally.skipped)) console.log(`skipped: ${title}`)
for (const fault of failed) console.log(`failed: ${fault}`)
console.log(`${passed} passed, ${failed.length} failed`)
process.exitCode = failed.length === 0 && passed > 0 ? 0 : 1
