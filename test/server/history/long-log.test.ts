import { afterAll, beforeAll, expect, it } from 'vitest'
import * as Y from 'yjs'
import { documentClients, documents } from '#drizzle/schema/index.ts'
import { plainTextOf } from '#lib/documents/draft/text.ts'
import { draftDocument } from '#lib/documents/registry.ts'
import type { DraftId } from '#lib/domain/ids.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import { createHistory } from '#server/history/use-cases.ts'
import { createPostgresUpdateLog } from '#server/sync/log/postgres-update-log.ts'
import { granted } from '../drafts/desk.ts'
import { type HistoryHouse, makeHouse } from './house.ts'

const UPDATES = 100_000
/** Milliseconds. Most of it is the loading of the log, which a room that is open has behind it. */
const BOUND = 30_000

let house: HistoryHouse
let maude: Actor
beforeAll(async () => {
  house = await makeHouse()
  maude = await house.join('Maude')
})
afterAll(() => house.close())

/** A log as an evening of key presses leaves it: each letter an update, now and then one is taken out. */
async function writeLong(id: DraftId, from: number, to: number) {
  const name = draftDocument(id)
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  const body = doc.getXmlFragment('body')
  const paragraphs = Array.from({ length: 200 }, () => {
    const paragraph = new Y.XmlElement('paragraph')
    const text = new Y.XmlText()
    paragraph.insert(0, [text])
    body.push([paragraph])
    return text
  })
  for (let at = 0; updates.length < to - from; at += 1) {
    const text = paragraphs[Math.floor(at / 40) % paragraphs.length]
    if (at % 10 === 9) text?.delete(text.length - 1, 1)
    else text?.insert(text.length, at % 7 === 6 ? ' ' : 'abcdefghij'.charAt(at % 10))
  }
  for (let start = 0; start < updates.length; start += 5000) {
    const part = updates.slice(start, start + 5000)
    await house.database.pool.query(
      `insert into document_updates (document, seq, data, volunteer_id)
       select $1, $2 + place, data, $4 from unnest($3::bytea[]) with ordinality as t(data, place)`,
      [name, from + start, part.map((update) => Buffer.from(update)), maude.volunteerId],
    )
  }
  const client = {
    document: name,
    clientId: doc.clientID,
    volunteerId: maude.volunteerId,
    firstSeq: from + 1,
  }
  await house.orm.insert(documentClients).values(client)
  await house.orm.update(documents).set({ headSeq: to })
}

it('a draft of 100,000 updates is kept, opened and restored within bounds, before its log is compacted and after', async () => {
  const { orm, events, sync, revisions, database } = house
  const history = createHistory({ orm, events, hold: sync.hold, revisions, settle: async () => {} })
  const id = await house.begin(maude)
  await writeLong(id, 1, UPDATES)

  const begun = performance.now()
  const full = granted(await history.name(maude, id, 'Longue'))
  const opened = granted(await history.open(maude, full))
  expect(opened.wordCount).toBeGreaterThan(5000)
  expect(opened.passages.reduce((sum, [, length]) => sum + length, 0)).toBe(
    opened.title.length + 1 + plainTextOf(opened.body).length,
  )
  await sync.edit(draftDocument(id), maude.volunteerId, (doc) => doc.getXmlFragment('body').delete(0, 150))
  const log = createPostgresUpdateLog(database.pool, database.pool)
  // The room compacts by itself, too: whoever comes second finds it busy, or nothing left.
  await expect
    .poll(async () => (await log.compact(draftDocument(id))) !== 'busy', { timeout: BOUND })
    .toBe(true)
  const { before } = granted(await history.restore(maude, full))
  expect(granted(await history.now(maude, id)).hash).toBe(opened.hash)
  expect(granted(await history.list(maude, id, 0)).revisions.map((head) => head.id)).toEqual([before, full])
  const kept = granted(await history.open(maude, before ?? full))
  expect(kept.authors).toEqual([maude.volunteerId])
  expect(performance.now() - begun).toBeLessThan(BOUND)

  // What a page waits for once the room is open.
  const again = performance.now()
  granted(await revisions.freeze(id))
  expect(performance.now() - again).toBeLessThan(2000)
}, 120_000)
