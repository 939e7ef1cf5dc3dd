import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { documentUpdates } from '#drizzle/schema/index.ts'
import { bodyOf as fragmentOf, metaOf } from '#lib/documents/draft/roots.ts'
import { draftKind } from '#lib/documents/draft/shape.ts'
import { draftDocument } from '#lib/documents/registry.ts'
import type { DraftId } from '#lib/domain/ids.ts'
import { ok } from '#lib/domain/result.ts'
import { createDocument, readDocument } from '#server/sync/log/document-rows.ts'
import { addActor, bodyOf, everything, granted, makeDesk, unknownDraft } from './desk.ts'

describe('a new draft', () => {
  it('holds one empty paragraph, its title and nothing else, written by one Yjs client', async () => {
    const { database, drafts, told } = await makeDesk()
    const maude = await addActor(database)
    const id = granted(await drafts.create(maude, { title: '  «\u00a0Un \n titre\u00a0» ' }))
    const doc = await readDocument(database.orm, draftDocument(id))
    if (!doc) throw new Error('it was created')
    expect(fragmentOf(doc).toString()).toBe('<paragraph></paragraph>')
    expect(metaOf(doc).toJSON()).toEqual({ title: '«\u00a0Un titre\u00a0»' })
    expect(Y.decodeStateVector(Y.encodeStateVector(doc)).size).toBe(1)
    const rows = await database.orm.select().from(documentUpdates)
    expect(rows).toMatchObject([{ document: draftDocument(id), seq: 1, volunteerId: maude.volunteerId }])
    expect(told).toEqual([{ type: 'draft.changed', draftId: id }])
  })

  it('is in the list at once, with its words counted and its author named', async () => {
    const { database, drafts } = await makeDesk()
    const maude = await addActor(database)
    const id = granted(
      await drafts.create(maude, { title: 'Note', body: bodyOf('Deux mots.\n\nPuis trois.') }),
    )
    expect((await drafts.list(maude, everything)).drafts).toEqual([
      {
        id,
        title: 'Note',
        excerpt: 'Deux mots. Puis trois.',
        wordCount: 4,
        stage: 'drafting',
        createdBy: maude.volunteerId,
        lastEditor: { id: maude.volunteerId, name: 'Maude', color: '#335577' },
        lastEditedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        archivedAt: null,
      },
    ])
  })

  it('leaves nothing behind when it cannot be whole', async () => {
    const { database, drafts, told } = await makeDesk()
    const maude = await addActor(database)
    const stranger = { ...maude, volunteerId: crypto.randomUUID() as typeof maude.volunteerId }
    await expect(drafts.create(stranger, { title: 'x' })).rejects.toThrow()
    expect(await database.orm.select().from(documentUpdates)).toEqual([])
    expect(told).toEqual([])
  })

  it('refuses a body that the rooms would refuse from a client', async () => {
    const { database, drafts } = await makeDesk()
    const maude = await addActor(database)
    const marks = [{ type: 'link', attrs: { href: 'javascript:alert(1)' } }]
    const link = { type: 'paragraph', content: [{ type: 'text', text: 'clic', marks }] }
    const bad = [
      { type: 'doc', content: [link] },
      { type: 'doc', content: [{ type: 'image' }] },
      { type: 'doc', content: [{ type: 'listItem' }] },
    ]
    for (const body of bad) await expect(drafts.create(maude, { title: '', body })).rejects.toThrow()
    expect((await drafts.list(maude, everything)).drafts).toEqual([])
  })

  it('may be begun by the operator, who is nobody in the newsroom', async () => {
    const { drafts } = await makeDesk()
    granted(await drafts.create('operator', { title: 'Importé' }))
    expect((await drafts.list('operator', everything)).drafts).toMatchObject([
      { createdBy: null, lastEditor: null },
    ])
  })
})

describe('a copy', () => {
  it('has title and text, and a history of its own', async () => {
    const { database, drafts } = await makeDesk()
    const maude = await addActor(database)
    const leo = await addActor(database, 'contributor', 'Léo')
    const id = granted(await drafts.create(maude, { title: 'Plan', body: bodyOf('Un\n\nDeux') }))
    const copy = granted(await drafts.duplicate(leo, id))
    const file = async (of: DraftId) => granted(await drafts.export(maude, of, 'md')).text
    const [title = '', ...text] = (await file(id)).split('\n')
    expect(await file(copy)).toBe([`${title} (copie)`, ...text].join('\n'))
    expect(granted(await drafts.open(leo, copy)).draft.createdBy).toBe(leo.volunteerId)
  })

  it('keeps every word of a text whose shape no editor would have made', async () => {
    const { database, drafts } = await makeDesk()
    const maude = await addActor(database)
    const id = crypto.randomUUID() as string as DraftId
    const doc = new Y.Doc()
    const item = new Y.XmlElement('listItem')
    const stray = new Y.XmlElement('paragraph')
    stray.insert(0, [new Y.XmlText('égarés')])
    item.insert(0, [new Y.XmlText('Des mots')])
    fragmentOf(doc).insert(0, [item, new Y.XmlText('sans paragraphe'), stray])
    await database.orm.transaction((tx) =>
      createDocument(tx, { kind: 'draft', id, name: draftDocument(id) }, Y.encodeStateAsUpdate(doc), null),
    )
    const { text } = granted(await drafts.export(maude, id, 'txt'))
    for (const word of ['Des mots', 'sans paragraphe', 'égarés']) expect(text).toContain(word)
    const copy = granted(await drafts.duplicate(maude, id))
    expect(granted(await drafts.export(maude, copy, 'txt')).text).toBe(text)
  })
})

describe('archiving', () => {
  it('takes a draft out of the list, makes it read-only, and is undone by restoring', async () => {
    const { database, drafts, told } = await makeDesk()
    const maude = await addActor(database)
    const id = granted(await drafts.create(maude, { title: 'Vieux' }))
    told.length = 0
    granted(await drafts.archive(maude, id))
    expect(told).toEqual([
      { type: 'draft.access', draftId: id },
      { type: 'draft.changed', draftId: id },
    ])
    expect((await drafts.list(maude, everything)).drafts).toEqual([])
    const archived = granted(await drafts.open(maude, id))
    expect(archived.access).toBe('read')
    expect(archived.draft.archivedAt).not.toBeNull()
    expect((await drafts.list(maude, { ...everything, state: 'archived' })).drafts).toHaveLength(1)
    granted(await drafts.archive(maude, id))
    expect(granted(await drafts.open(maude, id)).draft.archivedAt).toBe(archived.draft.archivedAt)
    granted(await drafts.restore(maude, id))
    expect(granted(await drafts.open(maude, id))).toMatchObject({
      access: 'write',
      draft: { archivedAt: null },
    })
  })
})

describe('renaming', () => {
  it('is an edit made in the room of the draft, in the name of who renames', async () => {
    const doc = new Y.Doc()
    const edits: unknown[] = []
    const { database, drafts } = await makeDesk(async (name, author, change) => {
      edits.push([name, author])
      change(doc)
      return ok(undefined)
    })
    const maude = await addActor(database)
    const id = granted(await drafts.create(maude, { title: 'Avant' }))
    granted(await drafts.rename(maude, id, `  Après   tout ${'x'.repeat(500)}`))
    expect(edits).toEqual([[draftDocument(id), maude.volunteerId]])
    expect(draftKind.read(doc).title).toMatch(/^Après tout x+$/)
    expect(draftKind.read(doc).title).toHaveLength(300)
  })

  it('is unavailable in a process without rooms', async () => {
    const { database, drafts } = await makeDesk()
    const maude = await addActor(database)
    const id = granted(await drafts.create(maude, { title: 'x' }))
    expect(await drafts.rename(maude, id, 'y')).toEqual({ ok: false, error: 'unavailable' })
  })
})

describe('what each role may do', () => {
  it.each([
    ['coordinator', { create: true, edit: true, archive: true, ownArchive: true }],
    ['editor', { create: true, edit: true, archive: true, ownArchive: true }],
    ['contributor', { create: true, edit: true, archive: false, ownArchive: true }],
    ['reader', { create: false, edit: false, archive: false, ownArchive: null }],
  ] as const)('%s', async (role, may) => {
    const { database, drafts } = await makeDesk(async () => ok(undefined))
    const maude = await addActor(database)
    const id = granted(await drafts.create(maude, { title: 'x' }))
    const actor = await addActor(database, role)
    const verdict = (result: { ok: boolean; error?: string }) => (result.ok ? true : result.error)
    const expected = (allowed: boolean) => (allowed ? true : 'forbidden')
    expect(granted(await drafts.open(actor, id)).access).toBe(may.edit ? 'write' : 'read')
    expect(verdict(await drafts.export(actor, id, 'md'))).toBe(true)
    expect(verdict(await drafts.rename(actor, id, 'y'))).toBe(expected(may.edit))
    const created = await drafts.create(actor, { title: 'y' })
    expect(verdict(created)).toBe(expected(may.create))
    expect(verdict(await drafts.duplicate(actor, id))).toBe(expected(may.create))
    if (created.ok)
      expect(verdict(await drafts.archive(actor, created.value))).toBe(expected(may.ownArchive === true))
    expect(verdict(await drafts.archive(actor, id))).toBe(expected(may.archive))
    expect(verdict(await drafts.restore(actor, id))).toBe(expected(may.archive))
  })

  it('with a draft that does not exist is nothing: it is missing', async () => {
    const { database, drafts } = await makeDesk(async () => ok(undefined))
    const maude = await addActor(database, 'coordinator')
    const missing = { ok: false, error: 'missing' }
    expect(await drafts.open(maude, unknownDraft)).toEqual(missing)
    expect(await drafts.rename(maude, unknownDraft, 'x')).toEqual(missing)
    expect(await drafts.duplicate(maude, unknownDraft)).toEqual(missing)
    expect(await drafts.archive(maude, unknownDraft)).toEqual(missing)
    expect(await drafts.restore(maude, unknownDraft)).toEqual(missing)
    expect(await drafts.export(maude, unknownDraft, 'json')).toEqual(missing)
  })
})
