import { long } from './length.ts'

/** At full length, the figures of a fault go to the terminal: docs/RELIABILITY.md has those of a run of ours. */
export function report(what: string, figures: Readonly<Record<string, number | string>>): void {
  if (!long) return
  const said = Object.entries(figures).map(([name, figure]) => `${name} ${figure}`)
  process.stdout.write(`  ${what}: ${said.join(', ')}\n`)
}
