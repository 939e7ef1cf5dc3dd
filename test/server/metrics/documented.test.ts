import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { freshDatabase } from '#test/support/database.ts'
import { watchedHouse } from './house.ts'

const ROOT = join(import.meta.dirname, '../../..')
const NAMES = /pupitre_[a-z0-9_]+/g
/** There only where there is something to tell. */
const SOMETIMES = ['pupitre_bus_connected', 'pupitre_mail_waiting']

test('every metric is in the table of OPERATIONS.md, which has no other; alerts ask for what there is', async () => {
  const { scrape } = await watchedHouse({ database: await freshDatabase() })
  const { families } = await scrape()
  const told = [...families.keys()].filter((name) => name.startsWith('pupitre_'))
  const page = await readFile(join(ROOT, 'docs/OPERATIONS.md'), 'utf8')
  const table = page.split('### What is told')[1]?.split('### The log')[0] ?? ''
  expect(new Set(table.match(NAMES))).toEqual(new Set([...told, ...SOMETIMES]))
  const rules = await readFile(join(ROOT, 'deploy/prometheus-alerts.yml'), 'utf8')
  const asked = new Set(rules.match(NAMES)?.map((name) => name.replace(/_bucket$/, '')))
  expect(asked.size).toBeGreaterThan(5)
  expect([...asked].filter((name) => !table.includes(`\`${name}\``))).toEqual([])
})
