import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { paper } from '../load/traces.ts'
import { chartOf } from './chart.ts'
import type { Machine } from './machine.ts'
import type { Results } from './results.ts'
import { type Titles, tableOf } from './table.ts'

export type Report = {
  readonly machine: Machine
  readonly rounds: number
  readonly quick: boolean
  readonly soak: boolean
  readonly titles: Titles
  readonly results: Results
  /** What could not be measured, and why. */
  readonly failures: readonly string[]
}

const FOLDER = join(import.meta.dirname, '../results')

const howOf = ({ rounds, quick }: Report) =>
  `${rounds === 1 ? 'one round' : `medians of ${rounds} interleaved rounds`}${quick ? ', quick' : ''}`

function captionOf(report: Report): string {
  const { date, cores, node, commit, loadAtStart } = report.machine
  return `${date} · ${cores} cores · Node ${node.slice(1)} · ${howOf(report)} · load ${loadAtStart.toFixed(2)} at the start · ${commit}`
}

function markdownOf(report: Report, picture: string | null): string {
  const { machine, results, titles, failures } = report
  const { processor, memoryGigabytes, system } = machine
  return [
    `# Measured on ${machine.date}`,
    `${captionOf(report)}.`,
    `${processor}, ${memoryGigabytes} GB, ${system}. Typing: ${paper().source}. What each figure is, and how it could mislead: [bench/README.md](../README.md).`,
    ...(machine.loadAtStart > 1
      ? ['**The machine was busy with something else: compare columns, and trust no figure of time.**']
      : []),
    ...(picture ? [`![The same as bars](${picture})`] : []),
    tableOf(results, titles),
    ...(failures.length > 0 ? [`Not measured:\n\n${failures.map((text) => `- ${text}`).join('\n')}`] : []),
  ].join('\n\n')
}

export function printReport(report: Report): void {
  console.log(markdownOf(report, null))
}

/** @returns where: `<date>-<cores>cores`, as text, picture and raw figures */
export function writeReport(report: Report): string {
  const { date, cores } = report.machine
  const name = `${date}-${cores}cores${report.soak ? '-soak' : ''}${report.quick ? '-quick' : ''}`
  const at = (ending: string) => join(FOLDER, `${name}.${ending}`)
  mkdirSync(FOLDER, { recursive: true })
  const picture = report.soak ? null : `${name}.svg`
  if (picture) writeFileSync(at('svg'), chartOf(report.results, report.titles, captionOf(report)))
  writeFileSync(at('md'), `${markdownOf(report, picture)}\n`)
  writeFileSync(at('json'), `${JSON.stringify(report, null, 2)}\n`)
  return at('md')
}
