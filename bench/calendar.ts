/**
 * The calendar of a newsroom with years behind it, beside one that has just begun.
 * `npm run bench:calendar` (about 3 minutes), or `-- --quick`. Prints Markdown; see bench/README.md.
 */
import { cpus } from 'node:os'
import { openBrowser } from './browser/page.ts'
import { measureFeed } from './calendar/feed.ts'
import { measureMoves } from './calendar/moves.ts'
import { measureMonth } from './calendar/opening.ts'
import { importPlan, type Plan } from './calendar/plan.ts'
import { type Newsroom, openNewsroom } from './pupitre.ts'
import { figure, median, percentile, row } from './statistics.ts'

const quick = process.argv.includes('--quick')
const LOADS = quick ? 3 : 9
const MOVES = quick ? 40 : 200
const FEEDS = quick ? 10 : 40
const WATCHERS = 50

const tell = (what: string) => console.error(`  ${what}`)

async function withCalendar<T>(plan: Plan, work: (newsroom: Newsroom) => Promise<T>): Promise<T> {
  const newsroom = await openNewsroom({ texts: [], people: ['Alix'] })
  try {
    const took = await importPlan(plan, newsroom.dataFolder)
    tell(`${plan.live + plan.past} slots imported in ${(took / 1000).toFixed(1)} s`)
    return await work(newsroom)
  } finally {
    await newsroom.dispose()
  }
}

const alixOf = (newsroom: Newsroom) => {
  const [alix] = newsroom.members
  if (!alix) throw new Error('nobody is signed in')
  return alix
}

const opening = await withCalendar({ live: 600, past: 0 }, (young) =>
  withCalendar({ live: 600, past: 9400 }, async (old) => {
    const browser = await openBrowser()
    try {
      tell('opening a month')
      await measureMonth(browser, young, alixOf(young))
      await measureMonth(browser, old, alixOf(old))
      const times = { young: [] as number[], old: [] as number[] }
      for (let load = 0; load < LOADS; load += 1) {
        times.young.push(await measureMonth(browser, young, alixOf(young)))
        times.old.push(await measureMonth(browser, old, alixOf(old)))
      }
      tell('moves')
      return { ...times, moves: await measureMoves(old, alixOf(old), WATCHERS, MOVES) }
    } finally {
      await browser.close()
    }
  }),
)
const feed = await withCalendar({ live: 600, past: 1400 }, (newsroom) => {
  tell('feed')
  return measureFeed(newsroom, 'alix@example.org', FEEDS)
})

const ratio = median(opening.old) / median(opening.young)
console.log(`\n${cpus().length} cores, Node ${process.version}\n`)
console.log(row(['', 'target', 'Pupitre']))
console.log(row(['---', '--:', '--:']))
console.log(row(['a month among 600 slots, ms', '', figure(median(opening.young))]))
console.log(row(['a month among 10,000 slots, 600 live, ms', '≤ 1000', figure(median(opening.old))]))
console.log(row(['ratio of the two', '≤ 1.2', ratio.toFixed(2)]))
console.log(row([`a move seen by ${WATCHERS} others, ms p50`, '', figure(median(opening.moves))]))
console.log(row(['the same, p95', '≤ 100', figure(percentile(opening.moves, 0.95))]))
console.log(row([`feed of 2,000 slots (${figure(feed.kB)} kB), ms`, '≤ 200', figure(median(feed.whole))]))
console.log(row(['feed, unchanged (304), ms', '', figure(median(feed.unchanged))]))
