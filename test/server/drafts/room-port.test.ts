import { describe, expect, it } from 'vitest'
import { textHash } from '#lib/documents/draft/text.ts'
import { draftDocument } from '#lib/documents/registry.ts'
import type { DraftId, VolunteerId } from '#lib/domain/ids.ts'
import { countText } from '#lib/domain/text.ts'
import { draftRoomPort } from '#server/drafts/room-port.ts'
import type { ProjectionOf } from '#server/sync/ports.ts'
import { addActor, everything, granted, makeDesk, unknownDraft } from './desk.ts'

async function makeRoom() {
  const desk = await makeDesk()
  const maude = await addActor(desk.database)
  const id = granted(await desk.drafts.create(maude, { title: 'Avant' }))
  const port = draftRoomPort({ database: desk.database, events: { publish: desk.publish } })
  desk.told.length = 0
  return { ...desk, maude, id, port }
}

function projection(id: DraftId, seq: number, title: string, text = ''): ProjectionOf<'draft'> {
  const { words, characters } = countText(text)
  const said = {
    title,
    body: [{ type: 'paragraph', ...(text && { content: [{ type: 'text', text }] }) }],
  }
  const name = draftDocument(id)
  return {
    kind: 'draft',
    name,
    address: { kind: 'draft', id, name },
    seq,
    facts: {
      title,
      plainText: text,
      wordCount: words,
      characterCount: characters,
      text: said,
      hash: textHash(said),
    },
    lastEditor: null,
    lastEditedAt: new Date('2026-11-01T12:00:00Z'),
  }
}

describe('what a room says of its draft', () => {
  it('becomes the row, and every process hears that it changed', async () => {
    const { database, port, id, drafts, told } = await makeRoom()
    const leo = await addActor(database, 'contributor', 'Léo')
    await port.project({ ...projection(id, 2, 'Après', 'Trois mots ici'), lastEditor: leo.volunteerId })
    expect(told).toEqual([{ type: 'draft.changed', draftId: id }])
    expect(await port.summaryOf(id)).toMatchObject({
      title: 'Après',
      excerpt: 'Trois mots ici',
      wordCount: 3,
      lastEditor: { name: 'Léo' },
      lastEditedAt: '2026-11-01T12:00:00.000Z',
    })
    expect((await drafts.list(leo, { ...everything, search: 'trois' })).drafts).toHaveLength(1)
  })

  it('never goes back to an older text, whichever of two processes commits last', async () => {
    const { port, id } = await makeRoom()
    await Promise.all([5, 3, 8, 2, 7].map((seq) => port.project(projection(id, seq, `après ${seq}`))))
    expect((await port.summaryOf(id))?.title).toBe('après 8')
    await port.project(projection(id, 4, 'en retard'))
    expect((await port.summaryOf(id))?.title).toBe('après 8')
  })

  it('is written although the database refuses what another room says at the same moment', async () => {
    const { port, id, drafts, maude } = await makeRoom()
    const other = granted(await drafts.create(maude, { title: 'Autre' }))
    const nobody = unknownDraft as unknown as VolunteerId
    const outcomes = await Promise.allSettled([
      port.project({ ...projection(other, 2, 'Refusé'), lastEditor: nobody }),
      port.project(projection(id, 2, 'Après')),
    ])
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'fulfilled'])
    expect((await port.summaryOf(id))?.title).toBe('Après')
    expect((await port.summaryOf(other))?.title).toBe('Autre')
  })

  it('changes neither the last editor nor the moment where only the server wrote', async () => {
    const { port, id } = await makeRoom()
    const before = await port.summaryOf(id)
    await port.project(projection(id, 2, 'Migré'))
    expect(await port.summaryOf(id)).toEqual({ ...before, title: 'Migré' })
  })

  it('leaves the archive decision alone', async () => {
    const { port, id, drafts, maude } = await makeRoom()
    granted(await drafts.archive(maude, id))
    await port.project(projection(id, 2, 'Encore'))
    expect((await port.summaryOf(id))?.archivedAt).not.toBeNull()
  })

  it.each([
    ['a NUL and half a surrogate pair', 'a\0b \ud83d c'],
    ['200 000 different words', Array.from({ length: 200_000 }, (_, at) => at.toString(36)).join(' ')],
    [
      'long compounds',
      Array.from({ length: 40_000 }, (_, at) => `é${at}-è${at}.à${at}/x${at}@y.z`).join(' '),
    ],
    ['one word of a million letters', 'œ'.repeat(1_000_000)],
    ['words of four-byte letters', Array.from({ length: 50_000 }, (_, at) => `𐐨𐐩𐐪${at}𐐫`).join(' ')],
  ])('is kept when it holds %s', async (_, text) => {
    const { port, id } = await makeRoom()
    await port.project(projection(id, 2, text.slice(0, 300), text))
    expect((await port.summaryOf(id))?.wordCount).toBe(countText(text).words)
  })

  it('is nothing for a draft that does not exist', async () => {
    const { port } = await makeRoom()
    expect(await port.summaryOf(unknownDraft)).toBeNull()
  })
})

describe('who may do what in a room', () => {
  it('follows the table of permissions, and the archive', async () => {
    const { database, port, id, drafts, maude } = await makeRoom()
    const reader = await addActor(database, 'reader')
    const addressOf = (draft: DraftId) => ({ kind: 'draft', id: draft, name: draftDocument(draft) }) as const
    expect(await port.authorise(maude, addressOf(id))).toBe('write')
    expect(await port.authorise(reader, addressOf(id))).toBe('read')
    granted(await drafts.archive(maude, id))
    expect(await port.authorise(maude, addressOf(id))).toBe('read')
    expect(await port.authorise(maude, addressOf(unknownDraft))).toBe('missing')
  })
})
