/**
 * Pupitre, the reference server and a bare relay, one after the other in the same run, several rounds.
 * `npm run bench` (about 4 minutes) or `npm run bench -- --quick`. Prints Markdown; see bench/README.md.
 */
import { cpus } from 'node:os'
import { type FanOut, fanOut, type Load } from './scenarios/fan-out.ts'
import { type Joining, joinLongDocument, longDocument } from './scenarios/long-document.ts'
import { type Contender, startPupitre, startReference, startRelay } from './servers.ts'
import { figure, median } from './statistics.ts'

const quick = process.argv.includes('--quick')
const rounds = quick ? 1 : 3
const seconds = quick ? 5 : 10

const ONE_DOCUMENT: Load = {
  documents: 1,
  writersPerDocument: 10,
  listenersPerDocument: 100,
  rate: 6,
  seconds,
}
const MANY_DOCUMENTS: Load = {
  documents: 200,
  writersPerDocument: 2,
  listenersPerDocument: 1,
  rate: 3,
  seconds,
}

type Outcome = { one: FanOut[]; many: FanOut[]; long: Joining[] }
const outcomes = new Map<string, Outcome>()
const long = longDocument()

async function measure(start: () => Promise<Contender>) {
  const server = await start()
  try {
    const outcome = outcomes.get(server.name) ?? { one: [], many: [], long: [] }
    outcomes.set(server.name, outcome)
    console.error(`  ${server.name}: one document`)
    outcome.one.push(await fanOut({ ...server, address: () => server.address(200) }, ONE_DOCUMENT))
    console.error(`  ${server.name}: 200 documents`)
    outcome.many.push(await fanOut(server, MANY_DOCUMENTS))
    if (server.keeps) {
      console.error(`  ${server.name}: a long document`)
      outcome.long.push(await joinLongDocument(server, 201, long.doc, quick ? 5 : 15))
    }
  } finally {
    await server.stop()
  }
}

for (let round = 1; round <= rounds; round += 1) {
  console.error(`round ${round} of ${rounds}`)
  for (const start of [() => startPupitre(202), startReference, startRelay]) await measure(start)
}

const reference = outcomes.get('@y/websocket-server')
const floor = outcomes.get('bare ws relay')

function row(label: string, pick: (outcome: Outcome) => number[]) {
  const value = (outcome: Outcome | undefined) => (outcome ? median(pick(outcome)) : Number.NaN)
  const ours = value(outcomes.get('Pupitre'))
  const cells = [ours, value(reference), value(floor), ours / value(reference), ours / value(floor)]
  console.log(`| ${[label, ...cells.map(figure)].join(' | ')} |`)
}

console.log(
  `\n${cpus().length} cores, Node ${process.version}, medians of ${rounds} interleaved rounds, ${long.source}\n`,
)
console.log(
  '| | Pupitre (committed) | @y/websocket-server | bare relay | ratio to reference | ratio to relay |',
)
console.log('|---|---|---|---|---|---|')
row('10 writers + 100 listeners: p50 ms', ({ one }) => one.map((run) => run.p50))
row('10 writers + 100 listeners: p99 ms', ({ one }) => one.map((run) => run.p99))
row('10 writers + 100 listeners: server CPU %', ({ one }) => one.map((run) => run.cpuPercent))
row('CPU ms per 1,000 deliveries', ({ one }) => one.map((run) => run.cpuMsPerThousand))
row('edits that never arrived', ({ one }) => one.map((run) => run.missing))
row('200 documents × 3: p50 ms', ({ many }) => many.map((run) => run.p50))
row('200 documents × 3: p99 ms', ({ many }) => many.map((run) => run.p99))
row('200 documents × 3: server CPU %', ({ many }) => many.map((run) => run.cpuPercent))
row(`joining after ${long.edits} edits: ms`, (outcome) => outcome.long.map((run) => run.milliseconds))
row(`joining after ${long.edits} edits: kB`, (outcome) => outcome.long.map((run) => run.bytes / 1000))
