import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { draftKind } from '#lib/documents/draft/shape.ts'
import type { DocumentAddress, DocumentName } from '#lib/documents/registry.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import type { LogEntry, UpdateLog } from '#server/sync/log/update-log.ts'
import { applyAll, storedUpdates } from '#server/sync/room/document-state.ts'
import { textOf, typeParagraph } from '#test/support/sync-client.ts'

export type LogUnderTest = {
  readonly log: UpdateLog
  readonly ada: Actor
  readonly bo: Actor
  /** Makes a document whose update 1 is `seed`, of schema version 1. */
  create(seed: Uint8Array): Promise<DocumentAddress>
  remove(name: DocumentName): Promise<void>
  clientsOf(name: DocumentName): Promise<ReadonlyMap<number, string>>
  suggestionsOf(name: DocumentName): Promise<ReadonlyMap<string, string>>
}

/** A writer who makes one update for each paragraph. */
function writer(actor: Actor, document: DocumentName) {
  const doc = new Y.Doc()
  return {
    doc,
    write(text: string): LogEntry {
      const before = Y.encodeStateVector(doc)
      typeParagraph(doc, text)
      const data = Y.encodeStateAsUpdate(doc, before)
      return { document, data, author: actor.volunteerId, clients: [doc.clientID], suggestions: [] }
    },
  }
}

const EMPTY = Y.encodeStateAsUpdate(new Y.Doc())

async function read(log: UpdateLog, name: DocumentName) {
  const stored = await log.load(name)
  if (!stored) throw new Error(`${name} is not there`)
  const doc = new Y.Doc()
  applyAll(doc, storedUpdates(stored))
  return { ...stored, text: textOf(doc) }
}

/** What rooms rely on, whatever keeps the updates. */
export function updateLogContract(open: () => Promise<LogUnderTest>): void {
  test('R4: an append is there to be loaded, with the next number and its author', async () => {
    const { log, create, ada } = await open()
    const { name } = await create(EMPTY)
    const { write } = writer(ada, name)
    expect(await log.append([write('un')])).toEqual([2])
    expect(await log.append([write('deux'), write('trois')])).toEqual([3, 4])
    const stored = await read(log, name)
    expect(stored).toMatchObject({
      headSeq: 4,
      rows: 4,
      schemaVersion: draftKind.schemaVersion,
      lastEdit: { author: ada.volunteerId },
    })
    expect(stored.text).toMatch(/un.*deux.*trois/)
  })

  test('R4: one batch numbers each of its documents separately, in the order given', async () => {
    const { log, create, ada, bo } = await open()
    const [one, two] = [await create(EMPTY), await create(EMPTY)]
    const [first, second] = [writer(ada, one.name), writer(bo, two.name)]
    const seqs = await log.append([first.write('a'), second.write('b'), first.write('c'), second.write('d')])
    expect(seqs).toEqual([2, 2, 3, 3])
    expect((await read(log, one.name)).text).toMatch(/a.*c/)
    expect((await read(log, two.name)).text).toMatch(/b.*d/)
  })

  test('R4: appends that run at the same time leave no gap and no double', async () => {
    const { log, create, ada } = await open()
    const docs = await Promise.all(Array.from({ length: 5 }, () => create(EMPTY)))
    const appended = await Promise.all(
      Array.from({ length: 40 }, (_, index) => {
        // Each batch names the documents in another order, as rooms of several processes do.
        const turned = docs.map((_, place) => docs[(place * 2 + index) % docs.length] ?? docs[0])
        return log.append(turned.flatMap((doc) => (doc ? [writer(ada, doc.name).write(`${index}`)] : [])))
      }),
    )
    expect(appended.flat()).toHaveLength(200)
    for (const { name } of docs) expect(await log.load(name)).toMatchObject({ headSeq: 41, rows: 41 })
  })

  test('an entry for a document that does not exist is told from the others, which are kept', async () => {
    const { log, create, remove, ada } = await open()
    const [kept, gone] = [await create(EMPTY), await create(EMPTY)]
    await remove(gone.name)
    const seqs = await log.append([writer(ada, gone.name).write('x'), writer(ada, kept.name).write('y')])
    expect(seqs).toEqual([null, 2])
    expect(await log.load(gone.name)).toBeNull()
    expect((await read(log, kept.name)).text).toContain('y')
  })

  test('a client id belongs to whoever used it first in a document', async () => {
    const { log, create, clientsOf, ada, bo } = await open()
    const { name } = await create(EMPTY)
    const entry = writer(ada, name).write('un')
    const [client = 0] = entry.clients
    await log.append([entry, { ...entry, author: bo.volunteerId }])
    await log.append([{ ...entry, author: bo.volunteerId, clients: [client, 77] }])
    await log.append([{ ...entry, author: null, clients: [88] }])
    expect(await clientsOf(name)).toEqual(
      new Map([
        [client, ada.volunteerId],
        [77, bo.volunteerId],
      ]),
    )
  })

  test('R8: a suggestion belongs to whoever committed it first, and still does after compaction', async () => {
    const { log, create, suggestionsOf, ada, bo } = await open()
    const [one, other] = [await create(EMPTY), await create(EMPTY)]
    const mine = { ...writer(ada, one.name).write('un'), suggestions: ['s1', 's2'] }
    const theirs = { ...writer(bo, one.name).write('deux'), suggestions: ['s2', 's3'] }
    const elsewhere = { ...writer(bo, other.name).write('trois'), suggestions: ['s1'] }
    await log.append([mine, theirs, elsewhere])
    await log.append([{ ...theirs, suggestions: ['s1'] }])
    await log.append([{ ...mine, author: null, suggestions: ['s4'] }])
    expect(await log.compact(one.name)).toBe('done')
    await log.append([{ ...theirs, suggestions: ['s1', 's2'] }])
    expect(await suggestionsOf(one.name)).toEqual(
      new Map([
        ['s1', ada.volunteerId],
        ['s2', ada.volunteerId],
        ['s3', bo.volunteerId],
      ]),
    )
    expect(await suggestionsOf(other.name)).toEqual(new Map([['s1', bo.volunteerId]]))
  })

  test('R5: compaction keeps the text and the numbers, and leaves no row', async () => {
    const { log, create, ada } = await open()
    const { name } = await create(EMPTY)
    const { write } = writer(ada, name)
    await log.append([write('un'), write('deux')])
    const before = await read(log, name)
    expect(await log.compact(name)).toBe('done')
    expect(await read(log, name)).toMatchObject({ text: before.text, headSeq: 3, rows: 0 })
    expect(await log.append([write('trois')])).toEqual([4])
    expect((await read(log, name)).text).toMatch(/un.*deux.*trois/)
    expect(await log.compact(name)).toBe('done')
    expect(await log.compact(name)).toBe('nothing')
    expect((await read(log, name)).text).toMatch(/un.*deux.*trois/)
  })

  test('R5: compaction during appends loses none of them', async () => {
    const { log, create, ada } = await open()
    const { name } = await create(EMPTY)
    const { write } = writer(ada, name)
    const jobs: Promise<unknown>[] = []
    for (let index = 0; index < 60; index += 1) {
      jobs.push(log.append([write(`[${index}]`)]))
      if (index % 7 === 0) jobs.push(log.compact(name))
    }
    await Promise.all(jobs)
    const { text, headSeq } = await read(log, name)
    expect(headSeq).toBe(61)
    for (let index = 0; index < 60; index += 1) expect(text).toContain(`[${index}]`)
  })

  test('R5: compaction of a long log, while others write, keeps all of it', async () => {
    const { log, create, ada } = await open()
    const { name } = await create(EMPTY)
    const { doc, write } = writer(ada, name)
    const entries = Array.from({ length: 2500 }, (_, index) => write(`${index}`))
    for (let start = 0; start < entries.length; start += 500) {
      await log.append(entries.slice(start, start + 500).map((entry) => ({ ...entry, clients: [] })))
    }
    const compacted = log.compact(name)
    for (let index = 0; index < 10; index += 1) await log.append([write(`pendant ${index}`)])
    expect(await compacted).toBe('done')
    expect((await log.load(name))?.rows).toBeLessThanOrEqual(10)
    expect(await read(log, name)).toMatchObject({ text: textOf(doc), headSeq: 2511 })
  })

  test('R5: a document that waits for a missing update is not compacted', async () => {
    const { log, create, ada } = await open()
    const { name } = await create(EMPTY)
    const { write } = writer(ada, name)
    const [missing, later] = [write('un'), write('deux')]
    await log.append([later])
    expect(await log.compact(name)).toBe('pending')
    expect(await log.load(name)).toMatchObject({ rows: 2 })
    await log.append([missing])
    expect(await log.compact(name)).toBe('done')
    expect((await read(log, name)).text).toMatch(/un.*deux/)
  })

  test('a migration is appended once, with the version it brings', async () => {
    const { log, create } = await open()
    const { name } = await create(EMPTY)
    const now = draftKind.schemaVersion
    expect(await log.migrate(name, now, now + 1, EMPTY)).toBe(true)
    expect(await log.migrate(name, now, now + 1, EMPTY)).toBe(false)
    expect(await log.load(name)).toMatchObject({ schemaVersion: now + 1, headSeq: 2 })
  })

  test('documents whose rows lag behind are listed', async () => {
    const { log, create } = await open()
    const { name } = await create(EMPTY)
    expect(await log.unprojected()).toContain(name)
  })

  test('R4: batches of several documents and of one that run at the same time leave no gap and no double', async () => {
    const { log, create, ada, bo } = await open()
    const [one, two, three] = [await create(EMPTY), await create(EMPTY), await create(EMPTY)]
    const appended = await Promise.all(
      Array.from({ length: 60 }, (_, index) => {
        const write = (address: DocumentAddress) => writer(ada, address.name).write(`${index}`)
        if (index % 3 === 0) return log.append([write(one)])
        if (index % 3 === 1) return log.append([write(two), write(one), write(three), write(one)])
        const credited = { ...write(three), author: bo.volunteerId, suggestions: [`s${index}`] }
        return log.append([credited, { ...write(one), clients: [] }])
      }),
    )
    const numbersOf = (name: DocumentName, batch: readonly (number | null)[], index: number) => {
      const documents = [[one], [two, one, three, one], [three, one]][index % 3]
      return batch.filter((_, place) => documents?.[place]?.name === name)
    }
    for (const [{ name }, rows] of [
      [one, 80],
      [two, 20],
      [three, 40],
    ] as const) {
      const numbers = appended.flatMap((batch, index) => numbersOf(name, batch, index))
      expect(numbers.toSorted((a, b) => Number(a) - Number(b))).toEqual(
        Array.from({ length: rows }, (_, index) => index + 2),
      )
      expect(await log.load(name)).toMatchObject({ headSeq: rows + 1, rows: rows + 1 })
    }
  })

  test('R4: one document gets each update of a batch whole, in its order, with its own author', async () => {
    const { log, create, ada } = await open()
    const { name } = await create(EMPTY)
    const { write } = writer(ada, name)
    const typed = ['un', '', 'trois', 'é'.repeat(5000)].map((text) => ({ ...write(text), clients: [] }))
    const entries: readonly LogEntry[] = [...typed, { ...write('le serveur'), author: null, clients: [] }]
    expect(await log.append(entries)).toEqual([2, 3, 4, 5, 6])
    const stored = await log.since(name, 1)
    expect(stored?.updates.map((update) => Buffer.from(update).toString('hex'))).toEqual(
      entries.map(({ data }) => Buffer.from(data).toString('hex')),
    )
    expect(stored?.lastEdit?.author).toBe(ada.volunteerId)
  })

  test('R4: whoever has the first updates reads those after them, and how many rows there are', async () => {
    const { log, create, ada } = await open()
    const { name } = await create(EMPTY)
    const { write } = writer(ada, name)
    const entries = [write('un'), write('deux'), write('trois')]
    await log.append(entries)
    expect(await log.since(name, 2)).toMatchObject({ snapshot: null, headSeq: 4, rows: 4 })
    const missed = (await log.since(name, 2))?.updates.map((update) => [...update])
    expect(missed).toEqual(entries.slice(1).map(({ data }) => [...data]))
    expect(await log.since(name, 4)).toMatchObject({ snapshot: null, updates: [], headSeq: 4 })
  })

  test('R5: whoever missed what was compacted since gets the snapshot, who has all of it does not', async () => {
    const { log, create, ada } = await open()
    const { name } = await create(EMPTY)
    const { doc, write } = writer(ada, name)
    const first = write('un')
    await log.append([first])
    await log.append([write('deux')])
    expect(await log.compact(name)).toBe('done')
    await log.append([write('trois')])
    expect(await log.since(name, 3)).toMatchObject({ snapshot: null, headSeq: 4, rows: 1 })
    expect((await log.since(name, 3))?.updates).toHaveLength(1)
    const stored = await log.since(name, 2)
    if (!stored) throw new Error('it is gone')
    const behind = new Y.Doc()
    applyAll(behind, [first.data])
    applyAll(behind, storedUpdates(stored))
    expect(textOf(behind)).toBe(textOf(doc))
    expect(await log.since(`${name.slice(0, -4)}0000` as DocumentName, 0)).toBeNull()
  })

  test('how far documents are is told of those that there are, whatever was compacted', async () => {
    const { log, create, remove, ada } = await open()
    const [one, two, gone] = [await create(EMPTY), await create(EMPTY), await create(EMPTY)]
    await log.append([writer(ada, one.name).write('un')])
    await log.compact(one.name)
    await remove(gone.name)
    const heads = await log.heads([one.name, two.name, gone.name])
    expect([...heads].map(([name, { head }]) => [name, head]).toSorted()).toEqual(
      [
        [one.name, 2],
        [two.name, 1],
      ].toSorted(),
    )
  })

  test('a document that does not exist loads as null', async () => {
    const { log } = await open()
    expect(await log.load('draft/00000000-0000-0000-0000-000000000000' as DocumentName)).toBeNull()
  })
}
