import { setTimeout as pause } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import type { DocumentName } from '#lib/documents/registry.ts'
import { createLog } from '#server/log.ts'
import { DEFAULT_LIMITS, type SyncLimits } from '#server/sync/limits.ts'
import { GroupCommit } from '#server/sync/log/group-commit.ts'
import type { LogEntry } from '#server/sync/log/update-log.ts'
import { until } from './harness.ts'
import { turns } from './room-harness.ts'

vi.mock('node:timers/promises', async (original) => {
  const actual = await original<typeof import('node:timers/promises')>()
  return { ...actual, setTimeout: vi.fn(actual.setTimeout) }
})

const silent = createLog({ logLevel: 'silent' })
const entry = (document: string): LogEntry => ({
  document: document as DocumentName,
  data: Uint8Array.of(0, 0),
  author: null,
  clients: [],
  suggestions: [],
})

/** A writer who notes what it hears. */
function listener(fails = false) {
  const heard: (readonly number[] | 'gone')[] = []
  return {
    heard,
    committed(seqs: readonly number[]) {
      heard.push(seqs)
      if (fails) throw new Error('a broken room')
    },
    gone: () => void heard.push('gone'),
  }
}

/** An appender whose log keeps the names of each batch. @param refuse throws for a batch that it will not have */
function open(limits: Partial<SyncLimits>, refuse: (documents: readonly string[]) => void = () => {}) {
  const batches: string[][] = []
  const append = async (entries: readonly LogEntry[]) => {
    const documents = entries.map(({ document }) => document)
    refuse(documents)
    batches.push(documents)
    return entries.map((_, index) => index + 1)
  }
  const appender = new GroupCommit({ append }, { ...DEFAULT_LIMITS, retryFirst: 1, ...limits }, silent)
  return { appender, batches }
}

test('R4: what comes alone is committed at once, however far apart batches begin', async () => {
  const { appender, batches } = open({ gather: 600_000 })
  const writer = listener()
  appender.enqueue(entry('a'), writer)
  await turns()
  expect(batches).toEqual([['a']])
  expect(writer.heard).toEqual([[1]])
})

test('R4: what comes soon after a batch is committed together by the next one', async () => {
  const { appender, batches } = open({ gather: 600_000 })
  const [one, two] = [listener(), listener()]
  const gathering = Promise.withResolvers<void>()
  vi.mocked(pause).mockReturnValueOnce(gathering.promise)
  appender.enqueue(entry('a'), one)
  await turns()
  for (const [name, writer] of [
    ['b', one],
    ['c', two],
    ['b', one],
  ] as const) {
    appender.enqueue(entry(name), writer)
    await turns()
  }
  expect(batches).toEqual([['a']])
  expect(appender.waiting).toBe(3)
  gathering.resolve()
  await until('the next batch is committed', () => appender.waiting === 0)
  expect(batches).toEqual([['a'], ['b', 'c', 'b']])
  expect(one.heard).toEqual([[1], [1, 3]])
  expect(two.heard).toEqual([[2]])
})

test('what gathers when everything ends is not written', async () => {
  const { appender, batches } = open({ gather: 600_000 })
  appender.enqueue(entry('a'), listener())
  await turns()
  appender.enqueue(entry('b'), listener())
  await turns()
  appender.stop()
  await turns()
  expect(batches).toEqual([['a']])
  expect(appender.waiting).toBe(1)
})

test('R7: a room that fails on hearing of its commit has its updates sent once, and holds up nobody', async () => {
  const { appender, batches } = open({ gather: 0 })
  const [broken, well] = [listener(true), listener()]
  appender.enqueue(entry('a'), broken)
  appender.enqueue(entry('b'), well)
  await until('all is committed', () => appender.waiting === 0)
  await turns()
  expect(batches).toEqual([['a', 'b']])
  expect(well.heard).toEqual([[2]])
})

test('R7: rows that are refused hold up nobody else, and stay', async () => {
  const { appender, batches } = open({ gather: 0 }, (documents) => {
    if (documents.includes('bad')) throw Object.assign(new Error('refused'), { code: '22000' })
  })
  const [good, bad] = [listener(), listener()]
  appender.enqueue(entry('good'), good)
  appender.enqueue(entry('bad'), bad)
  await until('the good ones are committed', () => appender.waiting === 1)
  appender.enqueue(entry('good'), good)
  await until('they still are', () => appender.waiting === 1)
  expect(batches).toEqual([['good'], ['good']])
  expect(bad.heard).toEqual([])
  appender.stop()
})

test('R4: a thousand updates of one document let the first ones of another pass, and stay in their order', async () => {
  const { appender, batches } = open({ gather: 0 })
  const [flooded, other] = [listener(), listener()]
  const order: number[] = []
  const noting = { ...flooded, committed: (seqs: readonly number[]) => void order.push(seqs.length) }
  for (let n = 0; n < 1200; n += 1) appender.enqueue(entry('flooded'), noting)
  appender.enqueue(entry('other'), other)
  await until('all is committed', () => appender.waiting === 0)
  expect(batches.map((batch) => batch.length)).toEqual([500, 500, 201])
  expect(batches[0]).toContain('other')
  expect(other.heard).toHaveLength(1)
  expect(order.reduce((sum, count) => sum + count, 0)).toBe(1200)
})
