/**
 * A million documents and 100,000 sockets on paper: `npm run bench:simulation`. Prints what would be used up first, for
 * some numbers of processes. What it can say and what not: docs/SCALING.md.
 */
import { join } from 'node:path'
import { COSTS, costsFrom } from './simulation/costs.ts'
import { DAY, MACHINES } from './simulation/day.ts'
import { firstLimit, type Load, loadsOf, mostSockets, type Scope, shareOf } from './simulation/loads.ts'
import { play } from './simulation/traffic.ts'
import { figure, row } from './statistics.ts'

const NODES = [1, 3, 10, 30]

const costs = costsFrom(join(import.meta.dirname, 'results'))

const percent = (load: Load): string => {
  const share = shareOf(load) * 100
  return share > 100 ? `**${share.toFixed(0)} %**` : `${figure(share)} %`
}

function short(value: number, unit: string): string {
  const steps = [
    [1e12, 'T'],
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
  ] as const
  const [size, letter] = steps.find(([size]) => value >= size) ?? [1, '']
  return `${figure(value / size)} ${letter}${unit}`.trim()
}

function loadsAt(sockets: number, nodes: number, scope: Scope): readonly Load[] {
  const day = { ...DAY, sockets }
  return loadsOf({ nodes, day, costs, machines: MACHINES, traffic: play(day, nodes), scope })
}

function printLoads(title: string, scope: Scope): void {
  const columns = NODES.map((nodes) => loadsAt(DAY.sockets, nodes, scope))
  console.log(`\n## ${title}\n`)
  console.log(
    row([
      'at the peak, of what there is',
      'all of it is',
      ...NODES.map((n) => `${n} process${n > 1 ? 'es' : ''}`),
    ]),
  )
  console.log(row(['---', '--:', ...NODES.map(() => '--:')]))
  for (const [index, load] of (columns[0] ?? []).entries()) {
    const cells = columns.map((loads) => loads[index]).map((found) => (found ? percent(found) : ''))
    console.log(row([load.resource, short(load.limit, load.unit), ...cells]))
  }
  console.log('')
  for (const [index, nodes] of NODES.entries()) {
    const first = firstLimit(columns[index] ?? [])
    if (!first) continue
    const used = short(first.used, first.unit)
    const room = mostSockets((sockets) => loadsAt(sockets, nodes, scope))
    const then = firstLimit(loadsAt(room, nodes, scope))?.resource
    console.log(
      `- **${nodes}**: first ${first.resource}, ${used}, ${percent(first)}. What helps: ${first.remedy}. ` +
        `Room for about ${Math.round(room / 100) * 100} sockets, where ${then} ends.`,
    )
  }
}

const traffic = play(DAY, 30)
console.log('# A million documents and 100,000 sockets, on paper\n')
console.log(
  `${traffic.pages} pages, ${traffic.peopleInDrafts} people in ${traffic.openDrafts} drafts; ${traffic.updates.toFixed(0)} updates a second in ${traffic.writtenDrafts} of them.`,
)
printLoads('One newsroom: every page hears of every draft', 'all')
printLoads('What happens in drafts alone, without news of lists', 'drafts')
console.log('\n## What it is made of\n')
console.log(row(['one', 'costs', '', 'from']))
console.log(row(['---', '--:', '---', '---']))
for (const name of Object.keys(COSTS) as (keyof typeof COSTS)[]) {
  const { value, unit, source, measured } = costs[name]
  console.log(row([name, `${value} ${unit}`, measured ? 'measured' : 'assumed', source]))
}
console.log('\nThe day and the machines are assumed, all of them: bench/simulation/day.ts.')
