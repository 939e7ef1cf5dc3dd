/**
 * Pupitre, its peers and two floors, one after the other in the same run, several rounds.
 * `npm run bench` or `npm run bench -- --quick`; see bench/README.md.
 */
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { CONTENDERS, type Contender, type ContenderName } from './contenders/contender.ts'
import {
  startFloor,
  startHocuspocus,
  startLeveldb,
  startReference,
  startRelay,
  startWindow,
} from './contenders/peers.ts'
import { startPupitre } from './contenders/pupitre.ts'
import { describeMachine } from './report/machine.ts'
import { summarise } from './report/profile.ts'
import { printReport, writeReport } from './report/report.ts'
import { cold } from './scenarios/cold.ts'
import { crowd } from './scenarios/crowd.ts'
import { kill } from './scenarios/kill.ts'
import { many } from './scenarios/many.ts'
import { open } from './scenarios/open.ts'
import { DOCUMENTS, type Figures, type Scenario } from './scenarios/scenario.ts'
import { soak } from './scenarios/soak.ts'
import { stalled } from './scenarios/stalled.ts'

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    soak: { type: 'boolean', default: false },
    only: { type: 'string' },
    scenario: { type: 'string' },
    rounds: { type: 'string' },
    profile: { type: 'string' },
  },
})
const { quick } = options
if (options.profile !== undefined) mkdirSync(options.profile, { recursive: true })
const rounds = Number(options.rounds ?? (quick || options.soak ? 1 : 3))

const STARTS: Readonly<Record<ContenderName, () => Promise<Contender>>> = {
  pupitre: () => startPupitre(DOCUMENTS.all),
  reference: startReference,
  leveldb: startLeveldb,
  hocuspocus: startHocuspocus,
  relay: startRelay,
  floor: startFloor,
  window: startWindow,
}
/** What is to be found at rest comes before those that write: a server may look through what was written last. */
const SCENARIOS: readonly Scenario[] = options.soak ? [soak] : [cold, open, crowd, many, kill, stalled]

/** @returns those that are named, or all of them. */
function chosen<T extends string>(all: readonly T[], named: string | undefined): readonly T[] {
  const words = named?.split(',')
  const stranger = words?.find((word) => !all.some((one) => one === word))
  if (stranger !== undefined) throw new Error(`“${stranger}” is none of ${all.join(', ')}`)
  return all.filter((one) => words?.includes(one) ?? true)
}

const began = performance.now()
const say = (text: string) =>
  console.error(`${String(Math.round((performance.now() - began) / 1000)).padStart(5)} s  ${text}`)

// The last floor is left out where minutes count.
const everybody = quick ? CONTENDERS.filter((name) => name !== 'window').join(',') : undefined
const names = chosen(CONTENDERS, options.only ?? (options.soak ? 'pupitre' : everybody))
const scenarioNames = chosen(
  SCENARIOS.map(({ name }) => name),
  options.scenario,
)
const scenarios = SCENARIOS.filter(({ name }) => scenarioNames.includes(name))
const machine = describeMachine()
const results: Record<string, Partial<Record<ContenderName, Figures[]>>> = {}
const failures: string[] = []

say(`starting ${names.join(', ')}`)
const running = new Map<ContenderName, Contender>()
// One that cannot be started takes nothing from the others.
await Promise.all(
  names.map(async (name) => {
    try {
      running.set(name, await STARTS[name]())
    } catch (error) {
      failures.push(`${name} could not be started: ${String(error)}`)
    }
  }),
)

/** Measures once, within bounds. What fails or hangs is a dash in the table, and a sentence below it. */
async function measure(scenario: Scenario, server: Contender, round: number): Promise<void> {
  const of = `${scenario.name}, ${server.name}`
  const profileTo =
    options.profile === undefined
      ? null
      : join(resolve(options.profile), `${scenario.name}-${server.name}-${round + 1}`)
  const setting = { quick, round, profileTo, say: (text: string) => say(`${of}: ${text}`) }
  const seconds = scenario.patience(quick)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it took more than ${seconds} s`)), seconds * 1000)
  })
  try {
    const figures = await Promise.race([scenario.measure(server, setting), late])
    const outcome = results[scenario.name] ?? {}
    results[scenario.name] = { ...outcome, [server.name]: [...(outcome[server.name] ?? []), figures] }
  } catch (error) {
    const sentence = `${of}, round ${round + 1}: ${error instanceof Error ? error.message : String(error)}`
    failures.push(sentence)
    say(sentence)
    await server.restart().catch(() => running.delete(server.name))
  } finally {
    clearTimeout(timer)
  }
}

for (let round = 0; round < rounds; round += 1) {
  for (const scenario of scenarios) {
    const turn = names.flatMap((name) => (scenario.of.includes(name) ? (running.get(name) ?? []) : []))
    // Each round begins with another one, so that none of them always finds the machine warm.
    const order = turn
      .map((_, index) => turn[(index + round) % turn.length])
      .filter((one) => one !== undefined)
    say(`round ${round + 1} of ${rounds}: ${scenario.name}`)
    if (scenario.together) await Promise.all(order.map((server) => measure(scenario, server, round)))
    else for (const server of order) await measure(scenario, server, round)
  }
}

const titles = Object.fromEntries(names.map((name) => [name, running.get(name)?.title]))
await Promise.all([...running.values()].map((server) => server.stop().catch(() => {})))
const report = { machine, rounds, quick, soak: options.soak, titles, results, failures }
printReport(report)
if (options.profile !== undefined) console.log(`\n${summarise(options.profile)}`)
// A part of the whole is for whoever looks at it now.
if (options.only === undefined && options.scenario === undefined && options.profile === undefined)
  say(`written to ${writeReport(report)}`)
process.exit(0)
