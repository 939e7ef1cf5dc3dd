import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DRAFT_MARKS, DRAFT_NODES, draftKind } from '#lib/documents/draft/shape.ts'
import { CLOSE, closeName } from '#lib/protocol/close-codes.ts'
import { MESSAGE } from '#lib/protocol/messages.ts'

const text = readFileSync(join(import.meta.dirname, '../../../lib/protocol/PROTOCOL.md'), 'utf8')

test('PROTOCOL.md names every message type with its number', () => {
  const words: Record<keyof typeof MESSAGE, string> = {
    sync: 'sync',
    awareness: 'awareness',
    auth: 'auth',
    queryAwareness: 'query awareness',
    barrier: 'barrier',
    durable: 'durable',
    storage: 'storage',
  }
  for (const [name, word] of Object.entries(words)) {
    expect(text).toContain(`| ${MESSAGE[name as keyof typeof MESSAGE]} | ${word} |`)
  }
})

test('PROTOCOL.md names every close code', () => {
  for (const [name, code] of Object.entries(CLOSE)) expect(text).toContain(`| ${code} | ${name} |`)
})

test('PROTOCOL.md names every node, mark and root of a draft, and the version of its schema', () => {
  for (const name of [...DRAFT_NODES, ...DRAFT_MARKS, ...draftKind.roots])
    expect(text).toContain(`\`${name}\``)
  expect(text).toContain(`Schema ${draftKind.schemaVersion} has`)
})

test('close codes are final or worth another try by their range, and have one name each', () => {
  for (const [name, code] of Object.entries(CLOSE)) {
    expect(code).toBeGreaterThanOrEqual(4400)
    expect(code).toBeLessThan(4600)
    expect(closeName(code)).toBe(name)
  }
  expect(closeName(1006)).toBeNull()
})
