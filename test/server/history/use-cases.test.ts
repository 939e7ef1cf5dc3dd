import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { decisions, drafts as draftRows } from '#drizzle/schema/index.ts'
import { plainTextOf } from '#lib/documents/draft/text.ts'
import { draftDocument } from '#lib/documents/registry.ts'
import type { DraftId, RevisionId } from '#lib/domain/ids.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import type { History } from '#server/history/types.ts'
import { createHistory } from '#server/history/use-cases.ts'
import { typeParagraph } from '#test/support/sync-client.ts'
import { granted, unknownDraft } from '../drafts/desk.ts'
import { type HistoryHouse, makeHouse } from './house.ts'

let house: HistoryHouse
let history: History
let maude: Actor
let lea: Actor
beforeAll(async () => {
  house = await makeHouse()
  const { orm, events, sync, revisions } = house
  history = createHistory({ orm, events, hold: sync.hold, revisions, settle: async () => {} })
  maude = await house.join('Maude')
  lea = await house.join('Léa', 'reader')
})
afterAll(() => house.close())

const write = async (id: DraftId, text: string, by = maude) =>
  granted(await house.sync.edit(draftDocument(id), by.volunteerId, (doc) => typeParagraph(doc, text)))
const textNow = async (id: DraftId) => plainTextOf(granted(await history.now(maude, id)).body).trim()
const heads = async (id: DraftId) => granted(await history.list(lea, id, 0)).revisions
const archive = (id: DraftId) =>
  house.orm.update(draftRows).set({ archivedAt: new Date() }).where(eq(draftRows.id, id))
const decided = async (id: DraftId) =>
  (await house.orm.select().from(decisions).where(eq(decisions.draftId, id))).map(
    ({ action, volunteerId }) => [action, volunteerId],
  )

it('a version that somebody named is in the timeline with its author and its words', async () => {
  const id = await house.begin(maude)
  await write(id, 'Deux mots')
  const named = granted(await history.name(maude, id, '  Envoyée   au comité '))
  expect(await heads(id)).toMatchObject([
    { id: named, kind: 'named', name: 'Envoyée au comité', wordCount: 2, authors: [maude.volunteerId] },
  ])
  expect(granted(await history.open(lea, named))).toMatchObject({ title: 'Essai', previous: null })
  expect(await decided(id)).toEqual([['revision.named', maude.volunteerId]])
})

it('a version gets another name, and keeps its text', async () => {
  const id = await house.begin(maude)
  await write(id, 'Texte')
  const named = granted(await history.name(maude, id, 'Un'))
  granted(await history.rename(maude, named, 'Deux'))
  await write(id, 'Après')
  expect(await heads(id)).toMatchObject([{ id: named, name: 'Deux', wordCount: 1 }])
})

it('a restored draft says what the revision said, and what it replaced is kept', async () => {
  const id = await house.begin(maude)
  await write(id, 'Avant')
  const first = granted(await history.name(maude, id, 'Avant'))
  await write(id, 'Après')
  granted(await house.drafts.rename(maude, id, 'Autre titre'))
  const { before } = granted(await history.restore(maude, first))
  expect(await textNow(id)).toBe('Avant')
  expect(granted(await history.now(maude, id)).title).toBe('Essai')
  expect(await heads(id)).toMatchObject([
    { id: before, kind: 'beforeRestore', createdBy: maude.volunteerId },
    { id: first },
  ])
  expect(await decided(id)).toContainEqual(['revision.restored', maude.volunteerId])
  // And back again.
  granted(await history.restore(maude, before ?? first))
  expect(await textNow(id)).toBe('Avant\nAprès')
  expect(granted(await history.now(maude, id)).title).toBe('Autre titre')
})

it('restoring what the draft says already does nothing', async () => {
  const id = await house.begin(maude)
  await write(id, 'Texte')
  const named = granted(await history.name(maude, id, 'Un'))
  expect(await history.restore(maude, named)).toEqual({ ok: true, value: { before: null } })
  expect(await heads(id)).toHaveLength(1)
})

it('whoever only reads restores nothing and names nothing, and nobody does in the archive', async () => {
  const id = await house.begin(maude)
  await write(id, 'Texte')
  const named = granted(await history.name(maude, id, 'Un'))
  await write(id, 'Suite')
  const forbidden = { ok: false, error: 'forbidden' }
  expect(await history.restore(lea, named)).toEqual(forbidden)
  expect(await history.name(lea, id, 'À moi')).toEqual(forbidden)
  expect(await history.rename(lea, named, 'À moi')).toEqual(forbidden)
  await archive(id)
  expect(await history.restore(maude, named)).toEqual(forbidden)
  expect(await history.name(maude, id, 'Trop tard')).toEqual(forbidden)
  expect(await history.rename(maude, named, 'Trop tard')).toEqual(forbidden)
  expect(await textNow(id)).toBe('Texte\nSuite')
})

it('what is not there is missing, whatever is asked of it', async () => {
  const nothing = randomUUID() as string as RevisionId
  const missing = { ok: false, error: 'missing' }
  expect(await history.open(maude, nothing)).toEqual(missing)
  expect(await history.restore(maude, nothing)).toEqual(missing)
  expect(await history.rename(maude, nothing, 'Un')).toEqual(missing)
  expect(await history.list(maude, unknownDraft, 0)).toEqual(missing)
  expect(await history.name(maude, unknownDraft, 'Un')).toEqual(missing)
  expect(await history.name(maude, await house.begin(maude), ' \n ')).toEqual({
    ok: false,
    error: 'nameMissing',
  })
})
