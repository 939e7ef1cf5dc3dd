/**
 * A draft with 500 conversations in its margin beside one without any; and a comment on its way to fifty pages.
 * `npm run bench:threads` (about 3 minutes), or `-- --quick`. Prints Markdown; see bench/README.md.
 */
import { cpus, loadavg } from 'node:os'
import type { Page } from '@playwright/test'
import { addressOf, openBrowser, openContext, openDraft } from './browser/page.ts'
import { textOf } from './browser/texts.ts'
import { measureKeys } from './browser/typing.ts'
import { openNewsroom } from './pupitre.ts'
import { figure, median, percentile, row } from './statistics.ts'
import { measureArrival } from './threads/arrival.ts'
import { openDesk } from './threads/desk.ts'

const quick = process.argv.includes('--quick')
const WORDS = 20_000
const THREADS = 500
const LISTENERS = 50
const ROUNDS = quick ? 3 : 8
const KEYS = quick ? 60 : 100
const COMMENTS = quick ? 40 : 200
/** Wide enough for the cards beside the sheet. */
const WINDOW = { width: 1600, height: 900 }

const tell = (what: string) => console.error(`  ${what}`)
const load = loadavg().map((one) => one.toFixed(1))

const text = textOf(WORDS)
const newsroom = await openNewsroom({ texts: [text, text], people: ['Alix', 'Camille'] })
const [bare = '', discussed = ''] = newsroom.drafts
const [alix, camille] = newsroom.members
if (!alix || !camille) throw new Error('two people were to sign in')

const keys = { bare: [] as number[], discussed: [] as number[] }
let arrivals: readonly number[] = []

async function typing(): Promise<void> {
  const browser = await openBrowser()
  try {
    const open = async (draft: string): Promise<Page> => {
      const context = await openContext(browser, newsroom.url, alix as NonNullable<typeof alix>)
      const page = await openDraft(context, addressOf(newsroom, draft))
      await page.setViewportSize(WINDOW)
      return page
    }
    const without = await open(bare)
    const withThreads = await open(discussed)
    await withThreads.locator('[data-thread]').first().waitFor()
    tell(`${await withThreads.locator('aside article').count()} cards drawn`)
    // Code that has run only a few times is slow, and so is a page that is still settling.
    for (const page of [without, withThreads]) await measureKeys(page, 40)
    // In turns, and each time the other one first: what the machine does beside it is charged to both.
    for (let round = 0; round < ROUNDS; round += 1) {
      const turns = [
        async () => keys.bare.push(...(await typedOn(without))),
        async () => keys.discussed.push(...(await typedOn(withThreads))),
      ]
      for (const turn of round % 2 === 0 ? turns : turns.toReversed()) await turn()
    }
  } finally {
    await browser.close()
  }
}

async function typedOn(page: Page): Promise<readonly number[]> {
  await page.bringToFront()
  return measureKeys(page, KEYS)
}

try {
  const desk = await openDesk(newsroom, camille)
  try {
    tell(`${THREADS} threads`)
    const [thread] = await desk.open(discussed, THREADS)
    if (!thread) throw new Error('no thread was opened')
    tell('key to paint, with and without')
    await typing()
    tell('a comment reaches everybody')
    arrivals = await measureArrival(newsroom, alix, desk, {
      thread,
      listeners: LISTENERS,
      comments: COMMENTS,
    })
  } finally {
    await desk.close()
  }
} finally {
  await newsroom.dispose()
}

const pair = (samples: readonly number[]) => `${figure(median(samples))}/${figure(percentile(samples, 0.95))}`
const added = (share: number) => figure(percentile(keys.discussed, share) - percentile(keys.bare, share))

console.log(`\n${cpus().length} cores, Node ${process.version}, load at the start ${load.join(' ')}\n`)
console.log(row(['', 'target', 'Pupitre']))
console.log(row(['---', '--:', '--:']))
console.log(row(['20,000 words without threads: key to paint, ms p50/p95', '', pair(keys.bare)]))
console.log(row([`the same with ${THREADS} threads`, 'p95 ≤ 16', pair(keys.discussed)]))
console.log(row(['what the threads add, ms p50/p95', '≤ 2', `${added(0.5)}/${added(0.95)}`]))
console.log(row([`a comment reaches ${LISTENERS} pages, ms p50/p95`, 'p95 < 150', pair(arrivals)]))
