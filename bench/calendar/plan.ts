import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCli } from '#test/support/cli.ts'

const DAY = 24 * 60 * 60 * 1000
const NETWORKS = ['Facebook', 'X', 'Instagram', 'YouTube', 'Blogue']

/** Slots of a newsroom: `live` within the weeks around today, the others over the six years before. */
export type Plan = { readonly live: number; readonly past: number }

const stamp = (at: number) => `${new Date(at).toISOString().slice(0, 16).replace(/[-:]/g, '')}00Z`

function event(index: number, at: number): string {
  return [
    'BEGIN:VEVENT',
    `UID:${randomUUID()}@banc`,
    `DTSTAMP:${stamp(at)}`,
    `DTSTART:${stamp(at)}`,
    `DTEND:${stamp(at + 30 * 60 * 1000)}`,
    `SUMMARY:Publication ${index}`,
    `CATEGORIES:${NETWORKS[index % NETWORKS.length]}`,
    'DESCRIPTION:Une capsule de trente secondes\\, avec le lien de la page et la vignette.',
    'END:VEVENT',
  ].join('\r\n')
}

/** An iCalendar file of a plan, the same at every run but for its dates. */
function fileOf({ live, past }: Plan): string {
  const now = Date.now()
  const startOf = (index: number, count: number, from: number, days: number) =>
    now + (from + (days * index) / count) * DAY
  const events = [
    ...Array.from({ length: live }, (_, index) => event(index, startOf(index, live, -20, 40))),
    ...Array.from({ length: past }, (_, index) => event(index, startOf(index, past, -2200, 2100))),
  ]
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//banc//FR', ...events, 'END:VCALENDAR', ''].join('\r\n')
}

/** Fills the calendar as a newsroom that moves in would. @returns milliseconds that the import took */
export async function importPlan(plan: Plan, dataFolder: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'pupitre-plan-'))
  const file = join(folder, 'plan.ics')
  writeFileSync(file, fileOf(plan))
  try {
    const started = performance.now()
    const { added } = (await runCli(['calendar', 'import', file], { dataFolder })) as { added: number }
    if (added !== plan.live + plan.past) throw new Error(`${added} slots came in`)
    return performance.now() - started
  } finally {
    rmSync(folder, { recursive: true })
  }
}
