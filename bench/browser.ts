/**
 * What a person feels: the editor in a real Chromium, against the real server.
 * `npm run bench:browser` (about 5 minutes), `-- --quick`, or `-- --only=size,load,keys,appear,offline,crash`.
 * Prints Markdown; see bench/README.md.
 */
import { cpus } from 'node:os'
import type { Browser, BrowserContext } from '@playwright/test'
import { type Crash, measureCrash, measureOffline, type Offline } from './browser/keeping.ts'
import { measureColdLoad, measureSize, type PageSize } from './browser/opening.ts'
import { addressOf, openBrowser, openContext, openDraft } from './browser/page.ts'
import { textOf } from './browser/texts.ts'
import { measureAppearing, measureKeys, startCrowd } from './browser/typing.ts'
import { type Member, openNewsroom } from './pupitre.ts'
import { figure, median, percentile, row } from './statistics.ts'

const quick = process.argv.includes('--quick')
const only = process.argv.find((word) => word.startsWith('--only='))?.slice('--only='.length)
const wants = (part: string) => only?.split(',').includes(part) ?? true

const KEYS = quick ? 60 : 150
const LOADS = quick ? 3 : 11
const ROUNDS = quick ? 1 : 3
const CRASHES = quick ? 2 : 4

const newsroom = await openNewsroom({
  texts: [textOf(20_000), textOf(2000), textOf(2000), textOf(2000)],
  people: ['Alix', 'Camille', 'Foule'],
})
const [large = '', small = '', offlineDraft = '', crashDraft = ''] = newsroom.drafts
const member = (index: number): Member => {
  const found = newsroom.members[index]
  if (!found) throw new Error('three people were to sign in')
  return found
}
const [alix, camille, crowd] = [member(0), member(1), member(2)]

type Figures = {
  size?: PageSize
  loads?: readonly number[]
  keys?: readonly number[]
  slowKeys?: readonly number[]
  appearing?: readonly number[]
  offline?: readonly Offline[]
  crashes?: readonly Crash[]
}
const figures: Figures = {}

const tell = (what: string) => console.error(`  ${what}`)

async function repeat<T>(times: number, run: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = []
  for (let index = 0; index < times; index += 1) results.push(await run(index))
  return results
}

async function opening(browser: Browser): Promise<void> {
  if (wants('size')) {
    tell('size of the editor page')
    figures.size = await measureSize(browser, newsroom, alix, small)
  }
  if (wants('load')) {
    tell('cold loads')
    await measureColdLoad(browser, newsroom, alix, small)
    figures.loads = await repeat(LOADS, () => measureColdLoad(browser, newsroom, alix, small))
  }
}

async function typing(browser: Browser): Promise<void> {
  if (!wants('keys') && !wants('appear')) return
  const contexts: BrowserContext[] = []
  const open = async (person: Member) => {
    const context = await openContext(browser, newsroom.url, person)
    contexts.push(context)
    return openDraft(context, addressOf(newsroom, large))
  }
  const page = await open(alix)
  const leave = await startCrowd(newsroom, crowd, large)
  try {
    // Code that has run only a few times is slow, and so is a page that is still settling.
    await measureKeys(page, 30)
    if (wants('keys')) {
      tell('key to paint')
      figures.keys = (await repeat(ROUNDS, () => measureKeys(page, KEYS))).flat()
      tell('key to paint, CPU throttled')
      const devtools = await page.context().newCDPSession(page)
      await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 })
      await measureKeys(page, 10)
      figures.slowKeys = (await repeat(ROUNDS, () => measureKeys(page, KEYS))).flat()
      await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 })
    }
    if (wants('appear')) {
      tell('a character appears in the other browser')
      const other = await open(camille)
      await measureAppearing(page, other, 30)
      figures.appearing = (await repeat(ROUNDS, () => measureAppearing(page, other, KEYS))).flat()
    }
  } finally {
    leave()
    for (const context of contexts) await context.close()
  }
}

async function keeping(browser: Browser): Promise<void> {
  if (!wants('offline')) return
  tell('typing offline')
  figures.offline = await repeat(ROUNDS, () => measureOffline(browser, newsroom, alix, offlineDraft))
}

try {
  const browser = await openBrowser()
  try {
    await opening(browser)
    await typing(browser)
    await keeping(browser)
  } finally {
    await browser.close()
  }
  if (wants('crash')) {
    tell('kill -9')
    figures.crashes = await repeat(CRASHES, (n) => measureCrash(newsroom, alix, crashDraft, n % 2 === 1))
  }
} finally {
  await newsroom.dispose()
}

const pair = (samples: readonly number[] | undefined) =>
  samples ? `${percentile(samples, 0.5).toFixed(0)}/${percentile(samples, 0.95).toFixed(0)}` : '–'
const one = (samples: readonly number[] | undefined) => (samples ? figure(median(samples)) : '–')
const { size, offline, crashes } = figures
const wire = size
  ? `${figure(size.gzip / 1000)} (${figure(size.transferred / 1000)} sent as ${size.encodings})`
  : '–'

console.log(`\n${cpus().length} cores, Node ${process.version}\n`)
console.log(row(['', 'BlockNote + y-websocket', 'Etherpad', 'Docmost', 'target', 'Pupitre']))
console.log(row(['---', '--:', '--:', '--:', '--:', '--:']))
console.log(row(['editor page, JS gzip kB', '400', '164', '1716', '≤ 300', wire]))
console.log(
  row([
    'cold load to editable and synced, 2,000 words, ms',
    '570',
    '869',
    '1617',
    '≤ 600',
    one(figures.loads),
  ]),
)
console.log(row(['key to paint, ms p50/p95', '12/19', '9/15', '13/21', '≤ 9/15', pair(figures.keys)]))
console.log(
  row(['the same, CPU throttled 4 ×', '41/57', '28/45', '45/66', '≤ 28/45', pair(figures.slowKeys)]),
)
console.log(
  row([
    'a character appears in the other browser, ms p50/p95',
    '19/31',
    '232/468',
    '278/514',
    '≤ 20/35',
    pair(figures.appearing),
  ]),
)
console.log(
  row([
    'of 20 characters typed offline, left after an offline reload',
    '0',
    '0',
    '20',
    '20',
    one(offline?.map((run) => run.afterReload)),
  ]),
)
console.log(
  row([
    '… and on the server once online again',
    '',
    '',
    '',
    '20',
    one(offline?.map((run) => run.afterReturn)),
  ]),
)
console.log(
  row([
    'of the last 100 characters, missing after kill -9',
    '0',
    '0',
    '100',
    '0',
    crashes ? String(Math.max(...crashes.map((run) => run.missing))) : '–',
  ]),
)
console.log(
  row([
    'restart to editable after kill -9, s',
    '1.0',
    '1.3',
    '12.3',
    '≤ 3',
    one(crashes?.map((run) => run.secondsToEditable)),
  ]),
)
if (size) {
  console.log(
    `\nLargest scripts, gzip kB: ${size.largest.map((one) => `${one.name} ${figure(one.gzip / 1000)}`).join(', ')}`,
  )
}
