/**
 * Pupitre, the reference server and a bare relay, one after the other in the same run, several rounds.
 * `npm run bench` (about 5 minutes) or `npm run bench -- --quick`. Prints Markdown; see bench/README.md.
 */
import { cpus } from 'node:os'
import { startPupitre } from './pupitre.ts'
import { type FanOut, fanOut, type Load } from './scenarios/fan-out.ts'
import { type Joining, joinLongDocument, joinRepeatedly, longDocument } from './scenarios/long-document.ts'
import { type Contender, startReference, startRelay } from './servers.ts'
import { figure, median, row } from './statistics.ts'

const quick = process.argv.includes('--quick')
const rounds = quick ? 1 : 3
const seconds = quick ? 5 : 10
const joins = quick ? 7 : 15

/** Documents 0–199 are many, 200 is the one of the crowd, 201 the long one. */
const CROWDED = 200
const LONG = 201
const DOCUMENTS = 202

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

const STARTS: Readonly<Record<string, () => Promise<Contender>>> = {
  pupitre: () => startPupitre(DOCUMENTS),
  reference: startReference,
  relay: startRelay,
}

type Outcome = { one: FanOut[]; many: FanOut[]; long: Joining[]; cold: Joining[] }
const outcomes = new Map<string, Outcome>()
const long = longDocument()

async function measure(name: string, start: () => Promise<Contender>) {
  const server = await start()
  try {
    const outcome = outcomes.get(name) ?? { one: [], many: [], long: [], cold: [] }
    outcomes.set(name, outcome)
    console.error(`  ${server.name}: one document`)
    outcome.one.push(await fanOut({ ...server, door: () => server.door(CROWDED) }, ONE_DOCUMENT))
    console.error(`  ${server.name}: 200 documents`)
    outcome.many.push(await fanOut(server, MANY_DOCUMENTS))
    if (!server.keeps) return
    console.error(`  ${server.name}: a long document`)
    outcome.long.push(await joinLongDocument(server.door(LONG), long.doc, joins))
    if (!server.restart) return
    await server.restart()
    outcome.cold.push(await joinRepeatedly(server.door(LONG), 1))
  } finally {
    await server.stop()
  }
}

/** `--only relay,reference` leaves the others out. */
const only = /^--only=(.+)$/.exec(process.argv.find((word) => word.startsWith('--only=')) ?? '')?.[1]
const wanted = Object.entries(STARTS).filter(([name]) => only?.split(',').includes(name) ?? true)

for (let round = 0; round < rounds; round += 1) {
  console.error(`round ${round + 1} of ${rounds}`)
  // Each round begins with another one, so that none of them always finds the machine warm.
  for (let turn = 0; turn < wanted.length; turn += 1) {
    const [name, start] = wanted[(round + turn) % wanted.length] ?? []
    if (name && start) await measure(name, start)
  }
}

type Pick = (outcome: Outcome) => readonly number[]

function print(label: string, pick: Pick, ratios: boolean): void {
  const value = (name: string) => {
    const outcome = outcomes.get(name)
    return outcome ? median(pick(outcome)) : Number.NaN
  }
  const [ours, reference, floor] = [value('pupitre'), value('reference'), value('relay')]
  const compared = ratios ? [ours / reference, ours / floor] : [Number.NaN, Number.NaN]
  console.log(row([label, ...[ours, reference, floor, ...compared].map(figure)]))
}

const one =
  (pick: (run: FanOut) => number): Pick =>
  (outcome) =>
    outcome.one.map(pick)
const many =
  (pick: (run: FanOut) => number): Pick =>
  (outcome) =>
    outcome.many.map(pick)
const joining =
  (pick: (run: Joining) => number): Pick =>
  (outcome) =>
    outcome.long.map(pick)

const machine = `${cpus().length} cores, Node ${process.version}`
console.log(`\n${machine}, medians of ${rounds} interleaved rounds, long document: ${long.source}\n`)
console.log(row(['', 'Pupitre, committed', '@y/websocket-server', 'bare relay', '÷ reference', '÷ relay']))
console.log(row(['---', ...Array.from({ length: 5 }, () => '--:')]))
print(
  '10 writers + 100 listeners: p50 ms',
  one((run) => run.p50),
  true,
)
print(
  'p99 ms',
  one((run) => run.p99),
  true,
)
print(
  'server CPU %',
  one((run) => run.cpuPercent),
  true,
)
print(
  'server CPU ms per 1,000 deliveries',
  one((run) => run.cpuMsPerThousand),
  true,
)
print(
  'edits that never arrived',
  one((run) => run.missing),
  false,
)
print(
  'carets left in an old place',
  one((run) => run.staleCarets),
  false,
)
print(
  '200 documents × 3: p50 ms',
  many((run) => run.p50),
  true,
)
print(
  'p99 ms',
  many((run) => run.p99),
  true,
)
print(
  'server CPU %',
  many((run) => run.cpuPercent),
  true,
)
print(
  'edits that never arrived',
  many((run) => run.missing),
  false,
)
const edits = long.edits.toLocaleString('en-CA')
print(
  `joining after ${edits} edits: ms until it arrived`,
  joining((run) => run.arrived),
  true,
)
print(
  'ms until it was applied',
  joining((run) => run.applied),
  true,
)
print(
  'kB received',
  joining((run) => run.bytes / 1000),
  true,
)
print('ms until it arrived, first join after a restart', ({ cold }) => cold.map((run) => run.arrived), false)
print(
  '*load: key sent late, p99 ms, one document*',
  one((run) => run.lateness),
  false,
)
print(
  '*load: CPU % of writers and listeners, one document*',
  one((run) => run.loadCpuPercent),
  false,
)
print(
  '*load: CPU % of writers and listeners, 200 documents*',
  many((run) => run.loadCpuPercent),
  false,
)
