import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { freshDatabase } from '#test/support/database.ts'
import { type StockClient, textOf, typeParagraph } from '#test/support/sync-client.ts'
import { type RunningValkey, startValkey } from '#test/support/valkey.ts'
import { actorNamed, addDocument, addPeople, until } from './harness.ts'
import { openNode, type TestNode, textInRows } from './nodes-harness.ts'

const people = ['Ada', 'Bo', 'Cy', 'Di'].map(actorNamed)
const ROUNDS = Number(process.env.VALKEY_ROUNDS ?? 14)
let database: Database
let valkey: RunningValkey

beforeAll(async () => {
  database = await freshDatabase()
  await addPeople(database, people)
  valkey = await startValkey()
})
afterAll(() => valkey.stop())

type Writer = { readonly page: StockClient; readonly written: string[] }

function type(writer: Writer, name: string): void {
  const text = `<${name}${writer.written.length}>`
  writer.written.push(text)
  typeParagraph(writer.page.doc, text)
}

/** Each kind of trouble, and how it ends. */
const troubles: ((nodes: readonly TestNode[]) => Promise<() => void | Promise<void>>)[] = [
  async ([a]) => {
    a?.line.cut()
    return () => a?.line.heal()
  },
  async ([, b]) => {
    b?.line.swallow()
    return () => b?.line.heal()
  },
  async ([a, b]) => {
    a?.line.pause()
    b?.line.cut()
    return () => {
      a?.line.heal()
      b?.line.heal()
    }
  },
  async ([a]) => {
    a?.line.delay(60)
    return () => a?.line.heal()
  },
  async () => {
    await valkey.kill9()
    return () => valkey.restart()
  },
  async () => {
    valkey.freeze()
    return () => valkey.thaw()
  },
]

test(`R13: through ${ROUNDS} partitions, pauses and deaths of Valkey nothing typed is lost, and all converge`, {
  timeout: 60_000 + ROUNDS * 5000,
}, async () => {
  const nodes = [await openNode({ database, valkey }), await openNode({ database, valkey })]
  const { name } = await addDocument(database)
  const writers: Writer[] = []
  for (const [index, actor] of people.entries()) {
    const page = await nodes[index % 2]?.page(name, actor)
    if (page) writers.push({ page, written: [] })
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    const trouble = troubles[round % troubles.length]
    const mend = await trouble?.(nodes)
    for (let stroke = 0; stroke < 25; stroke += 1) {
      for (const [index, writer] of writers.entries())
        if (Math.random() < 0.6) type(writer, 'abcd'[index] ?? '')
      await pause(Math.random() * 20)
    }
    await mend?.()
    // Half of the time nothing follows on what was lost.
    if (Math.random() < 0.5)
      for (const [index, writer] of writers.entries()) type(writer, 'abcd'[index] ?? '')
    const texts = () => writers.map(({ page }) => textOf(page.doc))
    await until(`all have converged after round ${round}`, () => new Set(texts()).size === 1, 10_000)
  }
  const [text = ''] = writers.map(({ page }) => textOf(page.doc))
  const written = writers.flatMap((writer) => writer.written)
  expect(written.filter((mark) => text.split(mark).length !== 2)).toEqual([])
  expect(written.length).toBeGreaterThan(ROUNDS * 20)
  await until('all is committed', async () => (await textInRows(database, name)) === text)
  await until('the nodes hear each other again', () => nodes.every(({ bus }) => !bus.astray()), 10_000)
})
