import { afterAll, beforeAll, expect, it } from 'vitest'
import { revisions as rows } from '#drizzle/schema/index.ts'
import { canonicalText, plainTextOf, textHash } from '#lib/documents/draft/text.ts'
import { draftDocument } from '#lib/documents/registry.ts'
import type { DraftId, VolunteerId } from '#lib/domain/ids.ts'
import type { ServerEvent } from '#server/events/port.ts'
import type { Frozen } from '#server/history/port.ts'
import { createPostgresUpdateLog } from '#server/sync/log/postgres-update-log.ts'
import { typeParagraph } from '#test/support/sync-client.ts'
import { granted, unknownDraft } from '../drafts/desk.ts'
import { type HistoryHouse, makeHouse } from './house.ts'

let house: HistoryHouse
beforeAll(async () => {
  house = await makeHouse()
})
afterAll(() => house.close())

const write = (id: DraftId, by: VolunteerId, text: string) =>
  house.sync.edit(draftDocument(id), by, (doc) => typeParagraph(doc, text)).then(granted)

const freeze = async (id: DraftId) => granted(await house.revisions.freeze(id))

/** Each stretch with its author, as somebody would read it. */
function read({ text, passages }: Frozen) {
  const { title, body } = canonicalText(text)
  const whole = `${title}\n${plainTextOf(body)}`
  let at = 0
  const stretches = passages.map(([by, length]) => {
    at += length
    return [by, whole.slice(at - length, at)]
  })
  return { stretches, covered: at, length: whole.length }
}

const keep = (draftId: DraftId, frozen: Frozen, by: VolunteerId | null, name?: string) =>
  house.orm.transaction((tx) =>
    house.revisions.keep(tx, {
      draftId,
      frozen,
      kind: name ? 'named' : 'verdict',
      by,
      ...(name && { name }),
    }),
  )

const writers = (id: DraftId, seq: number) =>
  house.orm.transaction((tx) => house.revisions.writersSince(tx, id, seq))

it('a frozen draft says what its room says, and who wrote each word of it', async () => {
  const maude = await house.join('Maude')
  const ali = await house.join('Ali')
  const id = await house.begin(maude)
  const page = await house.open(ali, id)
  typeParagraph(page.doc, 'Ali écrit')
  await expect.poll(async () => plainTextOf((await freeze(id)).text.body)).toContain('Ali écrit')
  await write(id, maude.volunteerId, 'Maude aussi')
  const frozen = await freeze(id)
  expect(frozen.hash).toBe(textHash(frozen.text))
  const { stretches, covered, length } = read(frozen)
  expect(covered).toBe(length)
  expect(stretches.at(-2)).toEqual([ali.volunteerId, 'Ali écrit\n'])
  expect(stretches.at(-1)).toEqual([maude.volunteerId, 'Maude aussi'])
  page.provider.destroy()
})

it('what does not exist cannot be frozen', async () => {
  expect(await house.revisions.freeze(unknownDraft)).toEqual({ ok: false, error: 'missing' })
})

it('the same text kept twice for the same reason is one revision, told of once', async () => {
  const maude = await house.join('Maude')
  const id = await house.begin(maude)
  const told: ServerEvent[] = []
  const stop = house.events.subscribe((event) => {
    if (event.type === 'history.changed' && event.draftId === id) told.push(event)
  })
  const frozen = await freeze(id)
  const first = await keep(id, frozen, maude.volunteerId)
  expect(await keep(id, await freeze(id), maude.volunteerId)).toBe(first)
  expect(await keep(id, frozen, maude.volunteerId, 'La bonne')).not.toBe(first)
  await write(id, maude.volunteerId, 'Encore')
  expect(await keep(id, await freeze(id), maude.volunteerId)).not.toBe(first)
  await expect.poll(() => told.length).toBe(3)
  stop()
})

it('two who keep the same text at once keep one revision', async () => {
  const maude = await house.join('Maude')
  const id = await house.begin(maude)
  const frozen = await freeze(id)
  const ids = await Promise.all(Array.from({ length: 4 }, () => keep(id, frozen, maude.volunteerId)))
  expect(new Set(ids).size).toBe(1)
})

it('a revision that could not be kept is told to nobody', async () => {
  const maude = await house.join('Maude')
  const id = await house.begin(maude)
  const told: ServerEvent[] = []
  const stop = house.events.subscribe((event) => told.push(event))
  const frozen = await freeze(id)
  const undone = house.orm.transaction(async (tx) => {
    await house.revisions.keep(tx, { draftId: id, frozen, kind: 'verdict', by: maude.volunteerId })
    throw new Error('changed my mind')
  })
  await expect(undone).rejects.toThrow('changed my mind')
  await house.events.publish({ type: 'team.changed' })
  await expect.poll(() => told.map(({ type }) => type)).toContain('team.changed')
  expect(told.some((event) => event.type === 'history.changed' && event.draftId === id)).toBe(false)
  stop()
})

it('whoever wrote after a revision stays known when the log is compacted, also who only took something out', async () => {
  const maude = await house.join('Maude')
  const ali = await house.join('Ali')
  const id = await house.begin(maude)
  await write(id, maude.volunteerId, 'Un')
  const { seq } = await freeze(id)
  expect(await writers(id, seq)).toEqual([])
  await house.sync.edit(draftDocument(id), ali.volunteerId, (doc) => doc.getXmlFragment('body').delete(0, 1))
  expect(await writers(id, seq)).toEqual([ali.volunteerId])
  const log = createPostgresUpdateLog(house.database.pool, house.database.pool)
  expect(await log.compact(draftDocument(id))).toBe('done')
  expect(await writers(id, seq)).toEqual([ali.volunteerId])
  await write(id, maude.volunteerId, 'Deux')
  expect(await writers(id, seq)).toEqual([ali.volunteerId, maude.volunteerId])
})

it('authors of a revision are those who wrote since the one before', async () => {
  const maude = await house.join('Maude')
  const ali = await house.join('Ali')
  const id = await house.begin(maude)
  const first = await keep(id, await freeze(id), maude.volunteerId)
  await write(id, ali.volunteerId, 'Ali')
  const second = await keep(id, await freeze(id), maude.volunteerId)
  const found = await house.orm.select({ id: rows.id, authors: rows.authors }).from(rows)
  const authorsOf = (wanted: string) => found.find((row) => row.id === wanted)?.authors
  expect([authorsOf(first), authorsOf(second)]).toEqual([[maude.volunteerId], [ali.volunteerId]])
})
