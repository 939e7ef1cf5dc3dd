import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { row } from '../statistics.ts'

/** As V8 writes it: samples name the node that was running, and how many µs had passed since the one before. */
type Profile = {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: {
      readonly functionName: string
      readonly url: string
      readonly lineNumber: number
    }
  }[]
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

const SHOWN = 20

/** Where the time went in each profile of a folder: the functions that took most of it themselves. */
export function summarise(folder: string): string {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.cpuprofile'))
    .map((name) => `**${name}**\n\n${tableOf(JSON.parse(readFileSync(join(folder, name), 'utf8')))}`)
    .join('\n\n')
}

function tableOf({ nodes, samples, timeDeltas }: Profile): string {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]))
  const spent = new Map<string, number>()
  let busy = 0
  for (const [index, id] of samples.entries()) {
    const name = names.get(id)
    const time = timeDeltas[index] ?? 0
    // Starting the profiler is not the server’s work.
    if (name === undefined || name === '(idle)' || name.includes('node:inspector')) continue
    spent.set(name, (spent.get(name) ?? 0) + time)
    busy += time
  }
  const largest = [...spent].sort(([, a], [, b]) => b - a).slice(0, SHOWN)
  return [
    row(['function', 'ms', `of ${(busy / 1000).toFixed(0)} ms busy`]),
    row(['---', '--:', '--:']),
    ...largest.map(([name, time]) =>
      row([name, (time / 1000).toFixed(0), `${((time / busy) * 100).toFixed(1)} %`]),
    ),
  ].join('\n')
}

function nameOf({ functionName, url, lineNumber }: Profile['nodes'][number]['callFrame']): string {
  if (url === '') return functionName
  return `${functionName || '(anonymous)'} ${url.split('/').slice(-2).join('/')}:${lineNumber + 1}`
}
